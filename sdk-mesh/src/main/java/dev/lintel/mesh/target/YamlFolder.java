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

/** Reads the files of a folder that hold YAML or JSON, as an import takes them. */
public final class YamlFolder {
    private YamlFolder() {}

    /**
     * The files of a folder and of the folders in it that end with {@code .yaml}, {@code .yml} or {@code .json}, but for
     * hidden ones. Links are not followed.
     *
     * @param root with files as they are applied, or as {@code kubectl get -o yaml} prints them
     * @return their texts, by their names below the folder; in the order of the names
     * @throws IllegalArgumentException if it is no folder, or a file in it is no file with text, or there is more of it
     *     than {@link Import} takes
     * @throws IOException if a file cannot be read
     */
    public static Map<String, String> texts(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException(root + " is no folder");
        }
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
