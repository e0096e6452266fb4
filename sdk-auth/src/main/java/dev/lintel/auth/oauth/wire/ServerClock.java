package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.HttpDate;
import dev.lintel.auth.net.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * What time it is at a server, by the {@code Date} of its answers: a machine whose clock is off still signs what the
 * server finds fresh.
 */
public final class ServerClock implements InstantSource {
    /** The header has whole seconds, and the answer was on its way. */
    private static final long SMALLEST = 3_000;

    private static final long LARGEST = Duration.ofDays(1).toMillis();

    private final InstantSource local;
    private volatile long ahead;

    /**
     * A clock that shows this machine's time until an answer comes.
     *
     * @param local this machine's clock
     */
    public ServerClock(InstantSource local) {
        this.local = local;
    }

    /**
     * Looks at an answer; a difference below 3 seconds counts as none, one above a day is not believed.
     *
     * @param reply an answer that came just now
     */
    public void observe(Reply reply) {
        Instant date = HttpDate.of(reply.header("Date"), local.instant());
        if (date == null) {
            return;
        }
        long difference = date.toEpochMilli() + 500 - local.millis();
        if (Math.abs(difference) <= LARGEST) {
            ahead = Math.abs(difference) < SMALLEST ? 0 : difference;
        }
    }

    /**
     * How far the server's clock is ahead of this machine's.
     *
     * @return negative if it is behind
     */
    public Duration ahead() {
        return Duration.ofMillis(ahead);
    }

    @Override
    public Instant instant() {
        return local.instant().plusMillis(ahead);
    }
}
