package dev.lintel.kubernetes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Under what name one applies, where that is noted, and by which clocks.
 *
 * @param namespace of the journal and the lease
 * @param by who applies, for people
 * @param token makes one apply differ from every other
 * @param clock the time of day, which is written down and never compared
 * @param pauses by which a lease is seen to be renewed or not
 * @param renewals what renews a lease meanwhile
 */
record ApplySettings(
        String namespace, String by, Supplier<String> token, InstantSource clock, Pauses pauses, Renewals renewals) {
    private static final int LONGEST = 200;

    ApplySettings {
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'" + namespace + "' is no name of a namespace");
        }
        if (by.isBlank() || by.length() > LONGEST || by.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("who applies is said in 1 to " + LONGEST + " characters on one line");
        }
    }

    static ApplySettings defaults() {
        String host = System.getenv("HOSTNAME");
        String by = System.getProperty("user.name", "somebody") + (host == null ? "" : "@" + host) + " process "
                + ProcessHandle.current().pid();
        return new ApplySettings(
                ClusterTarget.JOURNALS,
                by.replaceAll("\\p{Cntrl}", "?").substring(0, Math.min(LONGEST, by.length())),
                () -> UUID.randomUUID().toString(),
                InstantSource.system(),
                Pauses.REAL,
                ApplySettings::daemon);
    }

    ApplySettings in(String place) {
        return new ApplySettings(place, by, token, clock, pauses, renewals);
    }

    ApplySettings as(String who) {
        return new ApplySettings(namespace, who, token, clock, pauses, renewals);
    }

    /** Does something again and again until it is closed. */
    interface Renewals {
        Stop every(Duration period, Runnable what);
    }

    /** Ends what is done again and again. */
    interface Stop extends AutoCloseable {
        @Override
        void close();
    }

    private static Stop daemon(Duration period, Runnable what) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "lintel-lease");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unusedRenewals =
                executor.scheduleWithFixedDelay(what, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return executor::shutdownNow;
    }
}
