package dev.lintel.auth.token;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.token.Flight.Waiter;
import dev.lintel.core.Secret;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The token of one key, kept fresh: before its soft deadline it is handed out at once; after it, it is handed out while a
 * new one is asked for; after its hard deadline callers wait. One request is on its way at a time, however many wait; a
 * failure is the same for all of them, and nothing is asked again until a pause is over; while the old token is good,
 * nobody sees it.
 *
 * <p>Safe for many threads, virtual ones and event loops among them: nothing here holds a lock, least of all while a
 * request is on its way, and {@link #get()} never blocks. What is chained to its answer runs on the thread that brings the
 * token: it must not block there.
 */
public final class TokenHandle implements AutoCloseable {
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(TokenHandle.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final Duration DRIFT = Duration.ofSeconds(30);

    private final Coordinates key;
    private final TokenSettings settings;
    private final LongSupplier nanos;
    private final Announcer announcer;
    private final Runway runway;

    private volatile State state = State.EMPTY;

    private TokenHandle(Coordinates key, TokenSource source, TokenSettings settings) {
        this.key = key;
        this.settings = settings;
        this.nanos = settings.nanos();
        this.announcer = new Announcer(settings.listeners());
        this.runway = new Runway(this, source, settings);
    }

    /**
     * The token of a key. Nothing is asked for yet.
     *
     * @param key which one
     * @param source what gets it
     * @param settings what to work with
     * @return a handle to keep
     */
    public static TokenHandle of(Coordinates key, TokenSource source, TokenSettings settings) {
        TokenHandle handle = new TokenHandle(key, source, settings);
        source.whenChanged(handle::renew);
        return handle;
    }

    /**
     * Which token it is.
     *
     * @return what was asked for, not what was granted
     */
    public Coordinates key() {
        return key;
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @return the token
     * @throws TokenException if there is none to be had, it takes too long, or the thread is interrupted while it waits
     */
    public AccessToken token() {
        AccessToken ready = ready();
        return ready != null ? ready : Waiting.on(key, ask(settings.times().patience()));
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @param patience how long; who gives up does so alone
     * @return the token
     * @throws TokenException as {@link #token()}
     */
    public AccessToken token(Duration patience) {
        AccessToken ready = ready();
        return ready != null ? ready : Waiting.on(key, ask(patience));
    }

    /**
     * A token that is good now, without blocking.
     *
     * @return fails with {@link TokenException} if there is none to be had, or it takes too long
     */
    public CompletionStage<AccessToken> get() {
        return get(settings.times().patience());
    }

    /**
     * A token that is good now, without blocking.
     *
     * @param patience how long it may take; who gives up does so alone
     * @return as {@link #get()}
     */
    public CompletionStage<AccessToken> get(Duration patience) {
        AccessToken ready = ready();
        return ready != null ? CompletableFuture.completedStage(ready) : ask(patience);
    }

    /** The fast path: one volatile read, one reading of the monotonic clock, nothing allocated. */
    private @Nullable AccessToken ready() {
        State seen = state;
        AccessToken token = seen.token();
        return token != null && seen.until() - nanos.getAsLong() > 0 ? token : null;
    }

    /** The other path: both clocks are read, and a request may begin. */
    private CompletionStage<AccessToken> ask(Duration patience) {
        while (true) {
            State seen = state;
            if (seen.closed()) {
                return CompletableFuture.failedStage(closedNow());
            }
            long now = nanos.getAsLong();
            Instant wall = settings.clock().instant();
            Held held = seen.held();
            if (held != null && drifted(seen, held, wall, now)) {
                continue;
            }
            if (held != null && held.fresh(wall, now)) {
                swap(seen, seen.freshUntil(held, now));
                return CompletableFuture.completedStage(held.token());
            }
            boolean good = held != null && held.good(wall, now);
            Flight flight = seen.flight();
            Backoff backoff = seen.backoff();
            boolean begins = flight == null && (backoff == null || !backoff.lasts(now));
            if (begins) {
                flight = new Flight(now);
                if (!swap(seen, seen.flying(flight))) {
                    continue;
                }
            }
            try {
                if (held != null && good) {
                    return stale(held);
                }
                return flight != null ? join(flight, patience) : CompletableFuture.failedStage(refusal(backoff, now));
            } finally {
                // Last, so that who begins the request waits for it like the others, on whatever thread it runs.
                if (begins && flight != null) {
                    runway.begin(flight);
                }
            }
        }
    }

    private boolean drifted(State seen, Held held, Instant wall, long now) {
        Duration drift = held.drift(wall, now);
        if (drift.abs().compareTo(DRIFT) <= 0) {
            return false;
        }
        if (swap(seen, seen.holding(held.drifted(wall, now), now))) {
            announcer.tell(TokenListener::onDrift, new TokenEvent.Drifted(key, drift));
        }
        return true;
    }

    private CompletionStage<AccessToken> stale(Held held) {
        AccessToken token = held.token();
        if (announcer.heard()) {
            announcer.tell(TokenListener::onStaleServed, new TokenEvent.StaleServed(key, token.id(), token.expires()));
        }
        return CompletableFuture.completedStage(token);
    }

    private CompletionStage<AccessToken> join(Flight flight, Duration patience) {
        Waiter waiter = flight.join(settings.waiters());
        if (waiter == null) {
            announcer.tell(TokenListener::onRefused, new TokenEvent.Refused(key, TokenEvent.Refused.Reason.WAITERS));
            return CompletableFuture.failedStage(new TokenException("No token for client '" + key.client()
                    + "', because " + settings.waiters() + " callers wait for it already"));
        }
        if (!waiter.isDone()) {
            Runnable off = settings.timers()
                    .after(
                            patience,
                            () -> waiter.completeExceptionally(new TokenException("No token for client '"
                                    + key.client() + "' within " + patience.toMillis()
                                    + " ms; the request for it goes on")));
            CompletableFuture<AccessToken> unused = waiter.whenComplete((token, failure) -> off.run());
        }
        return waiter;
    }

    private TokenException refusal(@Nullable Backoff backoff, long now) {
        announcer.tell(TokenListener::onRefused, new TokenEvent.Refused(key, TokenEvent.Refused.Reason.BACKOFF));
        if (backoff == null) {
            return new TokenException("No token for client '" + key.client() + "', because none was asked for");
        }
        Duration left = backoff.left(now);
        return new TokenException(
                backoff.failure().getMessage() + "; it is asked again in " + left.toMillis() + " ms",
                backoff.kind(),
                left);
    }

    private TokenException closedNow() {
        return new TokenException("The token client '" + key.client() + "' is closed");
    }

    /**
     * Throws a token away that somebody refused, so that the next caller gets another. Does nothing if it is no longer the
     * one that is handed out: of a hundred who were refused with the same token, one makes a difference.
     *
     * @param refused the token
     * @return whether it was the one that is handed out
     */
    @CanIgnoreReturnValue
    public boolean invalidate(AccessToken refused) {
        return invalidate(refused.value());
    }

    /**
     * Throws a token away that somebody refused, as {@link #invalidate(AccessToken)}.
     *
     * @param refused the token itself
     * @return whether it was the one that is handed out
     */
    @CanIgnoreReturnValue
    public boolean invalidate(Secret refused) {
        while (true) {
            State seen = state;
            AccessToken current = seen.token();
            if (current == null || !current.value().equals(refused)) {
                return false;
            }
            if (swap(seen, seen.withoutToken())) {
                announcer.tell(TokenListener::onInvalidated, new TokenEvent.Invalidated(key, current.id()));
                return true;
            }
        }
    }

    /**
     * Tells listeners what a resource wants beyond the token.
     *
     * @param event about this key
     */
    public void report(TokenEvent.StepUp event) {
        announcer.tell(TokenListener::onStepUp, event);
    }

    /** Ends the pause after a failure: the next caller asks again, as when a secret has been corrected. */
    public void reset() {
        State seen = state;
        while (seen.backoff() != null && !swap(seen, seen.calm())) {
            seen = state;
        }
    }

    /** Throws away what was fetched, and ends the pause after a failure: the source has something else. */
    private void renew() {
        State seen = state;
        while (!seen.closed() && !swap(seen, seen.withoutToken().calm())) {
            seen = state;
        }
    }

    /**
     * How it stands.
     *
     * @return state, deadlines, waiters, the last failure; without any secret
     */
    public TokenExplanation explain() {
        State seen = state;
        return TokenExplanation.of(key, seen, settings.clock().instant(), nanos.getAsLong());
    }

    /**
     * Hands out no more tokens: fails who waits, and revokes the token that is there, if {@link TokenSettings} say how.
     * Waits for that no longer than they say.
     */
    @Override
    public void close() {
        State seen = state;
        while (!seen.closed() && !swap(seen, seen.over())) {
            seen = state;
        }
        Flight flight = seen.flight();
        if (flight != null) {
            flight.land(closedNow());
        }
        AccessToken token = seen.token();
        if (token != null) {
            runway.revoke(token);
        }
    }

    @Override
    public String toString() {
        return "token of " + key;
    }

    State state() {
        return state;
    }

    @CanIgnoreReturnValue
    boolean swap(State expected, State next) {
        return STATE.compareAndSet(this, expected, next);
    }

    Announcer announcer() {
        return announcer;
    }
}
