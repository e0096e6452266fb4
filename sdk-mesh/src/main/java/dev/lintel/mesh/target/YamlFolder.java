package dev.lintel.mesh.target;

import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.imports.Import;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Reads the files of a folder that hold YAML or JSON, as an import takes them. */
public final class YamlFolder {
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
        Map<String, String> texts = new TreeMap<>();
        long[] left = {Import.LIMIT};
        ObjectFiles.walk(root, (file, attributes) -> {
            String below = file.toString().replace('\\', '/');
            if (!ObjectFiles.shown(file).equals(below)) {
                throw new IllegalArgumentException(ObjectFiles.shown(file) + " has control characters in its name");
            }
            if (!attributes.isRegularFile()) {
                throw new IllegalArgumentException(below + " is no regular file");
            }
            int limit = (int) Math.min(left[0], ManifestYaml.LIMIT);
            byte[] bytes = ObjectFiles.bytes(root.resolve(file), limit);
            if (bytes.length > limit || texts.size() >= Import.MOST_TEXTS) {
                throw new IllegalArgumentException(
                        below + " is larger than " + ManifestYaml.LIMIT + " bytes, or the folder is too large");
            }
            left[0] -= bytes.length;
            try {
                texts.put(below, ObjectFiles.text(bytes));
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(below + " is no text in UTF-8", e);
            }
        });
        return texts;
    }
}
