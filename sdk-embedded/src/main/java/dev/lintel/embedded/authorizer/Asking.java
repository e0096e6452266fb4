package dev.lintel.embedded.authorizer;

/** A question that is under way. */
@FunctionalInterface
public interface Asking {
    /** Nothing is under way any more. */
    Asking OVER = () -> {};

    /** Wants no answer any more; none is told from then on, unless one is told at this very moment. */
    void cancel();
}
