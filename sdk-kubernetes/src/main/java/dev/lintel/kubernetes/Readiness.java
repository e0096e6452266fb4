package dev.lintel.kubernetes;

/**
 * How far a controller has come with an object.
 *
 * @param as what it comes to
 * @param seen what was seen, for people
 */
record Readiness(As as, String seen) {
    static final Readiness READY = new Readiness(As.READY, "ready");

    /** What it comes to. */
    enum As {
        /** It is in force. */
        READY,
        /** It may be, later. */
        PENDING,
        /** The controller will not have it. */
        FAILED
    }

    static Readiness pending(String seen) {
        return new Readiness(As.PENDING, seen);
    }

    static Readiness failed(String seen) {
        return new Readiness(As.FAILED, seen);
    }

    /** The worse of two. */
    Readiness and(Readiness other) {
        return other.as.compareTo(as) > 0 ? other : this;
    }
}
