package dev.lintel.benchmarks.fleet;

/** What an origin does with a try. */
enum Fate {
    /** Answers 200. */
    OK(200),
    /** Answers 500, which is not tried again. */
    ERROR(500),
    /** Answers 503, which is. */
    UNAVAILABLE(503),
    /** Breaks the connection off without an answer. */
    RESET(502),
    /** Answers later than a try may take. */
    SLOW(504);

    private final int seen;

    Fate(int seen) {
        this.seen = seen;
    }

    /** What a caller gets if it ends with this. */
    int seen() {
        return seen;
    }

    boolean isRetried() {
        return this == UNAVAILABLE || this == RESET || this == SLOW;
    }
}
