package dev.lintel.auth.store;

import dev.lintel.core.Names;
import dev.lintel.core.SecretRef;

/**
 * The place of values that belong together, such as a client's identifier and its secret: a Kubernetes {@code Secret}, or
 * what stands for one elsewhere. Each of the values is at a {@link SecretRef}.
 *
 * @param namespace a DNS label
 * @param name a DNS label
 */
public record SecretPlace(String namespace, String name) {
    /** Checks the names, so that they can be parts of a path. */
    public SecretPlace {
        Names.label("a secret's namespace", namespace);
        Names.label("a secret's name", name);
    }

    /**
     * A place.
     *
     * @param path for example {@code shop/checkout-oauth}
     * @return the place
     * @throws IllegalArgumentException if it is not a namespace, a slash and a name
     */
    public static SecretPlace of(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "the place of a secret must be its namespace, '/' and its name, but was '" + path + "'");
        }
        return new SecretPlace(parts[0], parts[1]);
    }

    /**
     * The place of one of the values.
     *
     * @param key its name
     * @return the place
     */
    public SecretRef value(String key) {
        return new SecretRef(namespace, name, key);
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
