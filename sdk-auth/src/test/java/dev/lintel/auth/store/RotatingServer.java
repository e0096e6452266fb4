package dev.lintel.auth.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A server that gives a new refresh token with each answer, {@code r1}, {@code r2}…, and takes only the last one of each
 * login. What it does next can be said; without that it answers as it should.
 */
final class RotatingServer implements RefreshExchange {
    private final InstantSource clock;
    private final Deque<Shape> shapes = new ArrayDeque<>();
    private final List<String> used = new ArrayList<>();
    private final Set<String> live = new TreeSet<>();
    private final Set<String> replaced = new TreeSet<>();
    private int generation;
    private int issued;
    private int reuses;
    private Runnable meanwhile = () -> {};

    RotatingServer(InstantSource clock) {
        this.clock = clock;
    }

    /** What can come of one request. */
    enum Shape {
        ROTATED,
        WITHOUT_REFRESH_TOKEN,
        SAME_REFRESH_TOKEN,
        BUSY,
        REFUSED,
        REVOKED,
        LOST_BEFORE,
        LOST_AFTER,
        BROKEN
    }

    RotatingServer next(Shape... more) {
        shapes.addAll(List.of(more));
        return this;
    }

    /** Does something while a request is on its way. */
    RotatingServer meanwhile(Runnable task) {
        meanwhile = task;
        return this;
    }

    /** What a login brings. */
    synchronized FetchedToken login() {
        return token(fresh());
    }

    List<String> used() {
        return used;
    }

    int reuses() {
        return reuses;
    }

    String current() {
        return "r" + generation;
    }

    @Override
    public FetchedToken refresh(Secret refreshToken) throws TokenFetchException {
        Runnable now = meanwhile;
        meanwhile = () -> {};
        now.run();
        return answer(refreshToken);
    }

    private synchronized FetchedToken answer(Secret refreshToken) throws TokenFetchException {
        Shape shape = shapes.isEmpty() ? Shape.ROTATED : shapes.remove();
        String given = refreshToken.reveal();
        used.add(given);
        if (shape == Shape.LOST_BEFORE) {
            throw failure(Kind.AMBIGUOUS, null);
        }
        if (shape == Shape.BUSY) {
            throw failure(Kind.RETRYABLE, null);
        }
        if (shape == Shape.REFUSED) {
            throw failure(Kind.PERMANENT, "invalid_client");
        }
        if (!live.contains(given)) {
            reuses += replaced.contains(given) ? 1 : 0;
            throw failure(Kind.INVALID_GRANT, "invalid_grant");
        }
        return switch (shape) {
            case REVOKED -> {
                live.remove(given);
                throw failure(Kind.INVALID_GRANT, "invalid_grant");
            }
            case LOST_AFTER -> {
                replace(given);
                throw failure(Kind.AMBIGUOUS, null);
            }
            case BROKEN -> {
                replace(given);
                throw new IllegalStateException("a fault in the exchange");
            }
            case SAME_REFRESH_TOKEN -> token(given);
            case WITHOUT_REFRESH_TOKEN -> token(null);
            default -> token(replace(given));
        };
    }

    private String fresh() {
        generation++;
        live.add(current());
        return current();
    }

    @CanIgnoreReturnValue
    private String replace(String given) {
        live.remove(given);
        replaced.add(given);
        return fresh();
    }

    private FetchedToken token(@Nullable String refreshToken) {
        issued++;
        return Samples.token("a" + issued, refreshToken, clock.instant());
    }

    private static TokenFetchException failure(Kind kind, @Nullable String error) {
        return new TokenFetchException(kind, "http://127.0.0.1/token says " + kind, error, null);
    }
}
