package dev.lintel.core;

import java.util.regex.Pattern;

/**
 * The place of a secret, without the secret: a key of a Kubernetes {@code Secret}, or of what stands for one elsewhere.
 *
 * @param namespace a DNS label
 * @param name the secret's name, a DNS label
 * @param key which of its values: letters, digits, {@code -}, {@code _} and {@code .}, at most 253, not beginning with a
 *     dot
 */
public record SecretRef(String namespace, String name, String key) {
    private static final Pattern KEY = Pattern.compile("[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,252}");

    /** Checks the names, so that they can be parts of a path. */
    public SecretRef {
        Names.label("a secret's namespace", namespace);
        Names.label("a secret's name", name);
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a secret's key must be letters, digits, '-', '_' and '.', at most 253,"
                    + " not beginning with a dot, but was '" + key + "'");
        }
    }

    /**
     * The place of a secret.
     *
     * @param namespace a DNS label
     * @param name the secret's name, a DNS label
     * @param key which of its values
     * @return the place
     */
    public static SecretRef secretRef(String namespace, String name, String key) {
        return new SecretRef(namespace, name, key);
    }

    /** {@code namespace/name/key}. */
    @Override
    public String toString() {
        return namespace + "/" + name + "/" + key;
    }
}
