package dev.lintel.embedded.identity;

import dev.lintel.core.evaluate.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What the TLS of one connection has proven, judged once for all of its requests but for the time. */
public final class Proven {
    private static final Caller EXPIRED = new Caller.Rejected("the certificate has expired since it was shown");

    private static final int PARTS = 24;

    private final Caller caller;
    private final String name;
    private final String hash;
    private final Instant until;
    private final Instant ending;
    private final InstantSource clock;

    Proven(Caller caller, String name, String hash, Instant from, Instant until, InstantSource clock) {
        this.caller = caller;
        this.name = name;
        this.hash = hash;
        this.until = until;
        this.ending = until.minus(Duration.between(from, until).dividedBy(PARTS));
        this.clock = clock;
    }

    /** Whether the certificate is not good any more. */
    public boolean isOver() {
        return clock.instant().isAfter(until);
    }

    /** Whether the last part of its time has begun, so that the client should come again with another one. */
    public boolean isEnding() {
        return clock.instant().isAfter(ending);
    }

    /** Who calls, now. */
    public Caller caller() {
        return isOver() ? EXPIRED : caller;
    }

    /** The SHA-256 of the certificate, in hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /** Whether an authority is the name that the gateway's certificate was shown for. */
    public boolean isFor(String authority) {
        int colon = authority.indexOf(':');
        return ServerCertificates.plain(colon < 0 ? authority : authority.substring(0, colon))
                .equals(name);
    }
}
