package dev.lintel.auth.token;

import org.jspecify.annotations.Nullable;

/**
 * All that a key knows at one moment; replaced as a whole.
 *
 * @param token the token that is held, here once more so that the fast path has one step less
 * @param until how long the token may be handed out without another thought, on the monotonic clock
 * @param held the token with its deadlines
 * @param flight the request that is on its way
 * @param backoff the pause after the last failure, if nothing has gone well since; it may be over
 * @param last the last failure of all, for explanations
 * @param closed whether it is over
 */
record State(
        @Nullable AccessToken token,
        long until,
        @Nullable Held held,
        @Nullable Flight flight,
        @Nullable Backoff backoff,
        @Nullable Backoff last,
        boolean closed) {
    static final State EMPTY = new State(null, 0, null, null, null, null, false);

    /** How often the wall clock is looked at: reading it costs as much as all the rest. */
    private static final long WALL_NANOS = 1_000_000_000L;

    State freshUntil(Held current, long nanos) {
        long soft = current.softNanos() - nanos;
        return new State(current.token(), nanos + Math.min(soft, WALL_NANOS), current, flight, backoff, last, closed);
    }

    State holding(Held other, long nanos) {
        return new State(other.token(), nanos, other, flight, backoff, last, closed);
    }

    State withoutToken() {
        return new State(null, 0, null, flight, backoff, last, closed);
    }

    State flying(@Nullable Flight begun) {
        return new State(token, until, held, begun, backoff, last, closed);
    }

    State failed(Backoff pause) {
        return new State(token, until, held, null, pause, pause, closed);
    }

    State calm() {
        return new State(token, until, held, flight, null, last, closed);
    }

    State over() {
        return new State(null, 0, null, null, null, last, true);
    }
}
