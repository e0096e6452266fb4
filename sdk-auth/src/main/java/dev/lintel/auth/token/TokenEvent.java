package dev.lintel.auth.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a token. Holds no secret and no token: tokens are named by {@link AccessToken#id()}. */
public sealed interface TokenEvent {
    /**
     * Which tokens it is about.
     *
     * @return their coordinates
     */
    Coordinates key();

    /**
     * A new token is there.
     *
     * @param key which tokens
     * @param tokenId the token
     * @param expires when it expires
     * @param took how long it took to get
     */
    record Acquired(Coordinates key, String tokenId, Instant expires, Duration took) implements TokenEvent {}

    /**
     * A caller got a token past its soft deadline.
     *
     * @param key which tokens
     * @param tokenId the token
     * @param expires when it expires
     */
    record StaleServed(Coordinates key, String tokenId, Instant expires) implements TokenEvent {}

    /**
     * A request failed, and no other is made for a while.
     *
     * @param key which tokens
     * @param kind whether asking again may help
     * @param why what went wrong, in our words
     * @param pause how long none is made
     * @param served whether callers still get a token that is good
     */
    record BackedOff(Coordinates key, TokenFetchException.Kind kind, String why, Duration pause, boolean served)
            implements TokenEvent {}

    /**
     * A new refresh token came with a new token.
     *
     * @param key which tokens
     * @param tokenId the access token that it came with
     */
    record Rotated(Coordinates key, String tokenId) implements TokenEvent {}

    /**
     * The wall clock was set, or the machine slept: a new token is asked for.
     *
     * @param key which tokens
     * @param drift how far the wall clock went ahead of the monotonic one; negative if it went back
     */
    record Drifted(Coordinates key, Duration drift) implements TokenEvent {}

    /**
     * A token was thrown away before its time.
     *
     * @param key which tokens
     * @param tokenId the token
     */
    record Invalidated(Coordinates key, String tokenId) implements TokenEvent {}

    /**
     * Fewer scopes were granted than were asked for.
     *
     * @param key which tokens
     * @param tokenId the token
     * @param missing what was asked for and not granted
     */
    record ScopesMissing(Coordinates key, String tokenId, List<String> missing) implements TokenEvent {
        /** Keeps the list unchangeable. */
        public ScopesMissing {
            missing = List.copyOf(missing);
        }
    }

    /**
     * A caller was refused at once.
     *
     * @param key which tokens
     * @param reason why
     */
    record Refused(Coordinates key, Reason reason) implements TokenEvent {
        /** Why a caller is refused without waiting. */
        public enum Reason {
            /** A request has failed, and it is not yet time for the next. */
            BACKOFF,
            /** Too many wait already. */
            WAITERS
        }
    }

    /**
     * A resource wants a token with more. Nothing is done about it: asking again with the same coordinates would bring the
     * same.
     *
     * @param key which tokens
     * @param tokenId the token that was not enough
     * @param origin who wants more
     * @param error {@code insufficient_scope} (RFC 6750, 3.1) or {@code insufficient_user_authentication} (RFC 9470, 3)
     * @param scopes which it names
     * @param contexts which {@code acr_values} it names
     * @param maxAge how old the user's login may be; null if it does not say
     */
    record StepUp(
            Coordinates key,
            String tokenId,
            String origin,
            String error,
            List<String> scopes,
            List<String> contexts,
            @Nullable Duration maxAge)
            implements TokenEvent {
        /** Keeps the lists unchangeable. */
        public StepUp {
            scopes = List.copyOf(scopes);
            contexts = List.copyOf(contexts);
        }
    }
}
