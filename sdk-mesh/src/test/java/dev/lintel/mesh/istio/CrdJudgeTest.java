package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.testkit.GoTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an API server would say to everything that is written: the schemas of the definitions, and their rules. */
@Tag("crd-judge")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrdJudgeTest {
    private static final int MODELS = 400;
    private static final Path BAD = Path.of("..", "testkit", "crd-judge", "bad");

    @TempDir
    Path folder;

    private static Path judge = Path.of("");

    @BeforeAll
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    static void build() {
        Optional<Path> binary = GoTool.build("testkit/crd-judge.sh", false);
        Assumptions.assumeTrue(binary.isPresent(), "there is no Go of which crd-judge could be built");
        judge = binary.orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void accepts_every_golden(IstioVersion version) {
        List<Path> goldens = Goldens.withObjects(".istio.yaml");

        assertThat(goldens).hasSizeGreaterThanOrEqualTo(40);
        accept(version, goldens, goldens.stream().mapToInt(Goldens::objects).sum());
    }

    @ParameterizedTest
    @EnumSource
    void accepts_random_models(IstioVersion version) throws IOException {
        IstioDialect dialect = IstioDialect.istio().domain("example.com").version(version);
        List<Path> files = new ArrayList<>();
        int objects = 0;
        for (long seed = 1; files.size() < MODELS; seed++) {
            assertThat(seed).as("most models are refused").isLessThan(20 * MODELS);
            Written written = dialect.write(new RandomModels(seed).model());
            if (written.problems().isEmpty()) {
                objects += written.manifests().size();
                files.add(Files.writeString(
                        folder.resolve("seed-" + seed + ".yaml"), ManifestYaml.write(written.manifests())));
            }
        }
        accept(version, files, objects);
    }

    @Test
    void finds_what_is_no_good() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(BAD)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        GoTool.Ran ran = judge(IstioVersion.NEWEST, files);

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.text().replace(BAD + "/", "")).isEqualTo(Files.readString(BAD.resolve("expected.txt")));
    }

    @Test
    void finds_files_without_an_object_and_keys_that_stand_twice() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "# nothing\n---\n");
        Path twice = Files.writeString(folder.resolve("twice.yaml"), "kind: A\nkind: B\n");
        GoTool.Ran ran = judge(IstioVersion.NEWEST, List.of(empty, twice, folder.resolve("none.yaml")));

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.text().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("empty.yaml: holds no object"),
                        line -> assertThat(line)
                                .contains("twice.yaml: document 1")
                                .contains("\"kind\" already set"),
                        line -> assertThat(line).endsWith("none.yaml: no such file or directory"),
                        line -> assertThat(line).isEqualTo("0 objects in 3 files: 3 violations"));
    }

    private static void accept(IstioVersion version, List<Path> files, int objects) {
        GoTool.Ran ran = judge(version, files);
        assertThat(ran.text()).isEqualTo("%d objects in %d files: 0 violations%n".formatted(objects, files.size()));
        assertThat(ran.status()).isZero();
    }

    private static GoTool.Ran judge(IstioVersion version, List<Path> files) {
        StringBuilder input = new StringBuilder();
        files.forEach(file -> input.append(file).append('\n'));
        return GoTool.run(judge, List.of("-istio", version.toString(), "-"), input.toString());
    }
}
