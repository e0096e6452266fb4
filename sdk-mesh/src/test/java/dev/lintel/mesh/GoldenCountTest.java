package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many named cases there are of what the dialects write, and how many of them are refusals. */
class GoldenCountTest {
    private static final Path GOLDENS = Path.of("src", "test", "golden");
    private static final List<String> DIALECTS =
            List.of("gateway-api", "istio", "istio-access", "istio-traffic", "kyma");

    @Test
    void thereAreManyCasesAndAThirdOfThemAreRefusals() throws IOException {
        Map<String, Boolean> cases = new TreeMap<>();
        for (String dialect : DIALECTS) {
            try (Stream<Path> files = Files.list(GOLDENS.resolve(dialect))) {
                for (Path file : files.filter(GoldenCountTest::isWritten).toList()) {
                    String text = Files.readString(file);
                    boolean refused = text.startsWith("# refused: ");
                    assertThat(refused && text.contains("\nkind: "))
                            .as("%s is refused and holds an object", file)
                            .isFalse();
                    cases.put(dialect + "/" + file.getFileName(), refused);
                }
            }
        }
        long refusals = cases.values().stream().filter(one -> one).count();

        assertThat(cases).hasSizeGreaterThanOrEqualTo(150);
        assertThat(3 * refusals)
                .as("three times the %d refusals of %d cases", refusals, cases.size())
                .isGreaterThanOrEqualTo(cases.size());
    }

    private static boolean isWritten(Path file) {
        return file.toString().endsWith(".yaml") && !file.toString().endsWith(".in.yaml");
    }
}
