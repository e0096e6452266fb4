package dev.lintel.auth.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the token of a key stands at one moment. Prints as a text to be read; holds no secret.
 *
 * @param key which token
 * @param at the moment, by the wall clock
 * @param state how good the token is
 * @param closed whether no token is handed out any more
 * @param token what is known about the token; null if there is none
 * @param loading the request that is on its way; null if there is none
 * @param lastError the last failure; null if there was none
 */
public record TokenExplanation(
        Coordinates key,
        Instant at,
        TokenState state,
        boolean closed,
        @Nullable Current token,
        @Nullable Loading loading,
        @Nullable Failed lastError) {
    /**
     * The token that is there.
     *
     * @param id its name, not its value
     * @param type how it is presented
     * @param requested the scopes that were asked for
     * @param granted those that were granted
     * @param missing what was asked for and not granted
     * @param expires when it expires
     * @param soft when the next is asked for, by the wall clock
     * @param hard when it is no longer handed out, by the wall clock
     * @param softIn how long until the next is asked for, by the monotonic clock; negative if that is past
     * @param hardIn how long it is still handed out, by the monotonic clock; negative if that is past
     */
    public record Current(
            String id,
            TokenType type,
            List<String> requested,
            List<String> granted,
            List<String> missing,
            Instant expires,
            Instant soft,
            Instant hard,
            Duration softIn,
            Duration hardIn) {
        /** Keeps the lists unchangeable. */
        public Current {
            requested = List.copyOf(requested);
            granted = List.copyOf(granted);
            missing = List.copyOf(missing);
        }
    }

    /**
     * A request that is on its way.
     *
     * @param since for how long
     * @param waiters how many wait for it
     */
    public record Loading(Duration since, int waiters) {}

    /**
     * A failure.
     *
     * @param kind whether asking again may help
     * @param why what went wrong, in our words
     * @param when it happened
     * @param pauseLeft how long nothing is asked yet; zero if the pause is over
     */
    public record Failed(TokenFetchException.Kind kind, String why, Instant when, Duration pauseLeft) {}

    static TokenExplanation of(Coordinates key, State seen, Instant wall, long now) {
        Held held = seen.held();
        Flight flight = seen.flight();
        Backoff last = seen.last();
        return new TokenExplanation(
                key,
                wall,
                stateOf(held, flight, wall, now),
                seen.closed(),
                held == null ? null : current(held, now),
                flight == null
                        ? null
                        : new Loading(Duration.ofNanos(Math.max(0, now - flight.began())), flight.waiting()),
                last == null
                        ? null
                        : new Failed(
                                last.kind(),
                                String.valueOf(last.failure().getMessage()),
                                last.at(),
                                seen.backoff() == null ? Duration.ZERO : last.left(now)));
    }

    private static TokenState stateOf(@Nullable Held held, @Nullable Flight flight, Instant wall, long now) {
        if (held == null) {
            return flight == null ? TokenState.EMPTY : TokenState.LOADING;
        }
        if (held.fresh(wall, now)) {
            return TokenState.FRESH;
        }
        return held.good(wall, now) ? TokenState.STALE : TokenState.EXPIRED;
    }

    private static Current current(Held held, long now) {
        AccessToken token = held.token();
        return new Current(
                token.id(),
                token.type(),
                held.requested(),
                token.scopes(),
                Runway.missing(held),
                token.expires(),
                held.soft(),
                held.hard(),
                Duration.ofNanos(held.softNanos() - now),
                Duration.ofNanos(held.hardNanos() - now));
    }

    /**
     * Whether a pause after a failure lasts.
     *
     * @return true if no request is made yet
     */
    public boolean backoff() {
        return lastError != null && !lastError.pauseLeft().isZero();
    }

    /**
     * How many wait.
     *
     * @return zero if no request is on its way
     */
    public int waiters() {
        return loading == null ? 0 : loading.waiters();
    }

    /**
     * When a caller next makes a request begin.
     *
     * @return empty if one is on its way, or it is closed
     */
    public Optional<Instant> nextRequest() {
        if (closed || loading != null) {
            return Optional.empty();
        }
        Instant due = at;
        if (token != null) {
            Instant monotonic = at.plus(token.softIn());
            due = monotonic.isBefore(token.soft()) ? monotonic : token.soft();
        }
        Instant calm = lastError == null ? at : at.plus(lastError.pauseLeft());
        due = calm.isAfter(due) ? calm : due;
        return Optional.of(due.isBefore(at) ? at : due);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(key + ": " + (closed ? "closed" : state));
        text.append(backoff() ? ", BACKOFF" : "").append(" at ").append(at);
        if (token != null) {
            line(text, "token " + token.id() + ", " + token.type() + ", expires " + token.expires());
            line(text, "soft deadline " + token.soft() + ", by the monotonic clock in " + token.softIn());
            line(text, "hard deadline " + token.hard() + ", by the monotonic clock in " + token.hardIn());
            line(
                    text,
                    "scopes requested " + token.requested() + ", granted " + token.granted()
                            + (token.missing().isEmpty() ? "" : ", missing " + token.missing()));
        }
        if (loading != null) {
            line(text, "a request on its way for " + loading.since() + ", " + loading.waiters() + " waiting");
        }
        if (lastError != null) {
            line(text, "last error at " + lastError.when() + " (" + lastError.kind() + "): " + lastError.why());
        }
        nextRequest().ifPresent(next -> line(text, "next request at " + next + " or later, when somebody asks"));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(System.lineSeparator()).append("  ").append(line);
    }
}
