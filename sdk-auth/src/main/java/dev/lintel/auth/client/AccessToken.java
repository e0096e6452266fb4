package dev.lintel.auth.client;

import dev.lintel.core.Secret;
import java.time.Instant;
import java.util.List;

/** A token as it was issued; prints without itself. */
public final class AccessToken {
    private final Secret value;
    private final String header;
    private final List<String> scopes;
    private final Instant expires;

    AccessToken(String value, List<String> scopes, Instant expires) {
        this.value = Secret.of(value);
        this.header = "Bearer " + value;
        this.scopes = List.copyOf(scopes);
        this.expires = expires;
    }

    /**
     * The token itself.
     *
     * @return what cannot be printed by accident
     */
    public Secret value() {
        return value;
    }

    /**
     * The value of the header {@code Authorization} that carries the token (RFC 6750, 2.1). Not for logs.
     *
     * @return {@code Bearer} and the token in clear
     */
    public String authorization() {
        return header;
    }

    /**
     * The scopes that were granted, which may differ from those that were asked for.
     *
     * @return those the server named, or those asked for if it named none (RFC 6749, 5.1)
     */
    public List<String> scopes() {
        return scopes;
    }

    /**
     * When it expires.
     *
     * @return by this machine's clock
     */
    public Instant expires() {
        return expires;
    }

    @Override
    public String toString() {
        return "token [redacted] with scopes " + scopes + " until " + expires;
    }
}
