package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Names;
import org.jspecify.annotations.Nullable;

/**
 * The one {@code Gateway} that all namespaces share: each has listeners of its own, which only its routes may use.
 *
 * @param namespace where it and the credentials are kept
 * @param name its name
 * @param port the port of its listeners, 1 to 65535
 * @param credential the secret with key and certificate, {@code {namespace}} standing for the namespace of an API; null
 *     for plain HTTP
 */
public record SharedGateway(
        String namespace, String name, int port, @Nullable String credential) {
    /** Checks names and port. */
    public SharedGateway {
        namespace = Names.label("the gateway's namespace", namespace);
        name = Names.label("the gateway's name", name);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port must be 1 to 65535, but was " + port);
        }
    }

    /**
     * The gateway {@code lintel} in {@code gateways}: plain HTTP on port 80.
     *
     * @return the gateway
     */
    public static SharedGateway standard() {
        return new SharedGateway("gateways", "lintel", 80, null);
    }

    /**
     * The same gateway, serving HTTPS.
     *
     * @param number the port of its listeners
     * @param secret the secret in the gateway's namespace, {@code {namespace}} standing for the namespace of an API
     * @return a new value
     */
    public SharedGateway https(int number, String secret) {
        return new SharedGateway(namespace, name, number, secret);
    }
}
