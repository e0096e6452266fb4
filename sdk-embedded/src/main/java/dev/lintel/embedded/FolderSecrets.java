package dev.lintel.embedded;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets as files. Links are followed: Kubernetes renews a mounted secret by turning one. */
record FolderSecrets(Path folder) implements Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(FolderSecrets.class);
    private static final int LIMIT = 64 * 1024;

    @Override
    public Optional<Secret> find(SecretRef ref) {
        Path file = folder.resolve(ref.namespace()).resolve(ref.name()).resolve(ref.key());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                LOG.warn("the secret {} is longer than {} bytes and is not used", ref, LIMIT);
                return Optional.empty();
            }
            int end = bytes.length;
            while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
                end--;
            }
            return end == 0
                    ? Optional.empty()
                    : Optional.of(Secret.of(new String(bytes, 0, end, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("the secret {} cannot be read: {}", ref, e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "secrets in " + folder;
    }
}
