package dev.lintel.embedded.authorization;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, of any endpoint. Holds no secret, and nothing of a request that was not understood.
 *
 * @param at when
 * @param method for example {@code POST}
 * @param endpoint the path of the endpoint, for example {@code /introspect}
 * @param client the client that authenticated; null if none did, or none has to
 * @param status what was answered
 * @param outcome {@code ok}, or the error code, for example {@code invalid_client}; {@code refused} for pages
 */
public record EndpointRequest(
        Instant at,
        String method,
        String endpoint,
        @Nullable String client,
        int status,
        String outcome) {
    /** The outcome of a request that got what it asked for. */
    public static final String OK = "ok";

    /** The outcome of a request for a page or a document that did not get it. */
    public static final String REFUSED = "refused";
}
