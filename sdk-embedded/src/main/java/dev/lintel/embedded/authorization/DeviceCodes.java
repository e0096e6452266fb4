package dev.lintel.embedded.authorization;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Devices that wait for a user to let them in (RFC 8628). */
final class DeviceCodes {
    /** Without vowels, so that no word comes out, and without what is easily mistaken (RFC 8628, 6.1). */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int LENGTH = 8;
    private static final int MOST = 10_000;
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final SecureRandom random;
    private final Duration lifetime;
    private final Duration interval;
    private final Tickets<Waiting> byDevice;
    private final Map<String, Waiting> byUser = new LinkedHashMap<>();

    DeviceCodes(InstantSource clock, SecureRandom random, Duration lifetime, Duration interval) {
        this.clock = clock;
        this.random = random;
        this.lifetime = lifetime;
        this.interval = interval;
        // A code that has expired is told apart from one that never was, for as long again.
        this.byDevice = new Tickets<>(clock, random);
    }

    /** What a device asks for, for the page on which its user decides. */
    record Asked(String client, List<String> scopes, List<String> audiences) {}

    /** What a device is told (RFC 8628, 3.2). */
    record Codes(String deviceCode, String userCode, Duration lifetime, Duration interval) {}

    /** How far a user is. */
    enum Progress {
        PENDING,
        TOO_FAST,
        DENIED,
        EXPIRED,
        UNKNOWN,
        ALLOWED
    }

    /** What a device that asks again is told; the grant only with {@link Progress#ALLOWED}. */
    record Polled(Progress progress, @Nullable UserGrant grant) {}

    /** A device that waits; guarded by the table. */
    private static final class Waiting {
        final Asked asked;
        final String userCode;
        final Instant end;
        Duration interval;
        Instant next;
        boolean denied;

        @Nullable
        UserGrant grant;

        Waiting(Asked asked, String userCode, Instant now, Duration lifetime, Duration interval) {
            this.asked = asked;
            this.userCode = userCode;
            this.end = now.plus(lifetime);
            this.interval = interval;
            this.next = now;
        }

        boolean isOpen(Instant now) {
            return end.isAfter(now) && !denied && grant == null;
        }
    }

    /** New codes; nothing if too many devices wait. */
    synchronized Optional<Codes> issue(Asked asked) {
        Instant now = clock.instant();
        byUser.values().removeIf(waiting -> !waiting.end.isAfter(now));
        if (byUser.size() >= MOST) {
            return Optional.empty();
        }
        String userCode = userCode();
        Waiting waiting = new Waiting(asked, userCode, now, lifetime, interval);
        byUser.put(userCode, waiting);
        String deviceCode = byDevice.issue(waiting, lifetime.multipliedBy(2));
        return Optional.of(new Codes(deviceCode, shown(userCode), lifetime, interval));
    }

    /** What the device of this user code asks for, while it waits. The code may be written in any case, with any dashes. */
    synchronized Optional<Asked> look(String userCode) {
        return open(userCode).map(waiting -> waiting.asked);
    }

    /** Lets a device in, with what the user allowed. False if none waits under this code. */
    synchronized boolean approve(String userCode, UserGrant grant) {
        Optional<Waiting> waiting =
                open(userCode).filter(one -> one.asked.client().equals(grant.client()));
        waiting.ifPresent(one -> one.grant = grant);
        return waiting.isPresent();
    }

    /** Sends a device away. False if none waits under this code. */
    synchronized boolean deny(String userCode) {
        Optional<Waiting> waiting = open(userCode);
        waiting.ifPresent(one -> one.denied = true);
        return waiting.isPresent();
    }

    /** A device asks whether its user has decided. What it gets, it gets once. */
    synchronized Polled poll(String deviceCode, String client) {
        Instant now = clock.instant();
        Optional<Waiting> found =
                byDevice.look(deviceCode).filter(one -> one.asked.client().equals(client));
        if (found.isEmpty()) {
            return new Polled(Progress.UNKNOWN, null);
        }
        Waiting waiting = found.get();
        if (!waiting.end.isAfter(now)) {
            return new Polled(Progress.EXPIRED, null);
        }
        if (now.isBefore(waiting.next)) {
            waiting.interval = waiting.interval.plus(SLOWER);
            waiting.next = now.plus(waiting.interval);
            return new Polled(Progress.TOO_FAST, null);
        }
        waiting.next = now.plus(waiting.interval);
        if (waiting.denied) {
            return new Polled(Progress.DENIED, null);
        }
        if (waiting.grant == null) {
            return new Polled(Progress.PENDING, null);
        }
        byUser.remove(waiting.userCode);
        return byDevice.take(deviceCode).isPresent()
                ? new Polled(Progress.ALLOWED, waiting.grant)
                : new Polled(Progress.UNKNOWN, null);
    }

    /** Sends all devices away that wait now; they have to begin anew. */
    synchronized void forgetAll() {
        byUser.values().forEach(waiting -> waiting.denied = true);
        byUser.clear();
    }

    private Optional<Waiting> open(String userCode) {
        String plain = userCode.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        return Optional.ofNullable(byUser.get(plain)).filter(waiting -> waiting.isOpen(clock.instant()));
    }

    private String userCode() {
        while (true) {
            StringBuilder code = new StringBuilder(LENGTH);
            for (int i = 0; i < LENGTH; i++) {
                code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            if (!byUser.containsKey(code.toString())) {
                return code.toString();
            }
        }
    }

    private static String shown(String code) {
        return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
    }
}
