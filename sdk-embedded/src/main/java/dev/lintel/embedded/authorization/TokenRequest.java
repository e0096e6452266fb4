package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token request that was answered. Holds no secret, and nothing of a request that was not understood.
 *
 * @param at when
 * @param client the client that authenticated; null if none did
 * @param grant the grant type, if the server offers it; null otherwise
 * @param scopes which were granted
 * @param outcome {@code issued}, or the error code (RFC 6749, 5.2), for example {@code invalid_scope}
 */
public record TokenRequest(
        Instant at, @Nullable String client, @Nullable String grant, List<String> scopes, String outcome) {
    /** The outcome of a request that got its token. */
    public static final String ISSUED = "issued";

    /** Keeps the scopes unchangeable. */
    public TokenRequest {
        scopes = List.copyOf(scopes);
    }
}
