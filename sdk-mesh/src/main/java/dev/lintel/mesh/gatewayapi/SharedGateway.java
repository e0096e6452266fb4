package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Names;
import org.jspecify.annotations.Nullable;

/**
 * The one {@code Gateway} that all namespaces share: each has listeners of its own, which only its routes may use.
 *
 * @param namespace where it is
 * @param name its name
 * @param port the port of its listeners, 1 to 65535
 * @param credential the secret with key and certificate, {@code {namespace}} standing for the namespace of an API; null
 *     for plain HTTP
 * @param credentialNamespace where the secrets are, {@code {namespace}} standing for the namespace of an API; null for the
 *     gateway's own namespace
 */
public record SharedGateway(
        String namespace,
        String name,
        int port,
        @Nullable String credential,
        @Nullable String credentialNamespace) {
    private static final String OWN = "{namespace}";

    /** Checks names and port. */
    public SharedGateway {
        namespace = Names.label("the gateway's namespace", namespace);
        name = Names.label("the gateway's name", name);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port must be 1 to 65535, but was " + port);
        }
        if (credentialNamespace != null) {
            Names.label("the secrets' namespace", credentialNamespace.replace(OWN, "x"));
        }
    }

    /**
     * The gateway {@code lintel} in {@code gateways}: plain HTTP on port 80.
     *
     * @return the gateway
     */
    public static SharedGateway standard() {
        return new SharedGateway("gateways", "lintel", 80, null, null);
    }

    /**
     * The same gateway, serving HTTPS.
     *
     * @param number the port of its listeners
     * @param secret the name of the secret, {@code {namespace}} standing for the namespace of an API
     * @return a new value
     */
    public SharedGateway https(int number, String secret) {
        return new SharedGateway(namespace, name, number, secret, credentialNamespace);
    }

    /**
     * The same gateway with secrets in another namespace; a {@code ReferenceGrant} there lends each of them to it by name.
     *
     * @param place a namespace, or {@code {namespace}} for that of each API
     * @return a new value
     */
    public SharedGateway secretsIn(String place) {
        return new SharedGateway(namespace, name, port, credential, place);
    }

    /** The secret for a namespace's hosts; null for plain HTTP. */
    @Nullable
    String secret(String of) {
        return credential == null ? null : credential.replace(OWN, of);
    }

    /** Where the secret for a namespace's hosts is. */
    String secretNamespace(String of) {
        return credentialNamespace == null ? namespace : credentialNamespace.replace(OWN, of);
    }
}
