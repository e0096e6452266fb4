package dev.lintel.mesh.target;

import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory in which a file cannot be written is as it was before, whichever file it is. */
class FailedWriteTest {
    private static final List<String> APIS = List.of("carts", "orders", "pay");

    @TempDir
    Path folder;

    @Test
    void aFileThatCannotBeWrittenLeavesAllOthersAsTheyWere() throws IOException {
        DirectoryTarget target = directory(folder).kustomized();
        target.write(target.read(), wanted(objects("before")));
        SortedMap<String, String> before = files();
        assertThat(before).hasSize(APIS.size() + 1);

        for (String file : before.keySet()) {
            Path taken = taken(file);
            assertThatThrownBy(() -> target.write(target.read(), wanted(renamed(objects("after"), "more"))))
                    .as(file)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("could not be written; a new plan continues");
            assertThat(files()).as(file).isEqualTo(before);
            Files.delete(taken.resolve("taken"));
            Files.delete(taken);
        }
        target.write(target.read(), wanted(renamed(objects("after"), "more")));
        assertThat(files().values()).anyMatch(text -> text.contains("after"));
    }

    /** A new file in a new folder that cannot be made leaves those before it as they were. */
    @Test
    void aFolderThatCannotBeMadeLeavesAllOthersAsTheyWere() throws IOException {
        SortedMap<Path, String> texts = new TreeMap<>();
        texts.put(Path.of("a/one.yaml"), "one");
        texts.put(Path.of("b/two.yaml"), "two");
        texts.put(Path.of("c/three.yaml"), "three");
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name), "taken");

            assertThatThrownBy(() -> AtomicFiles.write(folder, texts, List.of()))
                    .isInstanceOf(IOException.class);

            assertThat(files()).containsExactly(Map.entry(name, "taken"));
            Files.delete(folder.resolve(name));
        }
        AtomicFiles.write(folder, texts, List.of());
        assertThat(files().keySet()).containsExactly("a/one.yaml", "b/two.yaml", "c/three.yaml");
    }

    /** A place that somebody takes after the texts are beside it: nothing is moved, or all that was is moved back. */
    @Test
    void aPlaceThatIsTakenMeanwhileLeavesAllOthersAsTheyWere() throws IOException {
        SortedMap<Path, String> texts = new TreeMap<>();
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".yaml"), "before");
            texts.put(Path.of(name + ".yaml"), "after");
        }
        for (String name : List.of("a", "b", "c")) {
            Path file = folder.resolve(name + ".yaml");
            Files.delete(file);
            Files.createDirectories(file.resolve("inside"));
            SortedMap<String, String> before = files();

            assertThatThrownBy(() -> AtomicFiles.write(folder, texts, List.of()))
                    .isInstanceOf(IOException.class);

            assertThat(files()).as(name).isEqualTo(before);
            Files.delete(file.resolve("inside"));
            Files.delete(file);
            Files.writeString(file, "before");
        }
    }

    /** What is gone is deleted last, and comes back if the next one cannot be deleted. */
    @Test
    void aFileThatCannotBeDeletedLeavesAllOthersAsTheyWere() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "before");
        Files.createDirectories(folder.resolve("c.yaml/inside"));
        SortedMap<String, String> before = files();

        assertThatThrownBy(() -> AtomicFiles.write(
                        folder,
                        new TreeMap<>(Map.of(Path.of("b.yaml"), "new")),
                        List.of(Path.of("a.yaml"), Path.of("c.yaml"))))
                .isInstanceOf(IOException.class);

        assertThat(files()).isEqualTo(before);
    }

    /** Takes the place beside a file where its new text would be put first. */
    private Path taken(String file) throws IOException {
        Path path = folder.resolve(file);
        Path beside = path.resolveSibling("." + path.getFileName() + ".new");
        Files.createDirectories(beside);
        Files.writeString(beside.resolve("taken"), "");
        return beside;
    }

    private static Target.Wanted wanted(List<Manifest> objects) {
        return new Target.Wanted(objects, MeshModel.EMPTY);
    }

    private static List<Manifest> objects(String text) {
        List<Manifest> objects = new ArrayList<>();
        for (String api : APIS) {
            objects.add(new Manifest(
                    "networking.istio.io/v1",
                    "VirtualService",
                    "shop",
                    api,
                    Map.of(Manifest.MANAGED_BY, Manifest.LINTEL, Manifest.API, api),
                    Map.of(),
                    Map.of("hosts", List.of(text))));
        }
        return objects;
    }

    /** And one more, so that the file that names all others changes as well. */
    private static List<Manifest> renamed(List<Manifest> objects, String api) {
        List<Manifest> all = new ArrayList<>(objects);
        all.add(new Manifest(
                "networking.istio.io/v1",
                "VirtualService",
                "shop",
                api,
                Map.of(Manifest.MANAGED_BY, Manifest.LINTEL, Manifest.API, api),
                Map.of(),
                Map.of("hosts", List.of("more"))));
        return all;
    }

    private SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("taken")) {
                    texts.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }
}
