package dev.lintel.auth.token;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One request for a token that is on its way, and who waits for it. Lands once; whoever gives up leaves alone. */
final class Flight {
    private final long began;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Outcome outcome;
    private volatile @Nullable Runnable bell;

    Flight(long began) {
        this.began = began;
    }

    /** What it ended with: a token, or a failure that all share. */
    private record Outcome(
            @Nullable AccessToken token, @Nullable TokenException failure) {
        void give(Waiter waiter) {
            if (token != null) {
                waiter.complete(token);
            } else if (failure != null) {
                waiter.completeExceptionally(new TokenException(failure));
            }
        }
    }

    /** One who waits. Compared by identity, like every future. */
    static final class Waiter extends CompletableFuture<AccessToken> {}

    /** One more who waits, unless too many do. */
    @Nullable
    Waiter join(int most) {
        if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            return null;
        }
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        CompletableFuture<AccessToken> unused = waiter.whenComplete((token, failure) -> {
            waiters.remove(waiter);
            waiting.decrementAndGet();
        });
        // It may have landed in between, and have looked at those who waited before this one did.
        Outcome ended = outcome;
        if (ended != null) {
            ended.give(waiter);
        }
        return waiter;
    }

    /** What to call off when it lands. */
    void rings(Runnable off) {
        bell = off;
    }

    void land(AccessToken token) {
        end(new Outcome(token, null));
    }

    void land(TokenException failure) {
        end(new Outcome(null, failure));
    }

    private void end(Outcome ended) {
        outcome = ended;
        Runnable off = bell;
        if (off != null) {
            off.run();
        }
        waiters.forEach(ended::give);
    }

    int waiting() {
        return waiting.get();
    }

    long began() {
        return began;
    }
}
