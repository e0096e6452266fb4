package dev.lintel.embedded;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the secrets are that definitions name. They are read when they are needed, so a new one is used from then on. */
@FunctionalInterface
public interface Secrets {
    /**
     * Reads one. Called off the event loop, and by many threads.
     *
     * @param ref which
     * @return empty if it is not there
     */
    Optional<Secret> find(SecretRef ref);

    /**
     * No secrets.
     *
     * @return finds nothing
     */
    static Secrets none() {
        return ref -> Optional.empty();
    }

    /**
     * Secrets that the program has itself.
     *
     * @param known is copied
     * @return finds those alone
     */
    static Secrets of(Map<SecretRef, Secret> known) {
        Map<SecretRef, Secret> copy = new LinkedHashMap<>(known);
        return ref -> Optional.ofNullable(copy.get(ref));
    }

    /**
     * Secrets as files, {@code <folder>/<namespace>/<name>/<key>}, as Kubernetes mounts them, and as {@link
     * dev.lintel.auth.store.file.FileSecretSink} writes them. A file is UTF-8 and at most 64 KiB long; line breaks at its end
     * do not count.
     *
     * @param folder where; need not be there yet
     * @return reads the file each time; what cannot be read is not there
     */
    static Secrets directory(Path folder) {
        return new FolderSecrets(folder);
    }
}
