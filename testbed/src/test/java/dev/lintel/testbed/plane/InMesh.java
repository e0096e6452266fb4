package dev.lintel.testbed.plane;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Definitions of one namespace: put into the mesh by a plan, and asked of the evaluator. */
record InMesh(Plane plane, Namespace namespace) {
    static final String DOMAIN = "example.com";

    void apply(Definition... definitions) {
        try (KubernetesClient client = Clients.of(plane.cluster())) {
            Mesh mesh = of(client);
            var unusedApplied = mesh.apply(mesh.plan(List.of(definitions)).allowWidening("the test says so"));
        }
    }

    Mesh of(KubernetesClient client) {
        return Mesh.of(
                istio().domain(DOMAIN),
                ClusterTarget.cluster(client)
                        .inventory(namespace.name())
                        .waiting(Waits.usual().asking(plane.cluster().monitoring())));
    }

    static Evaluator evaluator(Definition... definitions) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(definitions), new World(DOMAIN));
        assertThat(compiled.problems()).isEmpty();
        return Evaluator.of(compiled.model());
    }

    /** What is asked for by the host of an API, through the gateway. */
    Call entering(String api, String path) {
        return Call.get(plane.ingress() + ":80", api + "." + namespace + "." + DOMAIN, path);
    }

    /** Waits until answers are as they are expected, and tells how they differ if they never are. */
    <T> void answers(Map<String, T> expected, Supplier<Map<String, T>> asked) {
        AtomicReference<Map<String, T>> last = new AtomicReference<>(Map.of());
        try {
            plane.await("the definitions at the proxies", () -> {
                last.set(asked.get());
                return last.get().equals(expected);
            });
        } catch (IllegalStateException e) {
            assertThat(last.get()).as("after two minutes").isEqualTo(expected);
            throw e;
        }
        assertThat(asked.get()).isEqualTo(expected);
    }
}
