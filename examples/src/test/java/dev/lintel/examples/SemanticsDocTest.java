package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of {@code docs/semantics.md} names tests, and they exist. */
class SemanticsDocTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z][0-9]+) \\| (.+?) \\|(.*)\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9.]+)#([A-Za-z0-9_]+)`");

    private record Line(String id, String rule, String tests) {}

    @Test
    void theDocumentHasItsShape() {
        List<Line> lines = lines();
        assertThat(lines).hasSizeGreaterThan(60).allMatch(line -> line.rule().endsWith("."));
        assertThat(lines).extracting(Line::id).doesNotHaveDuplicates();
    }

    @Test
    void everyLineIsHeldByATest() {
        assertThat(lines())
                .filteredOn(line -> !line.tests().strip().matches(NAME + "(, " + NAME + ")*"))
                .as("lines whose last column is not `Class#method` with commas between")
                .isEmpty();
    }

    @Test
    void theTestsExist() throws IOException {
        Map<String, Path> sources = sources();
        List<String> missing = new ArrayList<>();
        for (Line line : lines()) {
            Matcher names = NAME.matcher(line.tests());
            while (names.find()) {
                List<Path> files = sources.entrySet().stream()
                        .filter(source -> ("." + source.getKey()).endsWith("." + names.group(1)))
                        .map(Map.Entry::getValue)
                        .toList();
                if (files.size() != 1 || !isTest(files.get(0), names.group(2))) {
                    missing.add(line.id() + ": " + names.group() + " in " + files);
                }
            }
        }
        assertThat(missing)
                .as("tests that are not there, or whose class needs (more of) its package to be the only one")
                .isEmpty();
    }

    /** Whether there is a method of this name, with an annotation above it that makes JUnit run it. */
    private static boolean isTest(Path source, String method) {
        List<String> code = read(source);
        for (int i = 0; i < code.size(); i++) {
            if (code.get(i).matches("    (void|Stream<DynamicTest>) " + method + "\\(.*")) {
                int above = i;
                while (above > 0
                        && !code.get(above).isBlank()
                        && !code.get(above).matches("    @\\w*Test(Factory)?(\\(.*)?")) {
                    above--;
                }
                return !code.get(above).isBlank();
            }
        }
        return false;
    }

    private static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String text : read(ROOT.resolve("docs/semantics.md"))) {
            Matcher row = ROW.matcher(text);
            boolean head = text.startsWith("| id ") || text.startsWith("|---");
            if (row.matches()) {
                lines.add(new Line(row.group(1), row.group(2), row.group(3)));
            } else {
                assertThat(text.startsWith("|") && !head)
                        .as("a row like no other: %s", text)
                        .isFalse();
            }
        }
        return lines;
    }

    /** The test sources of all modules by class name with package. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .forEach(folder -> below(folder).forEach(file -> sources.put(className(folder, file), file)));
        }
        assertThat(sources).hasSizeGreaterThan(50);
        return sources;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path folder, Path file) {
        String path = folder.relativize(file).toString().replace('/', '.').replace('\\', '.');
        return path.substring(0, path.length() - ".java".length());
    }
}
