package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may register clients over the network, and what such clients can get at most (RFC 7591). What a registration asks
 * for beyond that is left out of what is registered, as the answer says.
 *
 * @param initialToken what a registration must carry; null if anybody may register
 * @param scopes which its clients may have
 * @param audiences whom their tokens may be for; without any, the server's own default
 * @param most how many clients there may be of this kind; further ones are refused
 */
public record Registrations(@Nullable Secret initialToken, List<String> scopes, List<String> audiences, int most) {
    private static final int MOST = 1_000;

    /** Checks the number. */
    public Registrations {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
        if (most < 1) {
            throw new IllegalArgumentException("registered clients must be at least 1, but was " + most);
        }
    }

    /**
     * Anybody may register, for no scope yet.
     *
     * @return at most 1,000 clients
     */
    public static Registrations open() {
        return new Registrations(null, List.of(), List.of(), MOST);
    }

    /**
     * Who has this token may register, for no scope yet.
     *
     * @param initialToken handed out by other means (RFC 7591, 3)
     * @return at most 1,000 clients
     */
    public static Registrations withToken(Secret initialToken) {
        return new Registrations(Objects.requireNonNull(initialToken, "initialToken"), List.of(), List.of(), MOST);
    }

    /**
     * The same for these scopes instead.
     *
     * @param allowed which clients may have
     * @return a new value
     */
    public Registrations scopes(String... allowed) {
        return new Registrations(initialToken, List.of(allowed), audiences, most);
    }

    /**
     * The same for these audiences instead.
     *
     * @param allowed whom tokens may be for
     * @return a new value
     */
    public Registrations audiences(String... allowed) {
        return new Registrations(initialToken, scopes, List.of(allowed), most);
    }

    /**
     * The same for another number of clients.
     *
     * @param clients at least 1
     * @return a new value
     */
    public Registrations most(int clients) {
        return new Registrations(initialToken, scopes, audiences, clients);
    }
}
