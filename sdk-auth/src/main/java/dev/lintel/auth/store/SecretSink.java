package dev.lintel.auth.store;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;

/**
 * Where secrets go that somebody else has made up, such as the client secret that an authorization server answers to a
 * registration (RFC 7591, 3.2.1): the program that registers hands them on, and neither keeps nor shows them.
 */
@FunctionalInterface
public interface SecretSink {
    /**
     * Puts a secret in its place, over the one that is there.
     *
     * @param ref its place
     * @param secret what is never logged
     * @throws StoreException if it could not be put there; what was there before still is
     */
    void store(SecretRef ref, Secret secret) throws StoreException;
}
