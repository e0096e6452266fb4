package dev.lintel.auth.jwt;

import dev.lintel.auth.net.FetchException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer as they are known here. One fetch at a time, however many wait for it; the last good keys are
 * used while the issuer is down; nobody but the thread that fetches is ever blocked.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 60_000;

    private final String issuer;
    private final KeySource source;
    private final KeySettings settings;
    private final Executor fetching;
    private final InstantSource clock;

    private volatile @Nullable Known known;
    /** Before this no fetch begins; far away while one is under way. */
    private volatile long nextFetch = Long.MIN_VALUE;

    private @Nullable CompletableFuture<Optional<Known>> flight;
    private long lastFetch = Long.MIN_VALUE;
    private long pause;

    KeyRing(String issuer, KeySource source, KeySettings settings, Executor fetching, InstantSource clock) {
        this.issuer = issuer;
        this.source = source;
        this.settings = settings;
        this.fetching = fetching;
        this.clock = clock;
    }

    /**
     * Keys as they were fetched.
     *
     * @param keys the keys
     * @param generation grows when the keys change
     * @param fetched when, in milliseconds
     */
    record Known(KeySet keys, long generation, long fetched) {
        private long age(long now) {
            return Math.abs(now - fetched);
        }
    }

    /** The name of the issuer. */
    String issuer() {
        return issuer;
    }

    /** Whether what these keys of this generation verified may be used without asking; begins a fetch if they are old. */
    boolean holds(long generation, long now) {
        Known current = known;
        if (current == null || current.generation() != generation) {
            return false;
        }
        long age = current.age(now);
        if (age >= settings.refreshAfter().toMillis() && now >= nextFetch) {
            CompletionStage<Optional<Known>> unused = keys();
        }
        return age < settings.waitAfter().toMillis()
                || isDown() && age < settings.keepFor().toMillis();
    }

    /** The keys, empty if there are none to be had; at once unless they must be waited for. */
    CompletionStage<Optional<Known>> keys() {
        long now = clock.millis();
        Known current = known;
        if (current != null && current.age(now) < settings.refreshAfter().toMillis()) {
            return CompletableFuture.completedStage(Optional.of(current));
        }
        Take take;
        synchronized (this) {
            current = usable(now);
            take = take(now, nextFetch);
            boolean enough =
                    current != null && (current.age(now) < settings.waitAfter().toMillis() || pause > 0);
            if (enough || take.flight() == null) {
                take = new Take(completed(current), take.begins());
            }
        }
        return begin(take);
    }

    /** Keys other than these, if there are any: fetched anew, unless that was done just now. */
    CompletionStage<Optional<Known>> newerThan(Known seen) {
        long now = clock.millis();
        Take take;
        synchronized (this) {
            Known current = usable(now);
            if (current == null || current.generation() == seen.generation()) {
                take = take(
                        now,
                        Math.max(nextFetch, lastFetch + settings.refetchAfter().toMillis()));
            } else {
                take = new Take(null, null);
            }
            if (take.flight() == null) {
                take = new Take(completed(current), null);
            }
        }
        return begin(take);
    }

    private synchronized boolean isDown() {
        return pause > 0;
    }

    private @Nullable Known usable(long now) {
        Known current = known;
        return current != null && current.age(now) < settings.keepFor().toMillis() ? current : null;
    }

    private static CompletableFuture<Optional<Known>> completed(@Nullable Known current) {
        return CompletableFuture.completedFuture(Optional.ofNullable(current));
    }

    /** The fetch to wait for, and the one to begin once the lock is released. */
    private record Take(
            @Nullable CompletableFuture<Optional<Known>> flight,
            @Nullable CompletableFuture<Optional<Known>> begins) {}

    private Take take(long now, long notBefore) {
        if (flight != null) {
            return new Take(flight, null);
        }
        if (now < notBefore) {
            return new Take(null, null);
        }
        flight = new CompletableFuture<>();
        lastFetch = now;
        nextFetch = Long.MAX_VALUE;
        return new Take(flight, flight);
    }

    private CompletionStage<Optional<Known>> begin(Take take) {
        CompletableFuture<Optional<Known>> begun = take.begins();
        if (begun != null) {
            // Discovery may take two exchanges before the keys are fetched; a full executor must not hold anybody up
            // either.
            CompletableFuture<Void> unused = new CompletableFuture<Void>()
                    .completeOnTimeout(null, 4 * settings.fetchTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .thenRun(() -> land(begun, null, "it took too long"));
            try {
                fetching.execute(() -> fetch(begun));
            } catch (RejectedExecutionException e) {
                land(begun, null, "too much is being fetched");
            }
        }
        CompletableFuture<Optional<Known>> flown = take.flight();
        return flown == null ? completed(null) : flown.minimalCompletionStage();
    }

    private void fetch(CompletableFuture<Optional<Known>> begun) {
        KeySet keys = null;
        String why = "of a fault in here";
        try {
            keys = source.fetch();
        } catch (FetchException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            land(begun, keys, why);
        }
    }

    /** Late news of a flight that was given up is passed over; a flight is the one object that began it. */
    @SuppressWarnings("ReferenceEquality")
    private void land(CompletableFuture<Optional<Known>> begun, @Nullable KeySet keys, String why) {
        Known outcome;
        boolean wasDown;
        synchronized (this) {
            if (flight != begun) {
                return;
            }
            flight = null;
            long now = clock.millis();
            wasDown = pause > 0;
            if (keys == null) {
                pause = Math.min(Math.max(FIRST_PAUSE, 2 * pause), LONGEST_PAUSE);
                nextFetch = now + pause;
            } else {
                pause = 0;
                nextFetch = now;
                known = next(keys, now);
            }
            outcome = usable(now);
        }
        tell(keys, why, wasDown);
        begun.complete(Optional.ofNullable(outcome));
    }

    private Known next(KeySet keys, long now) {
        Known before = known;
        if (before == null) {
            return new Known(keys, 1, now);
        }
        return new Known(keys, before.generation() + (before.keys().equals(keys) ? 0 : 1), now);
    }

    private void tell(@Nullable KeySet keys, String why, boolean wasDown) {
        if (keys == null && !wasDown) {
            LOG.warn("The keys of issuer {} cannot be fetched, because {}; trying again", issuer, why);
        } else if (keys == null) {
            LOG.debug("The keys of issuer {} still cannot be fetched, because {}", issuer, why);
        } else if (keys.keys().isEmpty()) {
            LOG.warn("Issuer {} has no key that can be used; none of its tokens is accepted", issuer);
        } else if (wasDown) {
            LOG.info("The keys of issuer {} can be fetched again", issuer);
        }
    }
}
