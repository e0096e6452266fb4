package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory goes back to its bytes of before. */
class DirectoryRollbackTest {
    private static final String COMMENT = "# by hand\n";

    @TempDir
    Path folder;

    private static List<ApiDefinition> orders(String name, int weight) {
        return DefinitionFormat.yaml().read("""
                kind: Api/v1
                service: %s
                namespace: shop
                policies:
                  - kind: traffic.split/v1
                    shares:
                      - version: v1
                        weight: %d
                      - version: v2
                        weight: %d
                """.formatted(name, 100 - weight, weight), "orders.yaml");
    }

    private Applied apply(DirectoryTarget target, String name, int weight) {
        Mesh mesh = Mesh.of(istio(), target);
        return mesh.apply(mesh.plan(orders(name, weight)));
    }

    private Map<String, String> files() throws IOException {
        return YamlFolder.texts(folder);
    }

    @Test
    void everyByteIsWhatItWas() throws IOException {
        apply(directory(folder), "orders", 10);
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, COMMENT + Files.readString(file));
        Map<String, String> before = files();
        Applied applied = apply(directory(folder).kustomized().layout(DirectoryLayout.FILE_PER_OBJECT), "stock", 20);
        assertThat(files().keySet()).doesNotContain("shop/orders.yaml").contains("kustomization.yaml");

        Plan told = applied.undo().plan();
        assertThat(told.problems()).isEmpty();
        assertThat(told.changes())
                .extracting(Change::object)
                .contains(
                        "file kustomization.yaml",
                        "VirtualService shop/orders-split",
                        "VirtualService shop/stock-split");
        assertThat(applied.rollback()).isEqualTo(told);

        assertThat(files()).isEqualTo(before);
        assertThat(applied.rollback().isEmpty()).isTrue();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theFirstApplyLeavesNothing() throws IOException {
        Applied applied = apply(directory(folder), "orders", 10);

        applied.rollback();

        assertThat(files()).isEmpty();
    }

    @Test
    void whatSomebodyChangedSinceIsNotLost() throws IOException {
        apply(directory(folder), "orders", 10);
        Applied applied = apply(directory(folder), "orders", 20);
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, COMMENT + Files.readString(file));
        Map<String, String> changed = files();

        assertThatThrownBy(applied::rollback)
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("rollback.moved directory " + folder);
        assertThat(applied.undo().plan().changes()).isEmpty();
        assertThat(files()).isEqualTo(changed);
    }

    @Test
    void aLaterApplyIsNotUndone() throws IOException {
        Applied first = apply(directory(folder), "orders", 10);
        Applied second = apply(directory(folder), "orders", 20);
        Map<String, String> there = files();

        assertThatThrownBy(first::rollback).hasMessageContaining("rollback.moved");
        assertThat(files()).isEqualTo(there);

        second.rollback();
        first.rollback();
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileOfSomebodyElseInTheOldPlaceIsNotTouched() throws IOException {
        apply(directory(folder), "orders", 10);
        Applied applied = apply(directory(folder), "stock", 10);
        Path file = folder.resolve("shop/orders.yaml");
        Files.writeString(file, "kind: Theirs\n");

        assertThatThrownBy(applied::rollback).hasMessageContaining("directory.foreign");
        assertThat(file).hasContent("kind: Theirs\n");
        assertThat(folder.resolve("shop/stock.yaml")).exists();
    }
}
