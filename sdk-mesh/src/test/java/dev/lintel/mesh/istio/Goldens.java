package dev.lintel.mesh.istio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The goldens of all tests of this module, for judges that take every one of them. */
final class Goldens {
    private static final Path ROOT = Path.of("src", "test", "golden");
    private static final Pattern OBJECT = Pattern.compile("(?m)^kind: ");

    private Goldens() {}

    /** Those with this suffix that hold objects: the others say why something is refused. */
    static List<Path> withObjects(String suffix) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> objects(file) > 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int objects(Path file) {
        try {
            return Math.toIntExact(
                    OBJECT.matcher(Files.readString(file)).results().count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
