package dev.lintel.mesh.target;

import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.imports.Import;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the files of a folder that hold YAML or JSON, as an import takes them. */
public final class YamlFolder {
    /** Names stand in problems, which people and builds read line by line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private YamlFolder() {}

    /**
     * The files of a folder and of the folders in it that end with {@code .yaml}, {@code .yml} or {@code .json}, but for
     * hidden ones. Links in it are not followed; the folder itself may be one.
     *
     * @param root with files as they are applied, or as {@code kubectl get -o yaml} prints them
     * @return their texts, by their names below the folder; in the order of the names
     * @throws IllegalArgumentException if it is no folder, or a file in it is no file with text or has a name with
     *     control characters, or there is more of it than {@link Import} takes
     * @throws IOException if a file cannot be read
     */
    public static Map<String, String> texts(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException(root + " is no folder");
        }
        // A link would be visited as a file, and its folder would seem to be empty.
        return files(root.toRealPath());
    }

    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            private long left = Import.LIMIT;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean hidden = !folder.equals(root)
                        && String.valueOf(folder.getFileName()).startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = String.valueOf(file.getFileName());
                boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
                if (!yaml || name.startsWith(".")) {
                    return FileVisitResult.CONTINUE;
                }
                String below = root.relativize(file).toString().replace('\\', '/');
                if (CONTROL.matcher(below).find()) {
                    throw new IllegalArgumentException(
                            String.join("?", CONTROL.split(below, -1)) + " has control characters in its name");
                }
                if (!attributes.isRegularFile()) {
                    throw new IllegalArgumentException(below + " is no regular file");
                }
                left -= attributes.size();
                if (attributes.size() > ManifestYaml.LIMIT || left < 0 || texts.size() >= Import.MOST_TEXTS) {
                    throw new IllegalArgumentException(
                            below + " is larger than " + ManifestYaml.LIMIT + " bytes, or the folder is too large");
                }
                try {
                    texts.put(below, Files.readString(file));
                } catch (MalformedInputException e) {
                    throw new IllegalArgumentException(below + " is no text in UTF-8", e);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return texts;
    }
}
