package dev.lintel.auth.token;

import dev.lintel.auth.token.Backoff.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the requests of one key begin and land. */
final class Runway {
    private static final Logger LOG = LoggerFactory.getLogger(Runway.class);

    private final TokenHandle handle;
    private final TokenSource source;
    private final TokenSettings settings;
    private final TokenTimes times;
    private final Latencies latencies = new Latencies();
    private final double phase;
    private volatile @Nullable String refreshId;

    Runway(TokenHandle handle, TokenSource source, TokenSettings settings) {
        this.handle = handle;
        this.source = source;
        this.settings = settings;
        this.times = settings.times();
        this.phase = Phase.of(settings.instance(), handle.key());
    }

    void begin(Flight flight) {
        String late = "it took longer than " + times.deadline().toMillis() + " ms";
        try {
            flight.rings(settings.timers().after(times.deadline(), () -> failed(flight, Failure.retryable(late))));
            settings.executor().execute(() -> fly(flight));
        } catch (RejectedExecutionException e) {
            failed(flight, Failure.retryable("too much is being asked for"));
        }
    }

    private void fly(Flight flight) {
        Failure failure = Failure.retryable("of a fault in here");
        FetchedToken fetched = null;
        long started = settings.nanos().getAsLong();
        try {
            fetched = source.fetch();
        } catch (TokenFetchException e) {
            failure = new Failure(e.kind(), String.valueOf(e.getMessage()), e.retryAfter());
        } catch (RuntimeException e) {
            // Only its class: nobody knows what its message holds.
            LOG.error(
                    "What gets tokens for client '{}' threw {}",
                    handle.key().client(),
                    e.getClass().getName());
        } finally {
            if (fetched == null) {
                failed(flight, failure);
            } else {
                landed(flight, fetched, started);
            }
        }
    }

    private void landed(Flight flight, FetchedToken fetched, long started) {
        long now = settings.nanos().getAsLong();
        Instant wall = settings.clock().instant();
        Duration took = Duration.ofNanos(Math.max(0, now - started));
        Duration lifetime = lifetime(fetched);
        if (lifetime.isNegative() || lifetime.isZero()) {
            failed(flight, Failure.retryable("the token had expired before it was asked for"));
            return;
        }
        if (lifetime.toNanos() - (now - started) <= 0
                || !fetched.asked().plus(lifetime).isAfter(wall)) {
            failed(flight, Failure.retryable("the token had expired when it came"));
            return;
        }
        latencies.add(took);
        Duration hard = Held.hard(lifetime, times.skew(), latencies.p99());
        Held held = Held.of(fetched, lifetime, hard, Held.soft(lifetime, hard, phase), started, wall, now);
        if (keep(flight, held, now)) {
            tell(held, took);
        }
        flight.land(held.token());
    }

    /**
     * Puts the token where callers find it. One that comes after its flight was given up is better than none and than an
     * older one.
     */
    @SuppressWarnings("ReferenceEquality") // a flight is the one object that began it
    private boolean keep(Flight flight, Held held, long now) {
        while (true) {
            State seen = handle.state();
            if (seen.closed()) {
                revokeNow(held.token());
                return false;
            }
            boolean late = seen.flight() != flight;
            if (late && seen.held() != null && seen.held().asked().isAfter(held.asked())) {
                return false;
            }
            State next = seen.calm().flying(late ? seen.flight() : null);
            if (handle.swap(seen, next.freshUntil(held, now))) {
                return true;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a flight is the one object that began it
    private void failed(Flight flight, Failure failure) {
        String message = "No token for client '" + handle.key().client() + "', because " + failure.why();
        while (true) {
            State seen = handle.state();
            if (seen.flight() != flight) {
                return;
            }
            long now = settings.nanos().getAsLong();
            Instant wall = settings.clock().instant();
            Backoff backoff = Backoff.after(seen.backoff(), failure, message, times, settings.random(), wall, now);
            if (handle.swap(seen, seen.failed(backoff))) {
                boolean served = seen.held() != null && seen.held().good(wall, now);
                handle.announcer()
                        .tell(
                                TokenListener::onBackoff,
                                new TokenEvent.BackedOff(
                                        handle.key(), failure.kind(), failure.why(), backoff.pause(), served));
                flight.land(backoff.failure());
                return;
            }
        }
    }

    private Duration lifetime(FetchedToken fetched) {
        Duration said = fetched.lifetime() == null ? times.unsaid() : fetched.lifetime();
        if (settings.readsJwt()) {
            Instant asked = fetched.asked();
            Duration own = JwtExpiry.of(fetched.value().reveal())
                    .map(exp -> Duration.between(asked, exp))
                    .orElse(said);
            said = own.compareTo(said) < 0 ? own : said;
        }
        return said.compareTo(times.longest()) > 0 ? times.longest() : said;
    }

    private void tell(Held held, Duration took) {
        AccessToken token = held.token();
        Announcer announcer = handle.announcer();
        announcer.tell(
                TokenListener::onAcquired, new TokenEvent.Acquired(handle.key(), token.id(), token.expires(), took));
        String before = refreshId;
        if (held.refreshId() != null) {
            refreshId = held.refreshId();
            if (before != null && !before.equals(held.refreshId())) {
                announcer.tell(TokenListener::onRotated, new TokenEvent.Rotated(handle.key(), token.id()));
            }
        }
        List<String> missing = missing(held);
        if (!missing.isEmpty()) {
            announcer.tell(
                    TokenListener::onScopesMissing, new TokenEvent.ScopesMissing(handle.key(), token.id(), missing));
        }
    }

    static List<String> missing(Held held) {
        List<String> missing = new ArrayList<>(held.requested());
        missing.removeAll(held.token().scopes());
        return missing;
    }

    /** Revokes a token on the executor, and waits for that for a while. */
    void revoke(AccessToken token) {
        if (settings.revocation() == null) {
            return;
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Runnable off = settings.timers().after(times.revocation(), () -> done.complete(false));
        try {
            settings.executor().execute(() -> {
                revokeNow(token);
                done.complete(true);
            });
            if (!done.get()) {
                LOG.warn(
                        "The token of client '{}' was not revoked within {} ms",
                        handle.key().client(),
                        times.revocation().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RejectedExecutionException e) {
            LOG.warn("The token of client '{}' was not revoked", handle.key().client());
        } finally {
            off.run();
        }
    }

    private void revokeNow(AccessToken token) {
        Consumer<AccessToken> revocation = settings.revocation();
        if (revocation == null) {
            return;
        }
        try {
            revocation.accept(token);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The token of client '{}' was not revoked, because of {}",
                    handle.key().client(),
                    e.getClass().getName());
        }
    }
}
