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
        if (isInside("x." + domain)) {
            throw new IllegalArgumentException(
                    "a domain must not be one of names by which services are called from inside, but was '" + domain
                            + "'");
        }
    }

    /**
     * Whether a host is of the form by which services are called from inside, so that nothing can be exposed there: whoever
     * calls it from inside would get past what is asked at the entry.
     *
     * @param host a lower-case host name
     * @return true for names that end with {@code .svc} or {@code .svc.cluster.local}
     */
    public static boolean isInside(String host) {
        return host.endsWith(".svc") || host.endsWith(".svc.cluster.local");
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
