package dev.lintel.graphql.expose;

import dev.lintel.core.SecretRef;
import java.util.Objects;

/**
 * A client of an authorization server, which gets tokens for calls of services.
 *
 * @param issuer the server's identifier, an {@code https} URL; {@code http} on loopback only
 * @param clientId the client's identifier there
 * @param secret the place of its secret
 */
public record GraphClient(String issuer, String clientId, SecretRef secret) {
    /** Checks that nothing is missing. */
    public GraphClient {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(secret, "secret");
        if (issuer.isBlank() || clientId.isBlank()) {
            throw new IllegalArgumentException("a client needs an issuer and an identifier");
        }
    }

    /**
     * A client.
     *
     * @param issuer the server's identifier
     * @param clientId the client's identifier there
     * @param secret the place of its secret
     * @return the client
     */
    public static GraphClient client(String issuer, String clientId, SecretRef secret) {
        return new GraphClient(issuer, clientId, secret);
    }
}
