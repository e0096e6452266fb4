package dev.lintel.mesh.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.imports.Imported;
import dev.lintel.mesh.istio.IstioDialect;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class YamlFolderTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: orders}
            spec: {selector: {app: orders}, ports: [{port: 8080, name: http}]}
            """;
    private static final String ROUTE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders}
            spec:
              hosts: [orders]
              http:
              - route: [{destination: {host: orders}}]
                timout: 3s
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("apps/orders"));
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("apps/orders/route.yaml"), ROUTE);
        Files.writeString(folder.resolve("service.yml"), SERVICE);
        Files.writeString(folder.resolve("README.md"), "# no YAML: [");
        Files.writeString(folder.resolve(".hidden.yaml"), "hidden: [");
        Files.writeString(folder.resolve(".git/config.yaml"), "hidden: [");
    }

    @Test
    void filesAreReadByTheirNamesBelowTheFolder() throws IOException {
        assertThat(YamlFolder.texts(folder))
                .containsExactly(entry("apps/orders/route.yaml", ROUTE), entry("service.yml", SERVICE));
    }

    @Test
    void whatIsImportedNamesTheFileAndTheLine() throws IOException {
        Imported imported = Import.by(IstioDialect.istio()).texts(YamlFolder.texts(folder), "shop");

        assertThat(imported.problems())
                .anySatisfy(problem -> assertThat(problem.message() + problem.origin())
                        .contains("timout")
                        .contains("apps/orders/route.yaml:"));
    }

    @Test
    void whatIsNoFolderOrNoTextIsRefused() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder.resolve("service.yml")))
                .withMessageContaining("is no folder");
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder))
                .withMessage("latin.yaml is no text in UTF-8");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("service.yml"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder))
                .withMessage("link.yaml is no regular file");
    }

    @Test
    void aFolderThatIsALinkIsNotTakenForAnEmptyOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("apps"));

        assertThat(YamlFolder.texts(link)).containsExactly(entry("orders/route.yaml", ROUTE));
    }

    @Test
    void aNameWithALineBreakIsRefusedInOneLine() throws IOException {
        Files.writeString(folder.resolve("a\nfine: no problems.yaml"), SERVICE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder))
                .withMessage("a?fine: no problems.yaml has control characters in its name");
    }

    @Test
    void aNameOfAnObjectOrAFileDoesNotBreakTheLinesOfAProblem() {
        String object = SERVICE.replace("name: orders", "name: \"a\\nb\"");
        Imported imported = Import.by(IstioDialect.istio())
                .texts(Map.of("x\ny.yaml", object + "---\n" + object.replace("8080", "8081")), "shop");

        assertThat(imported.problems())
                .isNotEmpty()
                .allSatisfy(problem ->
                        assertThat(problem.render()).doesNotContain("\nb").doesNotContain("\ny.yaml"));
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("a.yaml").toFile(), "rw")) {
            large.setLength(ManifestYaml.LIMIT + 1L);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder))
                .withMessageStartingWith("a.yaml is larger than");
    }

    @Test
    void noMoreIsReadThanTheLimit() throws IOException {
        Path file = folder.resolve("service.yml");
        int size = (int) Files.size(file);

        assertThat(ObjectFiles.bytes(file, size)).isEqualTo(Files.readAllBytes(file));
        assertThat(ObjectFiles.bytes(file, size - 5)).hasSize(size - 4);
    }

    /** A file may grow without an end while it is read. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatHasNoEndIsGivenUp() throws IOException {
        assertThat(ObjectFiles.bytes(Path.of("/dev/zero"), 1000)).hasSize(1001);
    }

    @Test
    void aFolderThatIsTooLargeAsAWholeIsRefused() throws IOException {
        for (char name = 'a'; name < 'r'; name++) {
            try (RandomAccessFile large = new RandomAccessFile(
                    folder.resolve("large-" + name + ".json").toFile(), "rw")) {
                large.setLength(ManifestYaml.LIMIT);
            }
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlFolder.texts(folder))
                .withMessageEndingWith("or the folder is too large");
    }
}
