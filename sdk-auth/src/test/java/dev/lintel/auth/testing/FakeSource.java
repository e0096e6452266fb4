package dev.lintel.auth.testing;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gets tokens {@code t1}, {@code t2} and so on, or fails, as a test sets it; counts how often it is asked. */
public final class FakeSource implements TokenSource {
    private final AtomicInteger requests = new AtomicInteger();
    private final InstantSource clock;
    private volatile Answer answer;

    public FakeSource(InstantSource clock, Duration lifetime) {
        this.clock = clock;
        this.answer = token(lifetime);
    }

    /** What the source does; gets the number of the request. */
    @FunctionalInterface
    public interface Answer {
        FetchedToken give(int number, Instant asked) throws TokenFetchException;
    }

    public static Answer token(@Nullable Duration lifetime) {
        return (number, asked) -> fetched("t" + number, asked, lifetime);
    }

    public static FetchedToken fetched(String value, Instant asked, @Nullable Duration lifetime) {
        return new FetchedToken(
                Secret.of(value), TokenType.BEARER, List.of("a"), List.of("a"), asked, lifetime, null, null);
    }

    public static Answer failure(Kind kind) {
        return failure(kind, null);
    }

    public static Answer failure(Kind kind, @Nullable Duration retryAfter) {
        return (number, asked) -> {
            throw new TokenFetchException(kind, "it is " + kind, null, retryAfter);
        };
    }

    public FakeSource answers(Answer next) {
        answer = next;
        return this;
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public FetchedToken fetch() throws TokenFetchException {
        return answer.give(requests.incrementAndGet(), clock.instant());
    }
}
