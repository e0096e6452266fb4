package dev.lintel.auth.register;

import dev.lintel.core.Secret;

/** Where secrets go that were made or received: a file, a vault. What it throws must not quote the secret. */
@FunctionalInterface
public interface SecretSink {
    /**
     * Keeps a secret, in the place of one of the same name. Returns when it is safe.
     *
     * @param name whose it is, for example a client's identifier
     * @param secret what to keep
     */
    void put(String name, Secret secret);
}
