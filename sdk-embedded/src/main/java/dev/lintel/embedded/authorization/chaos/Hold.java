package dev.lintel.embedded.authorization.chaos;

/** Requests that are kept waiting. */
public interface Hold extends Disturbance {
    /** Lets those that wait go on, and keeps none waiting any more. */
    void release();
}
