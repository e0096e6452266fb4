package dev.lintel.traffic.limit;

/** The secret with which callers are hashed, so that nobody can choose callers that collide. Not printed. */
record Seed(long first, long second) {
    @Override
    public String toString() {
        return "[redacted]";
    }
}
