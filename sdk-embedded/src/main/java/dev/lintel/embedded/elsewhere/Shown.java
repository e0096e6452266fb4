package dev.lintel.embedded.elsewhere;

import dev.lintel.auth.token.AccessToken;
import org.jspecify.annotations.Nullable;

/** A header by which a gateway proves itself to a far side; prints without its value. */
public final class Shown {
    private final String name;
    private final String value;
    private final String secret;
    private final @Nullable AccessToken token;

    Shown(String name, String value, String secret, @Nullable AccessToken token) {
        this.name = name;
        this.value = value;
        this.secret = secret;
        this.token = token;
    }

    /** In lower case. */
    public String name() {
        return name;
    }

    /** Not for logs. */
    public String value() {
        return value;
    }

    /** Whether a text holds the secret. */
    public boolean isIn(String text) {
        return text.contains(secret);
    }

    /** The token that it shows; null for another kind of secret. */
    @Nullable
    AccessToken token() {
        return token;
    }

    @Override
    public String toString() {
        return name + ": [redacted]";
    }
}
