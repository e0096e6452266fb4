package dev.lintel.mesh.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioDialect;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is read from objects of anybody decides as going through the objects one by one does, or it is said that not. */
class ForeignDecisionsTest {
    private static final int WORLDS = 2_000;
    private static final int REQUESTS = 60;

    @Test
    void everyWorldWithoutProblemsIsDecidedAlike() {
        List<String> different = new ArrayList<>();
        Map<String, Integer> covered = new TreeMap<>();
        int read = 0;
        int allowed = 0;
        int refused = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            RandomForeign random = new RandomForeign(seed);
            List<Manifest> objects = random.objects();
            Read model = IstioDialect.istio().domain("example.com").read(objects);
            if (!model.problems().stream().allMatch(ForeignDecisionsTest::isAboutOthers)) {
                continue;
            }
            read++;
            covered(objects).forEach(what -> covered.merge(what, 1, Integer::sum));
            NaiveMesh mesh = new NaiveMesh(objects);
            Evaluator evaluator = Evaluator.of(model.model(), IstioDialect.STATUSES, InstantSource.system());
            for (int i = 0; i < REQUESTS; i++) {
                NaiveMesh.Asked asked = random.request();
                String expected = mesh.decide(asked);
                String decided = words(evaluator.decide(request(asked), bound -> 0));
                allowed += expected.startsWith("to") ? 1 : 0;
                refused += expected.equals("answered 403") ? 1 : 0;
                // Noted: where nothing is, a gateway with policies refuses what the model does not find.
                boolean nothing =
                        expected.equals("answered 403") && decided.equals("answered 404") && atGateway(objects);
                if (!expected.equals(decided) && !nothing) {
                    different.add("seed " + seed + " " + asked + ": " + expected + ", but " + decided);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(read).isGreaterThan(WORLDS / 4);
        assertThat(allowed).isGreaterThan(5_000);
        assertThat(refused).isGreaterThan(5_000);
        assertThat(covered)
                .hasSize(5)
                .allSatisfy((what, worlds) -> assertThat(worlds).as(what).isGreaterThan(30));
    }

    private static List<String> covered(List<Manifest> objects) {
        List<String> covered = new ArrayList<>();
        String all = objects.toString();
        if (all.contains("delegate=")) {
            covered.add("delegate");
        }
        if (all.contains("exportTo=")) {
            covered.add("exportTo");
        }
        if (objects.stream().anyMatch(one -> one.name().equals("more"))) {
            covered.add("merged");
        }
        List<Manifest> root = objects.stream()
                .filter(one -> one.kind().equals("AuthorizationPolicy")
                        && one.namespace().equals("istio-system")
                        && !one.toString().contains("ingressgateway"))
                .toList();
        if (!root.isEmpty()) {
            covered.add("root namespace");
        }
        if (root.size() > 1) {
            covered.add("several of the root namespace");
        }
        return covered;
    }

    /** Each leaves out or changes one thing that the mesh looks at; what is read of that is not what the objects mean. */
    @Test
    void anotherReadingOfEachPartIsFound() {
        Map<String, UnaryOperator<Manifest>> mutants = new LinkedHashMap<>();
        mutants.put("exports are not looked at", of("VirtualService", spec -> spec.remove("exportTo")));
        mutants.put("nobody sees routes", of("VirtualService", spec -> spec.put("exportTo", List.of("nowhere"))));
        mutants.put(
                "delegates have no conditions",
                one -> one.name().equals("part")
                        ? of("VirtualService", spec -> http(spec, http -> http.remove("match")))
                                .apply(one)
                        : one);
        mutants.put(
                "whoever names a delegate has no conditions",
                of(
                        "VirtualService",
                        spec -> http(spec, http -> {
                            if (http.containsKey("delegate")) {
                                http.remove("match");
                            }
                        })));
        mutants.put("a second object has no host", one -> one.name().equals("more") ? renamed(one) : one);
        mutants.put("policies of workloads are for all", of("AuthorizationPolicy", spec -> {
            if (String.valueOf(spec).contains("app=orders")) {
                spec.remove("selector");
            }
        }));
        mutants.put(
                "policies of the root namespace are for their own",
                one -> one.kind().equals("AuthorizationPolicy")
                                && one.namespace().equals("istio-system")
                                && !String.valueOf(one.spec()).contains("ingressgateway")
                        ? in(one, "other")
                        : one);
        mutants.put(
                "one policy of several counts",
                one -> one.name().equals("policy-1") && one.namespace().equals("istio-system")
                        ? in(one, "other")
                        : one);
        mutants.put("denials allow", of("AuthorizationPolicy", spec -> spec.put("action", "ALLOW")));
        mutants.forEach(
                (name, mutant) -> assertThat(differences(mutant)).as(name).isPositive());
        assertThat(differences(UnaryOperator.identity())).isZero();
    }

    /** How many requests are decided otherwise if changed objects are read. */
    private static int differences(UnaryOperator<Manifest> mutant) {
        int different = 0;
        for (int seed = 0; seed < WORLDS / 8; seed++) {
            RandomForeign random = new RandomForeign(seed);
            List<Manifest> objects = random.objects();
            List<Manifest> changed = objects.stream().map(mutant).toList();
            Read model = IstioDialect.istio().domain("example.com").read(changed);
            if (!model.problems().stream().allMatch(ForeignDecisionsTest::isAboutOthers)) {
                continue;
            }
            NaiveMesh mesh = new NaiveMesh(objects);
            Evaluator evaluator = Evaluator.of(model.model(), IstioDialect.STATUSES, InstantSource.system());
            for (int i = 0; i < REQUESTS / 3; i++) {
                NaiveMesh.Asked asked = random.request();
                String expected = mesh.decide(asked);
                String decided = words(evaluator.decide(request(asked), bound -> 0));
                boolean nothing =
                        expected.equals("answered 403") && decided.equals("answered 404") && atGateway(objects);
                different += expected.equals(decided) || nothing ? 0 : 1;
            }
        }
        return different;
    }

    private static UnaryOperator<Manifest> of(String kind, Consumer<Map<String, Object>> change) {
        return one -> {
            Map<String, Object> spec = new LinkedHashMap<>(one.spec());
            if (one.kind().equals(kind)) {
                change.accept(spec);
            }
            return one.withSpec(spec);
        };
    }

    private static void http(Map<String, Object> spec, Consumer<Map<String, Object>> change) {
        List<Object> routes = new ArrayList<>();
        for (Object each : (List<?>) spec.get("http")) {
            Map<String, Object> route = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> route.put(String.valueOf(key), value));
            change.accept(route);
            routes.add(route);
        }
        spec.put("http", routes);
    }

    private static Manifest renamed(Manifest one) {
        Map<String, Object> spec = new LinkedHashMap<>(one.spec());
        spec.put("hosts", List.of("other.shop.example.com"));
        return one.withSpec(spec);
    }

    private static Manifest in(Manifest one, String namespace) {
        return new Manifest(
                one.apiVersion(), one.kind(), namespace, one.name(), one.labels(), one.annotations(), one.spec());
    }

    @Test
    void anImportOfWhatIsReadSaysWhereItDiffers() {
        int proven = 0;
        for (int seed = 0; seed < WORLDS / 10; seed++) {
            RandomForeign random = new RandomForeign(seed);
            List<Manifest> objects = random.objects();
            Imported imported =
                    Import.by(IstioDialect.istio().domain("example.com")).manifests(objects);
            boolean alike = imported.differences().isEmpty()
                    && imported.problems().stream().allMatch(ForeignDecisionsTest::isAboutOthers);
            if (!alike) {
                continue;
            }
            proven++;
            NaiveMesh mesh = new NaiveMesh(objects);
            MeshModel said = Definitions.model(imported.definitions());
            Evaluator evaluator = Evaluator.of(said, IstioDialect.STATUSES, InstantSource.system());
            for (int i = 0; i < REQUESTS; i++) {
                NaiveMesh.Asked asked = random.request();
                String expected = mesh.decide(asked);
                String decided = words(evaluator.decide(request(asked), bound -> 0));
                boolean nothing =
                        expected.equals("answered 403") && decided.equals("answered 404") && atGateway(objects);
                assertThat(nothing ? expected : decided)
                        .as("seed " + seed + " " + asked)
                        .isEqualTo(expected);
            }
        }
        assertThat(proven).isGreaterThan(10);
    }

    /** Calls from inside and what only travels otherwise are not asked about here. */
    private static boolean isAboutOthers(Problem problem) {
        return problem.code().equals("istio.travels") || problem.code().equals("istio.unread-inside");
    }

    private static boolean atGateway(List<Manifest> objects) {
        return objects.stream()
                .anyMatch(object -> object.kind().equals("AuthorizationPolicy")
                        && object.namespace().equals("istio-system"));
    }

    private static RequestValue request(NaiveMesh.Asked asked) {
        RequestValue request = RequestValue.of(asked.method(), asked.host(), asked.path(), null)
                .token(asked.token());
        for (Map.Entry<String, String> header : asked.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return "to " + forward.api().name() + " " + forward.forwardPath();
        }
        return decision instanceof Decision.Reply reply
                ? "answered " + reply.status()
                : "answered " + ((Decision.Refuse) decision).status();
    }
}
