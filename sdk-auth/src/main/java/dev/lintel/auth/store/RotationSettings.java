package dev.lintel.auth.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How refresh tokens are used by many processes.
 *
 * @param clock what time it is
 * @param pause how a thread waits for a while; a test moves its clock instead
 * @param owner what this process is called by others, in words for people
 * @param ttl how long the right to refresh is taken: longer than any answer of the server may take, because it also says
 *     how long a crashed process holds the others up
 * @param patience how long this process waits for another one's refresh
 * @param grace how long the server takes a refresh token once more after it was used, counted from the first use; zero if
 *     it does not
 * @param strict whether a refresh token is left alone where the store gives no lease or cannot keep the journal
 * @param events who is told what happens; must not throw
 */
public record RotationSettings(
        InstantSource clock,
        Pause pause,
        String owner,
        Duration ttl,
        Duration patience,
        Duration grace,
        boolean strict,
        Consumer<StoreEvent> events) {
    /**
     * This machine's clock; a lease of 60 seconds and 30 seconds of patience; no grace; strict; events go to the log.
     */
    public static final RotationSettings DEFAULT = new RotationSettings(
            InstantSource.system(),
            time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
            "process " + ProcessHandle.current().pid(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ZERO,
            true,
            StoreEvent::log);

    /** Checks the times. */
    public RotationSettings {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(events, "events");
        Lease.checked(ttl);
        if (patience.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "patience and grace must not be negative, but were " + patience + " and " + grace);
        }
    }

    /** How a thread waits. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @param time how long
         * @throws InterruptedException if the thread is interrupted
         */
        void pause(Duration time) throws InterruptedException;
    }

    /**
     * With another clock and another way to wait.
     *
     * @param other what time it is
     * @param waits how a thread waits for a while
     * @return other settings
     */
    public RotationSettings at(InstantSource other, Pause waits) {
        return new RotationSettings(other, waits, owner, ttl, patience, grace, strict, events);
    }

    /**
     * With another name for this process.
     *
     * @param name in words for people, for example the name of a pod
     * @return other settings
     */
    public RotationSettings owner(String name) {
        return new RotationSettings(clock, pause, name, ttl, patience, grace, strict, events);
    }

    /**
     * With other times for the lease.
     *
     * @param lasts 1 ms to 1 hour; longer than any answer of the server may take
     * @param waits how long this process waits for another one's refresh
     * @return other settings
     */
    public RotationSettings lease(Duration lasts, Duration waits) {
        return new RotationSettings(clock, pause, owner, lasts, waits, grace, strict, events);
    }

    /**
     * For a server that takes a refresh token once more for a while after its use, for clients that missed the answer: a
     * lost answer is then asked for once more within that time.
     *
     * @param time what the server grants; rather less than more
     * @return other settings
     */
    public RotationSettings grace(Duration time) {
        return new RotationSettings(clock, pause, owner, ttl, patience, time, strict, events);
    }

    /**
     * For programs that rather refresh without a lease or a journal than not at all while the store does not work. Two
     * processes may then use one refresh token, which a server that rotates takes for theft.
     *
     * @return other settings
     */
    public RotationSettings lenient() {
        return new RotationSettings(clock, pause, owner, ttl, patience, grace, false, events);
    }

    /**
     * With somebody else who is told what happens.
     *
     * @param told must not throw; the log is not written any more unless it does that
     * @return other settings
     */
    public RotationSettings events(Consumer<StoreEvent> told) {
        return new RotationSettings(clock, pause, owner, ttl, patience, grace, strict, told);
    }
}
