package dev.lintel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.FrontRule;
import dev.lintel.mesh.front.FrontConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a ConfigMap that Lintel has deployed, as a pod has them.
 *
 * @param api which is served
 * @param rule what is served
 */
record FrontFolder(String api, FrontRule rule) {
    private static final int LARGEST = 2 << 20;

    /**
     * Reads them.
     *
     * @throws ProblemsException if they are not what Lintel deploys
     */
    static FrontFolder read(Path folder) {
        SortedMap<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                byte[] bytes = bytes(file);
                if (name.endsWith(FrontConfig.PACKED)) {
                    files.put(
                            name.substring(0, name.length() - FrontConfig.PACKED.length()), FrontConfig.unpack(bytes));
                } else {
                    files.put(name, new String(bytes, StandardCharsets.UTF_8));
                }
            }
            String rule = files.remove(FrontConfig.RULE);
            if (rule == null) {
                throw new IllegalArgumentException("it has no '" + FrontConfig.RULE + "'");
            }
            String api = new ObjectMapper().readTree(rule).path("api").asText();
            return new FrontFolder(api, FrontConfig.read(rule, files));
        } catch (IOException | IllegalArgumentException e) {
            throw new ProblemsException(
                    "the folder of the front",
                    List.of(new Problem(
                            "cli.front",
                            String.valueOf(folder.getFileName()),
                            "is no folder of a front: " + e.getMessage(),
                            "name the folder where the ConfigMap of the front is mounted",
                            Origin.unknown())));
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException("a file is larger than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }
}
