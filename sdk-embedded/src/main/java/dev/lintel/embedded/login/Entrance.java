package dev.lintel.embedded.login;

import dev.lintel.core.evaluate.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the session of one request. Prints without the cookies, which are as good as the session.
 *
 * @param session who has logged in; null if nobody has
 * @param token the same, for access rules
 * @param cookies what the answer sets
 */
public record Entrance(@Nullable Session session, Token token, List<String> cookies) {
    private static final Entrance NOBODY = new Entrance(null, Token.NONE, List.of());

    /** Nobody has logged in, or their session has ended. */
    public static Entrance nobody() {
        return NOBODY;
    }

    /** Keeps the list unchangeable. */
    public Entrance {
        cookies = List.copyOf(cookies);
    }

    @Override
    public String toString() {
        return session == null ? "nobody" : "entrance of " + session;
    }
}
