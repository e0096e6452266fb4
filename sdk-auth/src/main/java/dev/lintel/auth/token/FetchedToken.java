package dev.lintel.auth.token;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint answered, read and checked. Prints without any token.
 *
 * @param value the access token
 * @param type how it is presented
 * @param requested the scopes that were asked for
 * @param granted those that the server named, or those asked for if it named none (RFC 6749, 5.1); empty if
 *     it named none for a refresh, whose scopes are the earlier ones (RFC 6749, 6)
 * @param asked this machine's time just before the request was sent: the lifetime counts from here
 * @param lifetime how long it is good; null if the server did not say
 * @param refreshToken what gets the next one; null if there is none
 * @param idToken the ID token as it came, not verified; null if there is none
 */
public record FetchedToken(
        Secret value,
        TokenType type,
        List<String> requested,
        List<String> granted,
        Instant asked,
        @Nullable Duration lifetime,
        @Nullable Secret refreshToken,
        @Nullable Secret idToken) {
    /** Keeps the lists unchangeable. */
    public FetchedToken {
        requested = List.copyOf(requested);
        granted = List.copyOf(granted);
    }
}
