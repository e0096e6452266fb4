package dev.lintel.testbed.plane;

import static dev.lintel.auth.caller.Callers.callers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Proven;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who may call, by certificates of the mesh and by those of the embedded gateway: one table of callers and paths, which the
 * evaluator, the embedded gateway and real Envoys answer alike.
 */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdentityTest {
    /** Who has no certificate has no connection. */
    private static final int CUT = InJvm.CUT;

    private final Plane plane;
    private final Namespace shop;
    private final Namespace friend;
    private final Namespace alien;
    private final InMesh mesh;

    IdentityTest(Plane plane, Namespace shop, Namespace friend, Namespace alien) {
        this.plane = plane;
        this.shop = shop;
        this.friend = friend;
        this.alien = alien;
        this.mesh = new InMesh(plane, shop);
    }

    /** A call from inside: by whom, of which service, and what its answer is. */
    private record Asked(String account, Namespace from, String of, String path, int answer) {
        private String by() {
            return account + "." + from;
        }

        private boolean certified() {
            return answer != CUT;
        }

        private String name() {
            return by() + " " + of + path;
        }
    }

    @Test
    void onlyListedServiceAccountsCallAndNobodyCrossesABoundaryThatIsNotOpenForThem() {
        Definition orders = Api.expose("orders")
                .inNamespace(shop.name())
                .onlyFrom(callers("frontend", "batch." + friend))
                .onlyFrom(callers("frontend").at("/orders/internal/**"))
                .define();
        Definition stock = Api.expose("stock").inNamespace(shop.name()).define();
        Definition boundary = Api.isolate(shop.name()).allowFrom(friend.name()).define();
        List<Asked> table = List.of(
                new Asked("frontend", shop, "orders", "/orders/7", 200),
                new Asked("web", shop, "orders", "/orders/7", 403),
                new Asked("batch", friend, "orders", "/orders/7", 200),
                new Asked("other", friend, "orders", "/orders/7", 403),
                new Asked("stranger", alien, "orders", "/orders/7", 403),
                new Asked("bare", shop, "orders", "/orders/7", CUT),
                new Asked("frontend", shop, "orders", "/orders/internal/7", 200),
                new Asked("web", shop, "orders", "/orders/internal/7", 403),
                new Asked("batch", friend, "orders", "/orders/internal/7", 403),
                new Asked("other", friend, "orders", "/orders/internal/7", 403),
                new Asked("stranger", alien, "orders", "/orders/internal/7", 403),
                new Asked("frontend", shop, "stock", "/stock/7", 200),
                new Asked("web", shop, "stock", "/stock/7", 200),
                new Asked("batch", friend, "stock", "/stock/7", 200),
                new Asked("other", friend, "stock", "/stock/7", 200),
                new Asked("stranger", alien, "stock", "/stock/7", 403),
                new Asked("bare", shop, "stock", "/stock/7", CUT));
        Map<String, Integer> expected = new LinkedHashMap<>();
        table.forEach(asked -> expected.put(asked.name(), asked.answer()));

        try (InJvm here = InJvm.serving(orders, stock, boundary)) {
            Map<String, Integer> answers = new LinkedHashMap<>();
            for (Asked asked : table) {
                String service = asked.of() + "." + shop;
                assertThat(here.lets(asked.by(), asked.certified(), service, asked.path()))
                        .as(asked.name())
                        .isEqualTo(asked.answer() == 200);
                answers.put(asked.name(), here.asks(asked.by(), asked.certified(), service, asked.path()));
            }
            assertThat(answers).isEqualTo(expected);
            // Who enters by a host has no identity of a workload: one API lists workloads, the other is open.
            assertThat(here.enters("orders." + shop, "/orders/7")).isEqualTo(403);
            assertThat(here.enters("stock." + shop, "/stock/7")).isEqualTo(200);
        }
        inMesh(table, expected, orders, stock, boundary);
        Proven.say(IdentityTest.class, "auth.callers/v1, Isolation/v1", Proven.Where.BOTH, table.size(), List.of());
    }

    private void inMesh(List<Asked> table, Map<String, Integer> expected, Definition... definitions) {
        Map<String, Running> callers = new LinkedHashMap<>();
        try (Running orders = plane.add(workload("orders", shop));
                Running stock = plane.add(workload("stock", shop))) {
            Map<String, Running> services = Map.of("orders", orders, "stock", stock);
            services.keySet().forEach(name -> plane.service(shop, name));
            for (Asked asked : table) {
                callers.computeIfAbsent(asked.by(), by -> {
                    Workload caller = workload(asked.account(), asked.from());
                    return plane.add(asked.certified() ? caller : caller.bare());
                });
            }
            Asked bare = new Asked("bare", shop, "orders", "/orders/7", CUT);
            assertThat(answer(bare, callers, services))
                    .as("before mutual TLS is strict")
                    .isEqualTo(200);

            mesh.apply(definitions);
            mesh.answers(expected, () -> {
                Map<String, Integer> answers = new LinkedHashMap<>();
                table.forEach(asked -> answers.put(asked.name(), answer(asked, callers, services)));
                return answers;
            });
            assertThat(plane.outside()
                            .send(mesh.entering("orders", "/orders/7"))
                            .status())
                    .isEqualTo(403);
            assertThat(plane.outside().send(mesh.entering("stock", "/stock/7")).status())
                    .isEqualTo(200);
        } finally {
            new ArrayList<>(callers.values()).forEach(Running::close);
        }
    }

    /** Who has no sidecar finds no names of the mesh either, and goes to the workload itself. */
    private int answer(Asked asked, Map<String, Running> callers, Map<String, Running> services) {
        String host = asked.of() + "." + shop + ".svc.cluster.local";
        String address =
                asked.certified() ? host + ":80" : services.get(asked.of()).address() + ":" + Workload.PORT;
        return callers.get(asked.by())
                .caller()
                .send(Call.get(address, host, asked.path()))
                .status();
    }

    private static Workload workload(String account, Namespace namespace) {
        return Workload.of(namespace.name(), account, "v1");
    }
}
