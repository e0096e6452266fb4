package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code that the project's papers show is the code of tests, and their links lead somewhere. */
class PapersTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path TESTS = Path.of("src", "test", "java", "dev", "lintel", "examples");
    private static final Pattern LINK = Pattern.compile("]\\(((?!https?:|#)[^)#]+)[^)]*\\)");

    @ParameterizedTest
    @CsvSource({"README.md, ReadmeTest.java, readme", "CONTRIBUTING.md, NarrowPathTest.java, model"})
    void showTheRegionOfATest(String paper, String test, String region) throws IOException {
        String text = Files.readString(ROOT.resolve(paper));
        int block = text.indexOf("```java\n") + "```java\n".length();
        assertThat(text.substring(block, text.indexOf("```", block)).stripTrailing())
                .isEqualTo(region(Files.readAllLines(TESTS.resolve(test)), region));
    }

    @Test
    void theFrontPageShowsTheImportsOfItsTest() throws IOException {
        String text = Files.readString(ROOT.resolve("README.md"));
        int block = text.indexOf("```java\nimport ") + "```java\n".length();
        assertThat(text.substring(block, text.indexOf("```", block)).lines().filter(line -> !line.isEmpty()))
                .containsExactlyElementsOf(Files.readAllLines(TESTS.resolve("ReadmeTest.java")).stream()
                        .filter(line -> line.startsWith("import ") && !line.contains("org.junit."))
                        .toList());
    }

    @Test
    void linkToFilesThatExist() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(5);
            for (Path page : pages) {
                Path folder = ROOT.resolve(ROOT.relativize(page)).resolveSibling(".");
                assertThat(LINK.matcher(Files.readString(page)).results())
                        .as("links of %s", page.getFileName())
                        .allSatisfy(
                                link -> assertThat(folder.resolve(link.group(1)).normalize())
                                        .exists());
            }
        }
    }

    private static String region(List<String> lines, String name) {
        int start = lines.stream().map(String::strip).toList().indexOf("// @start region=" + name) + 1;
        int end = start
                + lines.subList(start, lines.size()).stream()
                        .map(String::strip)
                        .toList()
                        .indexOf("// @end");
        return lines.subList(start, end).stream()
                .collect(Collectors.joining("\n"))
                .stripIndent();
    }
}
