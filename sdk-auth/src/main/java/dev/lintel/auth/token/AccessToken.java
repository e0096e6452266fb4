package dev.lintel.auth.token;

import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A token as it was issued; prints without itself. */
public final class AccessToken {
    private static final int ID_BYTES = 8;

    private final Secret value;
    private final TokenType type;
    private final String header;
    private final String id;
    private final List<String> scopes;
    private final Instant expires;

    /**
     * A token.
     *
     * @param value the token itself
     * @param type how it is presented
     * @param scopes which were granted
     * @param expires when it ends, by this machine's clock
     */
    public AccessToken(Secret value, TokenType type, List<String> scopes, Instant expires) {
        this.value = value;
        this.type = type;
        this.header = type.scheme() + " " + value.reveal();
        this.id = identify(value);
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
     * How it is presented.
     *
     * @return a token of type {@link TokenType#DPOP} needs a proof beside it
     */
    public TokenType type() {
        return type;
    }

    /**
     * The value of the header {@code Authorization} that carries the token (RFC 6750, 2.1; RFC 9449, 7.1). Not for logs.
     *
     * @return the scheme and the token in clear
     */
    public String authorization() {
        return header;
    }

    /**
     * A name for the token that logs may hold.
     *
     * @return the first 8 bytes of its SHA-256, in hex
     */
    public String id() {
        return id;
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
        return "token " + id + " [redacted] with scopes " + scopes + " until " + expires;
    }

    /** A name for something secret. */
    static String identify(Secret value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(value.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
