package dev.lintel.benchmarks.mesh;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.PlanePrograms;
import dev.lintel.testbed.plane.Workload;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;

/**
 * How long it takes from an apply until a request is answered by it: one of many APIs gets a public path, again and again, in a
 * mesh of real Envoys and in the embedded gateway.
 */
public final class InForce {
    private static final String API = "orders";
    private static final int OK = 200;

    private final int repeats;

    private InForce(int repeats) {
        this.repeats = repeats;
    }

    /**
     * Runs it; needs root.
     *
     * @param arguments how often it is changed, and how many APIs there are, several times
     * @throws IOException if a server cannot be started
     */
    public static void main(String[] arguments) throws IOException {
        InForce all = new InForce(Integer.parseInt(arguments[0]));
        System.out.println("| world | APIs | changes | plan, p50 | in force, p50 | p99 | apply ends, p50 | p99 |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (int i = 1; i < arguments.length; i++) {
            all.embedded(Integer.parseInt(arguments[i]));
        }
        for (int i = 1; i < arguments.length; i++) {
            all.mesh(Integer.parseInt(arguments[i]));
        }
    }

    private void mesh(int apis) {
        try (Plane plane = Plane.start(
                        Programs.find().orElseThrow(), PlanePrograms.find().orElseThrow(), Plane.MESH);
                AuthorizationServer issuer = AuthorizationServer.start();
                KubernetesClient client = Clients.of(plane.cluster())) {
            var unusedGateway = plane.gateway(Workload.ingressGateway());
            Namespace namespace = new Namespace(plane.cluster().namespace());
            for (int i = 0; i <= apis / MeshCatalogue.NAMESPACE; i++) {
                plane.cluster().namespace("team-" + i);
            }
            var unusedWorkload = plane.add(Workload.of(namespace.name(), API, "v1"));
            plane.service(namespace, API);
            String host = API + "." + namespace + ".example.com";
            Mesh mesh = Mesh.of(
                    istio().domain("example.com"),
                    ClusterTarget.cluster(client)
                            .waiting(Waits.usual().asking(plane.cluster().monitoring())));
            measure(
                    "mesh",
                    mesh,
                    apis,
                    namespace.name(),
                    issuer,
                    change -> plane.outside()
                                    .send(Call.get(plane.ingress() + ":80", host, path(change)))
                                    .status()
                            == OK);
        }
    }

    private void embedded(int apis) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        service.start();
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Gateway gateway = Gateway.start()) {
            URI behind = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
            gateway.workload(API + ".shop", behind);
            for (ApiDefinition each : MeshCatalogue.definitions(apis - 1)) {
                String id = each.service().name() + "." + each.namespace();
                gateway.workload(id, "v1", behind);
                gateway.workload(id, "v2", behind);
            }
            HttpClient http =
                    HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
            measure("embedded gateway", gateway, apis, "shop", issuer, change -> {
                URI address = URI.create("http://" + API + ".shop.localhost" + path(change));
                try {
                    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                                    .statusCode()
                            == OK;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            });
        } finally {
            service.stop(0);
        }
    }

    private void measure(
            String world, Backend backend, int apis, String namespace, AuthorizationServer issuer, IntPredicate holds) {
        List<Double> planned = new ArrayList<>();
        List<Double> seen = new ArrayList<>();
        List<Double> ended = new ArrayList<>();
        for (int change = 0; change <= repeats; change++) {
            List<Definition> definitions = new ArrayList<>(MeshCatalogue.definitions(apis - 1));
            definitions.add(changed(namespace, issuer.issuer().toString(), change));
            long asked = System.nanoTime();
            Plan plan = backend.plan(definitions).allowWidening("a benchmark");
            long begun = System.nanoTime();
            int now = change;
            CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> first(holds, now));
            var unusedApplied = backend.apply(plan);
            long end = System.nanoTime();
            long answered = first.join();
            // The first one makes all of them.
            if (change > 0) {
                planned.add((begun - asked) / 1e9);
                seen.add((answered - begun) / 1e9);
                ended.add((end - begun) / 1e9);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %d | %.3f | %.3f | %.3f | %.3f | %.3f |%n",
                world,
                apis,
                repeats,
                at(planned, 0.5),
                at(seen, 0.5),
                at(seen, 0.99),
                at(ended, 0.5),
                at(ended, 0.99));
    }

    /** When it was answered so for the first time. */
    private static long first(IntPredicate holds, int change) {
        while (!holds.test(change)) {
            Thread.onSpinWait();
        }
        return System.nanoTime();
    }

    private static double at(List<Double> all, double share) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static String path(int change) {
        return "/change-" + change;
    }

    private static ApiDefinition changed(String namespace, String issuer, int change) {
        return Api.expose(API)
                .inNamespace(namespace)
                .withOAuth2(oauth2(issuer)
                        .audience(API)
                        .scope("/orders/**", "orders.read")
                        .publicPaths(path(change)))
                .define();
    }
}
