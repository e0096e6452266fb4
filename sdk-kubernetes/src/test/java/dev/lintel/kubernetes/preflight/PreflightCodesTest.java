package dev.lintel.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each code of a preflight is explained on the page about clusters. */
class PreflightCodesTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path MAIN = Path.of("src", "main", "java", "dev", "lintel", "kubernetes");
    private static final Pattern FOUND = Pattern.compile("findings\\.(?:problem|warning)\\(\\s*\"([a-z-]+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"preflight\\.([a-z-]+)\"");

    @Test
    void eachCodeIsOnThePage() throws IOException {
        Set<String> codes = new TreeSet<>(Set.of("unchecked"));
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                for (Pattern pattern : new Pattern[] {FOUND, LITERAL}) {
                    pattern.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
                }
            }
        }
        String page = Files.readString(PAGE);

        assertThat(codes).hasSizeGreaterThan(18);
        assertThat(codes).allSatisfy(code -> assertThat(page).contains("`preflight." + code + "`"));
    }
}
