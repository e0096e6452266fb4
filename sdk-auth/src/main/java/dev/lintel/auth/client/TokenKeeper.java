package dev.lintel.auth.client;

import dev.lintel.auth.client.TokenRequest.Issued;
import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One token, kept fresh: before its soft deadline it is handed out at once; after it, it is handed out while a new one is
 * asked for in the background; after its hard deadline callers wait. One request at a time, however many wait; a failure
 * is the same for all of them and is remembered for a moment; while the old token is good, nobody sees it.
 */
final class TokenKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);
    private static final long FIRST_PAUSE = 1_000;
    private static final long LONGEST_PAUSE = 60_000;
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final String client;
    private final TokenRequest request;
    private final TokenSettings settings;

    private volatile @Nullable Held held;
    private @Nullable CompletableFuture<AccessToken> flight;
    private @Nullable TokenException failure;
    private long nextTry = Long.MIN_VALUE;
    private long pause;
    private boolean closed;

    TokenKeeper(String client, TokenRequest request, TokenSettings settings) {
        this.client = client;
        this.request = request;
        this.settings = settings;
    }

    /**
     * A token with its deadlines in milliseconds.
     *
     * @param soft 80 % of its lifetime, less up to 10 %, so that many processes do not ask at once
     * @param hard 10 seconds before it expires, or a quarter of its lifetime where that is less, so that it does not
     *     expire on its way
     */
    private record Held(AccessToken token, long soft, long hard) {
        static Held of(Issued issued, double spread) {
            long lifetime = issued.lifetime().toMillis();
            long asked = issued.asked().toEpochMilli();
            long hard = asked + lifetime - Math.min(MARGIN.toMillis(), lifetime / 4);
            long soft = asked + (long) (lifetime * (0.8 - 0.1 * spread));
            return new Held(issued.token(), Math.min(soft, hard), hard);
        }
    }

    /** The token that is there, if it is not yet time for a new one: no lock, no allocation. */
    @Nullable
    AccessToken fresh() {
        Held current = held;
        return current != null && settings.clock().millis() < current.soft() ? current.token() : null;
    }

    CompletionStage<AccessToken> get() {
        AccessToken fresh = fresh();
        if (fresh != null) {
            return CompletableFuture.completedStage(fresh);
        }
        long now = settings.clock().millis();
        CompletableFuture<AccessToken> begun = null;
        CompletionStage<AccessToken> answer;
        synchronized (this) {
            Held current = held;
            if (flight == null && now >= nextTry && !closed && (current == null || now >= current.soft())) {
                begun = new CompletableFuture<>();
                flight = begun;
            }
            if (current != null && now < current.hard()) {
                answer = CompletableFuture.completedStage(current.token());
            } else if (flight != null) {
                answer = flight.minimalCompletionStage();
            } else {
                answer = CompletableFuture.failedStage(refusal(now));
            }
        }
        if (begun != null) {
            begin(begun);
        }
        return answer;
    }

    void close() {
        CompletableFuture<AccessToken> waiting;
        synchronized (this) {
            closed = true;
            waiting = flight;
            flight = null;
        }
        if (waiting != null) {
            waiting.completeExceptionally(closed());
        }
    }

    private TokenException closed() {
        return new TokenException("The token client '" + client + "' is closed");
    }

    private TokenException refusal(long now) {
        TokenException last = failure;
        if (last == null || closed) {
            return closed();
        }
        return new TokenException(last.getMessage() + "; it is asked again in " + (nextTry - now) + " ms");
    }

    private void begin(CompletableFuture<AccessToken> begun) {
        // Discovery may take two exchanges before the request; a full executor must not hold anybody up either.
        CompletableFuture<Void> unused = new CompletableFuture<Void>()
                .completeOnTimeout(null, 4 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> land(begun, null, "it took too long"));
        try {
            settings.executor().execute(() -> send(begun));
        } catch (RejectedExecutionException e) {
            land(begun, null, "too much is being asked for");
        }
    }

    private void send(CompletableFuture<AccessToken> begun) {
        Issued issued = null;
        String why = "of a fault in here";
        try {
            issued = request.send();
        } catch (FetchException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            land(begun, issued, why);
        }
    }

    /** Late news of a flight that was given up is passed over; a flight is the one object that began it. */
    @SuppressWarnings("ReferenceEquality")
    private void land(CompletableFuture<AccessToken> begun, @Nullable Issued issued, String why) {
        TokenException failed = null;
        boolean wasDown;
        synchronized (this) {
            if (flight != begun) {
                return;
            }
            flight = null;
            wasDown = pause > 0;
            if (issued == null) {
                failed = new TokenException("No token for client '" + client + "', because " + why);
                failure = failed;
                pause = Math.min(Math.max(FIRST_PAUSE, 2 * pause), LONGEST_PAUSE);
                nextTry = settings.clock().millis() + jittered(pause);
            } else {
                pause = 0;
                held = Held.of(issued, settings.random().nextDouble());
            }
        }
        tell(issued, why, wasDown);
        if (failed != null) {
            begun.completeExceptionally(failed);
        } else if (issued != null) {
            begun.complete(issued.token());
        }
    }

    private long jittered(long most) {
        return (long) (most * (0.5 + 0.5 * settings.random().nextDouble()));
    }

    private void tell(@Nullable Issued issued, String why, boolean wasDown) {
        if (issued == null && !wasDown) {
            LOG.warn("No token for client '{}', because {}; trying again", client, why);
        } else if (issued == null) {
            LOG.debug("Still no token for client '{}', because {}", client, why);
        } else {
            Instant expires = issued.token().expires();
            LOG.debug("A token for client '{}' until {}", client, expires);
        }
    }
}
