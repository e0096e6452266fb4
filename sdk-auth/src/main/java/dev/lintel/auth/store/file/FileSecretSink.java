package dev.lintel.auth.store.file;

import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Secrets as files of their own, {@code <folder>/<namespace>/<name>/<key>}, as Kubernetes mounts them: in clear, without
 * a line break, for their owner alone (0600, folders 0700), replaced as a whole.
 */
public final class FileSecretSink implements SecretSink {
    /** One lock for all: secrets come seldom. */
    private static final String LOCK = "0";

    private final Path folder;

    private FileSecretSink(Path folder) {
        this.folder = folder;
    }

    /**
     * Secrets below a folder.
     *
     * @param folder where; it is made when the first one comes. Not one that is published, such as a Git repository
     * @return the sink
     */
    public static FileSecretSink in(Path folder) {
        return new FileSecretSink(folder);
    }

    @Override
    public void store(SecretRef ref, Secret secret) throws StoreException {
        Path place = folder.resolve(ref.namespace()).resolve(ref.name());
        try {
            PrivateFiles.folder(place);
            Path root = folder.toRealPath();
            Path real = root.resolve(ref.namespace()).resolve(ref.name());
            if (!real.equals(place.toRealPath())) {
                throw new StoreException("the secret " + ref + " is not put into " + place + ", which is a link");
            }
            new FolderLocks(root).locked(LOCK, () -> {
                byte[] utf8 = secret.reveal().getBytes(StandardCharsets.UTF_8);
                PrivateFiles.write(real.resolve(ref.key()), real.resolve(".new"), utf8);
                return ref;
            });
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure("the secret " + ref + " cannot be put into " + place, e));
        }
    }

    @Override
    public String toString() {
        return "secrets in " + folder;
    }
}
