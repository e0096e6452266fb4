package dev.lintel.embedded;

/** A moment that a server can be put back to, so that one test leaves nothing to the next. */
@FunctionalInterface
public interface Checkpoint {
    /** Puts the server back to what it held at that moment; as often as it takes. */
    void restore();
}
