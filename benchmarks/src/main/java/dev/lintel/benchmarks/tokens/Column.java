package dev.lintel.benchmarks.tokens;

import java.time.Duration;

/** What the client has and what the identity provider does when the callers come. */
public enum Column {
    /** No token yet. */
    COLD("cold", Held.NOTHING, 200, Duration.ofMillis(300)),
    /** A token that has expired. */
    EXPIRED("expired", Held.EXPIRED, 200, Duration.ofMillis(300)),
    /** A token that is good, but so old that this client refreshes it. */
    STALE("stale", Held.STALE, 200, Duration.ofMillis(300)),
    /** No token yet, and an identity provider that takes six seconds. */
    SLOW("slow", Held.NOTHING, 200, Duration.ofSeconds(6)),
    /** A token that is good but old, and an identity provider that fails. */
    FAILING_VALID("failing, valid", Held.STALE, 503, Duration.ofMillis(20)),
    /** No token yet, and an identity provider that fails. */
    FAILING_NONE("failing, none", Held.NOTHING, 503, Duration.ofMillis(20));

    /** What the client has. */
    public enum Held {
        /** No token. */
        NOTHING,
        /** An expired one. */
        EXPIRED,
        /** A good one that should be refreshed. */
        STALE
    }

    private final String title;
    private final Held held;
    private final int status;
    private final Duration latency;

    Column(String title, Held held, int status, Duration latency) {
        this.title = title;
        this.held = held;
        this.status = status;
        this.latency = latency;
    }

    /**
     * Its name in tables.
     *
     * @return for example {@code cold}
     */
    public String title() {
        return title;
    }

    /**
     * What the client has.
     *
     * @return at the moment when the callers come
     */
    public Held held() {
        return held;
    }

    /**
     * What the endpoint answers.
     *
     * @return a status
     */
    public int status() {
        return status;
    }

    /**
     * How long the endpoint takes.
     *
     * @return from the request to the answer
     */
    public Duration latency() {
        return latency;
    }
}
