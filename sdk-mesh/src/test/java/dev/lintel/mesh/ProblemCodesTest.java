package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a dialect can say against a model, or besides it, is shown somewhere: by a golden, by a test or on a page. */
class ProblemCodesTest {
    private static final Path MAIN = Path.of("src", "main", "java", "dev", "lintel", "mesh");
    private static final Path TESTS = Path.of("src", "test");
    private static final Path PAGE = Path.of("..", "docs", "worlds.md");
    private static final String WORD = "[a-z0-9]+(?:-[a-z0-9]+)*";
    private static final Pattern LITERAL = Pattern.compile("\"((?:istio|gateway-api|kyma)\\." + WORD + ")\"");

    /** Such as {@code "istio." + code} in a method to which only the end is said. */
    private static final Pattern PREFIX =
            Pattern.compile("new Problem\\(\\s*\"((?:istio|gateway-api|kyma)\\.[a-z-]*)\" \\+ code\\b");

    private static final Pattern TAKES_CODE = Pattern.compile("void (\\w+)\\(\\s*String code\\b");
    private static final Pattern DEVIATION = Pattern.compile("new Deviation\\(\\s*\"([a-z.0-9-]+)\"");

    /** No code, but the beginning of several, by which Kyma takes what is said about egress. */
    private static final String EGRESS = "istio.egress";

    @Test
    void eachCodeOfAProblemIsShown() throws IOException {
        Set<String> codes = problems();
        String shown = shown();

        assertThat(codes).hasSizeGreaterThan(100).contains("istio.authorizer-paths", "gateway-api.keys");
        assertThat(codes.stream().filter(code -> !names(shown, code)))
                .as("codes that no golden and no test names")
                .isEmpty();
    }

    @Test
    void eachDeviationIsOnThePage() throws IOException {
        Set<String> codes = deviations();
        String page = Files.readString(PAGE);

        assertThat(codes).hasSizeGreaterThan(60);
        assertThat(codes.stream().filter(code -> !page.contains("| `" + code + "` |")))
                .as("deviations that %s does not list", PAGE)
                .isEmpty();
    }

    private static Set<String> problems() throws IOException {
        Set<String> codes = new TreeSet<>();
        texts(MAIN, ".java").forEach((file, text) -> {
            if (!file.endsWith("Deviations.java")) {
                codes.addAll(found(LITERAL, text));
            }
            for (String prefix : found(PREFIX, text)) {
                for (String method : found(TAKES_CODE, text)) {
                    Pattern call = Pattern.compile("\\b" + method + "\\(\\s*\"(" + WORD + ")\"");
                    found(call, text).forEach(end -> codes.add(prefix + end));
                }
            }
        });
        codes.remove(EGRESS);
        return codes;
    }

    private static Set<String> deviations() throws IOException {
        Set<String> codes = new TreeSet<>();
        texts(MAIN, ".java")
                .forEach((file, text) ->
                        codes.addAll(found(file.endsWith("Deviations.java") ? LITERAL : DEVIATION, text)));
        return codes;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static boolean names(String text, String code) {
        return Pattern.compile(Pattern.quote(code) + "(?![a-z0-9-])")
                .matcher(text)
                .find();
    }

    /** All goldens, and all tests but this one. */
    private static String shown() throws IOException {
        Map<String, String> files = texts(TESTS, "");
        files.keySet().removeIf(file -> file.endsWith("ProblemCodesTest.java"));
        return String.join("\n", files.values());
    }

    /** By path. */
    private static Map<String, String> texts(Path folder, String end) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(end)) {
                    texts.put(file.toString(), Files.readString(file));
                }
            }
        }
        return texts;
    }
}
