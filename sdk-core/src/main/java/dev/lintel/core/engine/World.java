package dev.lintel.core.engine;

import dev.lintel.core.Names;

/**
 * What a backend knows about its world before any definition is read.
 *
 * @param domain the domain below which hosts are made: {@code {api}.{namespace}.{domain}}; one label or more
 */
public record World(String domain) {
    /** The domain of an embedded world: names below it never leave the machine (RFC 6761, 6.3). */
    public static final String LOCALHOST = "localhost";

    /** Checks the domain. */
    public World {
        if (!Names.isHost("x." + domain)) {
            throw new IllegalArgumentException(
                    "a domain must be lower-case DNS labels joined by dots, but was '" + domain + "'");
        }
    }

    /**
     * The host of an API that names none itself.
     *
     * @param name the API's name
     * @param namespace its namespace
     * @return {@code name.namespace.domain}
     */
    public String host(String name, String namespace) {
        return name + "." + namespace + "." + domain;
    }
}
