package dev.lintel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Expected texts in files below {@code src/test/golden} of the module under test: one folder for one test, whose files
 * with one suffix are all its own. {@code -Dgolden=write} writes what the tests say now and deletes what no test says.
 */
public final class Golden {
    private static final Path ROOT = Path.of("src", "test", "golden");

    private final Path folder;
    private final String suffix;

    private Golden(Path folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
    }

    /**
     * The goldens of one test.
     *
     * @param folder below {@code src/test/golden}
     * @param suffix of the expected files, with its dot
     * @return the goldens
     */
    public static Golden in(String folder, String suffix) {
        return new Golden(ROOT.resolve(folder), suffix);
    }

    /**
     * The files of the folder that are input: those with this suffix.
     *
     * @param inputSuffix with its dot, another one than that of the expected files
     * @return texts by file name, sorted
     */
    public SortedMap<String, String> inputs(String inputSuffix) {
        SortedMap<String, String> inputs = new TreeMap<>();
        for (String name : names(inputSuffix)) {
            inputs.put(name, read(folder.resolve(name)));
        }
        return inputs;
    }

    /**
     * One test for each case, and one that finds files without a case.
     *
     * @param cases what is said now, by the name of its file without suffix
     * @return for a {@code @TestFactory}
     */
    public Stream<DynamicTest> tests(Map<String, Supplier<String>> cases) {
        Stream<DynamicTest> checks = new TreeMap<>(cases)
                .entrySet().stream()
                        .map(one -> DynamicTest.dynamicTest(
                                one.getKey(),
                                () -> check(
                                        one.getKey() + suffix, one.getValue().get())));
        TreeSet<String> expected = new TreeSet<>();
        cases.keySet().forEach(name -> expected.add(name + suffix));
        return Stream.concat(checks, Stream.of(DynamicTest.dynamicTest("no orphans", () -> orphans(expected))));
    }

    private static boolean writing() {
        return "write".equals(System.getProperty("golden"));
    }

    private void check(String file, String actual) throws IOException {
        Path path = folder.resolve(file);
        if (writing()) {
            Files.createDirectories(folder);
            Files.writeString(path, actual);
        }
        assertThat(actual).as("%s (rewrite with -Dgolden=write)", path).isEqualTo(Files.exists(path) ? read(path) : "");
    }

    private void orphans(SortedSet<String> expected) throws IOException {
        SortedSet<String> found = names(suffix);
        found.removeAll(expected);
        if (writing()) {
            for (String orphan : found) {
                Files.delete(folder.resolve(orphan));
            }
            found.clear();
        }
        assertThat(found)
                .as("files of %s that no test says (delete with -Dgolden=write)", folder)
                .isEmpty();
    }

    private SortedSet<String> names(String end) {
        if (!Files.isDirectory(folder)) {
            return new TreeSet<>(Collections.emptySet());
        }
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(end))
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
