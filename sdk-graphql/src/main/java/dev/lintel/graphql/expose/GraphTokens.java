package dev.lintel.graphql.expose;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * With which token a service is called.
 *
 * @param handling what becomes of the caller's token
 * @param client who gets other tokens; null if nobody does
 * @param audience whom an exchanged token is for; empty for others
 * @param scopes that are asked for
 */
public record GraphTokens(Handling handling, @Nullable GraphClient client, String audience, List<String> scopes) {
    /** What becomes of the caller's token. */
    public enum Handling {
        /** It is sent on where the document names the header. */
        FORWARD,
        /** It stays here. */
        NONE,
        /** Another one is got for it. */
        EXCHANGE,
        /** One of the client's own is sent instead. */
        OWN
    }

    /** The caller's token is sent on where the document names the header. */
    public static final GraphTokens FORWARD = new GraphTokens(Handling.FORWARD, null, "", List.of());
    /** The caller's token stays here. */
    public static final GraphTokens NONE = new GraphTokens(Handling.NONE, null, "", List.of());

    /** Checks that a client is there exactly where one is needed. */
    public GraphTokens {
        Objects.requireNonNull(handling, "handling");
        audience = audience == null ? "" : audience;
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        boolean gets = handling == Handling.EXCHANGE || handling == Handling.OWN;
        if (gets != (client != null)) {
            throw new IllegalArgumentException(
                    gets
                            ? "tokens are got by a client, but none is said"
                            : "a client gets tokens, but none are wanted");
        }
        if (handling == Handling.EXCHANGE && audience.isBlank()) {
            throw new IllegalArgumentException("a token is exchanged for one with an audience, but none is said");
        }
        if (handling != Handling.EXCHANGE && !audience.isEmpty()) {
            throw new IllegalArgumentException("only an exchanged token has an audience of its own");
        }
        if (!gets && !scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes are asked for with tokens that are got, but none are wanted");
        }
    }

    static GraphTokens exchange(GraphClient client, String audience, String... scopes) {
        return new GraphTokens(Handling.EXCHANGE, client, audience, List.of(scopes));
    }

    static GraphTokens own(GraphClient client, String... scopes) {
        return new GraphTokens(Handling.OWN, client, "", List.of(scopes));
    }
}
