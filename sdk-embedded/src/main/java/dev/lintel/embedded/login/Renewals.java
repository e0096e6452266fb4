package dev.lintel.embedded.login;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets new tokens for sessions: one request for all who need them at once, and none with a refresh token that was used already,
 * although a browser may show an older cookie (RFC 9700, 4.14.2). The newest tokens of each session are kept for that; bounded,
 * those of sessions that were used last.
 */
final class Renewals {
    private static final int MOST = 10_000;

    private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private final Executor executor;
    private final InstantSource clock;

    /** Asks for new tokens; blocks. */
    interface Exchange {
        Answer renew(Session session);
    }

    /**
     * What came of it.
     *
     * @param session with new tokens; null if there are none
     * @param ended whether the provider says that the session is over
     * @param pause for how long nobody asks again, in milliseconds
     */
    record Answer(@Nullable Session session, boolean ended, long pause) {}

    private static final class Held {
        Session newest;

        @Nullable
        CompletableFuture<Answer> flight;

        long notBefore = Long.MIN_VALUE;

        Held(Session newest) {
            this.newest = newest;
        }
    }

    Renewals(Executor executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** The session with the newest tokens that are known here. */
    synchronized Session newest(Session shown) {
        Held one = held.isEmpty() ? null : held.get(shown.id());
        return one != null && one.newest.generation() > shown.generation() ? one.newest : shown;
    }

    synchronized void forget(Session session) {
        held.remove(session.id());
    }

    /** Asks for new tokens, or waits with who has asked. */
    CompletionStage<Answer> renew(Session session, Exchange exchange) {
        CompletableFuture<Answer> begun = new CompletableFuture<>();
        Held one;
        synchronized (this) {
            one = held.computeIfAbsent(session.id(), id -> new Held(session));
            if (session.generation() > one.newest.generation()) {
                one.newest = session;
                one.notBefore = Long.MIN_VALUE;
            }
            if (one.newest.generation() > session.generation()) {
                return CompletableFuture.completedFuture(new Answer(one.newest, false, 0));
            }
            if (one.flight != null) {
                return one.flight;
            }
            if (clock.millis() < one.notBefore) {
                return CompletableFuture.completedFuture(new Answer(null, false, 0));
            }
            one.flight = begun;
            trim();
        }
        Held mine = one;
        try {
            executor.execute(() -> land(mine, begun, asked(session, exchange)));
        } catch (RejectedExecutionException e) {
            land(mine, begun, new Answer(null, false, 1_000));
        }
        return begun;
    }

    private static Answer asked(Session session, Exchange exchange) {
        try {
            return exchange.renew(session);
        } catch (RuntimeException e) {
            return new Answer(null, false, 10_000);
        }
    }

    private void land(Held one, CompletableFuture<Answer> begun, Answer answer) {
        synchronized (this) {
            one.flight = null;
            if (answer.session() != null) {
                one.newest = answer.session();
            } else {
                long now = clock.millis();
                one.notBefore =
                        answer.pause() > Long.MAX_VALUE - Math.max(0, now) ? Long.MAX_VALUE : now + answer.pause();
            }
        }
        begun.complete(answer);
    }

    /** The longest unused go; what is under way stays. */
    private void trim() {
        Iterator<Held> all = held.values().iterator();
        while (held.size() > MOST && all.hasNext()) {
            if (all.next().flight == null) {
                all.remove();
            }
        }
    }
}
