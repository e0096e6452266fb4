package dev.lintel.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service by its name in the API's own namespace: what a Kubernetes {@code Service} of that name selects, or what is
 * bound under that name in an embedded gateway.
 *
 * @param name a DNS label
 * @param port the service's port, 1 to 65535; 80 unless said
 */
public record ServiceRef(String name, int port) {
    /** The port that a service has unless another one is said. */
    public static final int DEFAULT_PORT = 80;

    private static final Pattern TEXT = Pattern.compile("([^:]*)(?::(0|[1-9][0-9]{0,8}))?");

    /** Checks name and port. */
    public ServiceRef {
        Names.label("a service's name", name);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 1 to 65535, but '" + name + "' was given " + port);
        }
    }

    /**
     * A service on port 80.
     *
     * @param name a DNS label
     * @return the reference
     */
    public static ServiceRef service(String name) {
        return new ServiceRef(name, DEFAULT_PORT);
    }

    /**
     * The same service on another port.
     *
     * @param port 1 to 65535
     * @return a new reference
     */
    public ServiceRef port(int port) {
        return new ServiceRef(name, port);
    }

    /**
     * Reads the stored form.
     *
     * @param text {@code orders} or {@code orders:8080}
     * @return the reference
     * @throws IllegalArgumentException if it is not one
     */
    public static ServiceRef parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a service is 'name' or 'name:port', but was '" + text + "'");
        }
        String port = parts.group(2);
        return port == null ? service(text) : new ServiceRef(parts.group(1), Integer.parseInt(port));
    }

    /**
     * The stored form.
     *
     * @return the name, with the port where it is not 80
     */
    @Override
    public String toString() {
        return port == DEFAULT_PORT ? name : name + ":" + port;
    }
}
