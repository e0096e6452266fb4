package dev.lintel.core.policy;

import dev.lintel.core.Names;
import dev.lintel.core.Policy;

/**
 * Exposes an API at a host of its own instead of {@code {api}.{namespace}.{domain}}; may be said for several hosts.
 *
 * @param host lower-case, without port, of the form {@code {name}.{namespace}.{domain}}
 */
public record AtHost(String host) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "entry.host/v1";

    /** Checks the host. */
    public AtHost {
        Names.host(host);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return host;
    }
}
