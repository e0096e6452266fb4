package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check while somebody else writes sees files as they were or as they are to be, and nothing that is broken. */
class DirectoryConcurrencyTest {
    private static final int WRITES = 40;

    @TempDir
    Path folder;

    private static List<Definition> definitions(boolean more) {
        String orders = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
        String retried = orders + "policies:\n  - kind: traffic.retry/v1\n    attempts: 3\n---\n";
        return DefinitionFormat.yaml()
                .readAll(more ? retried + orders.replace("orders", "carts") : orders, "orders.yaml");
    }

    @Test
    void aCheckWhileSomebodyWritesHasNoProblems() {
        DirectoryTarget target = directory(folder).kustomized();
        Mesh mesh = Mesh.of(istio(), target);
        mesh.apply(mesh.plan(definitions(false)));
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < WRITES; i++) {
                mesh.apply(mesh.plan(definitions(i % 2 == 0)).allowWidening("back and forth"));
            }
        });

        int checks = 0;
        do {
            Plan plan = mesh.plan(definitions(false));
            DirectoryCheck check = target.check(istio(), plan);
            assertThat(plan.problems()).isEmpty();
            assertThat(check.problems()).isEmpty();
            checks++;
        } while (!writer.isDone());

        writer.join();
        assertThat(checks).isPositive();
        assertThat(target.check(istio(), mesh.plan(definitions(false))).exitCode())
                .isZero();
    }
}
