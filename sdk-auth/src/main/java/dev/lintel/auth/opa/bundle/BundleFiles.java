package dev.lintel.auth.opa.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the policies and the data below a folder. Links are not followed, and tests are left out. */
final class BundleFiles {
    private BundleFiles() {}

    static Map<String, String> read(Path place) {
        Map<String, String> files = new TreeMap<>();
        if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            files.put(String.valueOf(place.getFileName()), text(place));
            return files;
        }
        try (Stream<Path> all = Files.walk(place)) {
            List<Path> some = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> isPart(String.valueOf(file.getFileName())))
                    .limit(Bundle.MOST_FILES + 1L)
                    .toList();
            for (Path file : some) {
                files.put(place.relativize(file).toString().replace('\\', '/'), text(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static boolean isPart(String name) {
        return name.endsWith(".rego") && !name.endsWith("_test.rego")
                || name.equals("data.json")
                || name.equals("data.yaml")
                || name.equals("data.yml");
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > Bundle.MOST_BYTES) {
                throw new IllegalArgumentException("a bundle must have at most " + Bundle.MOST_BYTES + " bytes, but '"
                        + file.getFileName() + "' alone has " + Files.size(file));
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + file.getFileName() + "' must be UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
