package dev.lintel.auth.token;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What tokens work with: clocks, chance, threads, and how long things may take. Make one with {@link #defaults()} and change
 * what should differ; everything that is handed in stays its owner's and is not closed.
 *
 * @param clock what time it is on the wall, which may be set forward and back
 * @param nanos nanoseconds that only go forward, from any beginning, as {@link System#nanoTime()}
 * @param random what spreads the pauses after failures
 * @param executor where tokens are asked for; a thread is blocked for as long as that takes
 * @param timers what rings for callers who wait too long
 * @param instance what tells this process from others of its kind; each refreshes at a time of its own that this decides
 * @param times how long everything takes and lasts
 * @param waiters how many callers may wait for one token; those above are refused at once
 * @param readsJwt whether the {@code exp} of a token that is a JWT limits its lifetime; off, because a token is nothing
 *     that clients should look into
 * @param listeners who is told what happens
 * @param revocation what revokes a token (RFC 7009) when its client is closed; blocks; null for nothing
 */
public record TokenSettings(
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random,
        Executor executor,
        Timers timers,
        String instance,
        TokenTimes times,
        int waiters,
        boolean readsJwt,
        List<TokenListener> listeners,
        @Nullable Consumer<AccessToken> revocation) {
    /** How many may wait unless something else is said: more than any server has threads. */
    private static final int MOST_WAITERS = 20_000;

    /** Checks what can be wrong. */
    public TokenSettings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(nanos, "nanos");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(timers, "timers");
        Objects.requireNonNull(times, "times");
        listeners = List.copyOf(listeners);
        if (instance.isBlank()) {
            throw new IllegalArgumentException("the name of an instance must not be blank");
        }
        if (waiters < 1) {
            throw new IllegalArgumentException("at least 1 caller must be able to wait, but waiters was " + waiters);
        }
    }

    /**
     * This machine's clocks, shared daemon threads and the {@linkplain TokenTimes#DEFAULT usual times}. The instance is
     * named after the environment's {@code HOSTNAME}, which is the pod's name on Kubernetes, and the process; where there
     * is none, at random.
     *
     * @return settings to begin with
     */
    public static TokenSettings defaults() {
        String host = System.getenv("HOSTNAME");
        String instance = host == null || host.isBlank()
                ? UUID.randomUUID().toString()
                : host + ":" + ProcessHandle.current().pid();
        return new TokenSettings(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                SharedThreads.EXECUTOR,
                SharedThreads.TIMERS,
                instance,
                TokenTimes.DEFAULT,
                MOST_WAITERS,
                false,
                List.of(),
                null);
    }

    /**
     * The same with other clocks.
     *
     * @param wall what time it is on the wall
     * @param monotonic nanoseconds that only go forward
     * @return new settings
     */
    public TokenSettings clocks(InstantSource wall, LongSupplier monotonic) {
        return new TokenSettings(
                wall, monotonic, random, executor, timers, instance, times, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same with one clock for both, for tests that move it by hand.
     *
     * @param both must not go back
     * @return new settings
     */
    public TokenSettings clock(InstantSource both) {
        Instant begin = both.instant();
        return clocks(both, () -> Duration.between(begin, both.instant()).toNanos());
    }

    /**
     * The same with another source of randomness.
     *
     * @param source what spreads pauses
     * @return new settings
     */
    public TokenSettings random(RandomGenerator source) {
        return new TokenSettings(
                clock, nanos, source, executor, timers, instance, times, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same with other threads.
     *
     * @param threads where tokens are asked for
     * @return new settings
     */
    public TokenSettings executor(Executor threads) {
        return new TokenSettings(
                clock, nanos, random, threads, timers, instance, times, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same with other timers.
     *
     * @param bells what rings for those who wait too long
     * @return new settings
     */
    public TokenSettings timers(Timers bells) {
        return new TokenSettings(
                clock, nanos, random, executor, bells, instance, times, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same for an instance with a name, such as the UID of a pod.
     *
     * @param name not blank
     * @return new settings
     */
    public TokenSettings instance(String name) {
        return new TokenSettings(
                clock, nanos, random, executor, timers, name, times, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same with other times.
     *
     * @param other how long everything takes and lasts
     * @return new settings
     */
    public TokenSettings times(TokenTimes other) {
        return new TokenSettings(
                clock, nanos, random, executor, timers, instance, other, waiters, readsJwt, listeners, revocation);
    }

    /**
     * The same with another limit for one exchange with a token endpoint.
     *
     * @param exchange the most that it may take
     * @return new settings
     */
    public TokenSettings timeout(Duration exchange) {
        return times(times.exchange(exchange));
    }

    /**
     * The same with another number of callers that may wait for one token.
     *
     * @param most at least 1
     * @return new settings
     */
    public TokenSettings waiters(int most) {
        return new TokenSettings(
                clock, nanos, random, executor, timers, instance, times, most, readsJwt, listeners, revocation);
    }

    /**
     * The same, with the {@code exp} of tokens that are JWTs as a limit of their lifetime.
     *
     * @return new settings
     */
    public TokenSettings readingJwt() {
        return new TokenSettings(
                clock, nanos, random, executor, timers, instance, times, waiters, true, listeners, revocation);
    }

    /**
     * The same with one more who is told what happens.
     *
     * @param listener is called on the thread where it happens
     * @return new settings
     */
    public TokenSettings telling(TokenListener listener) {
        List<TokenListener> more = new ArrayList<>(listeners);
        more.add(listener);
        return new TokenSettings(
                clock, nanos, random, executor, timers, instance, times, waiters, readsJwt, more, revocation);
    }

    /**
     * The same, with tokens revoked when their client is closed.
     *
     * @param revoke revokes one; may block, and is waited for no longer than {@link TokenTimes#revocation()}
     * @return new settings
     */
    public TokenSettings revoking(Consumer<AccessToken> revoke) {
        return new TokenSettings(
                clock, nanos, random, executor, timers, instance, times, waiters, readsJwt, listeners, revoke);
    }
}
