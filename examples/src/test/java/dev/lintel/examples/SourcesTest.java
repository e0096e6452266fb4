package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the sources of all modules look: the habits that a compiler does not check. */
class SourcesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern WORKING_NOTE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    @Test
    void areFound() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(300);
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        assertThat(filesWith(lines -> lines.size() > 400)).isEmpty();
    }

    @Test
    void mostFilesAreShort() throws IOException {
        List<Integer> lengths = sources().stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .map(file -> read(file).size())
                .sorted()
                .toList();
        assertThat(lengths.get(lengths.size() / 2)).as("median").isLessThanOrEqualTo(80);
    }

    @Test
    void everyPackageOfAModuleSaysWhatItIs() throws IOException {
        List<Path> silent = sources().stream()
                .filter(file -> file.toString().contains("/src/main/java/dev/lintel/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();
        assertThat(silent).isEmpty();
    }

    @Test
    void noWorkingNotesAreLeft() throws IOException {
        assertThat(filesWith(lines -> lines.stream()
                        .anyMatch(line -> WORKING_NOTE.matcher(line).find())))
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() throws IOException {
        assertThat(filesWith(
                        lines -> lines.stream().anyMatch(line -> line.strip().startsWith("@Disabled"))))
                .isEmpty();
    }

    @Test
    void noTestSleeps() throws IOException {
        List<Path> sleeping = filesWith(lines -> lines.stream().anyMatch(line -> line.contains("Thread.sleep(")));
        assertThat(sleeping.stream()
                        .filter(file -> file.toString().contains("/src/test/") && !file.endsWith("SourcesTest.java")))
                .isEmpty();
    }

    private static List<Path> filesWith(Predicate<List<String>> property) throws IOException {
        return sources().stream()
                .filter(file -> property.test(read(file)))
                .map(ROOT::relativize)
                .toList();
    }

    /** The Java files of every module, without what a build wrote. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SourcesTest::below)
                    .toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
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
}
