package dev.lintel.traffic.rollout;

/** Thrown when a rollout cannot be started or its record cannot be kept; the message says what to do. */
public final class RolloutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure that nothing else caused.
     *
     * @param message what is wrong and what to do about it
     */
    public RolloutException(String message) {
        super(message);
    }

    /**
     * A failure that something else caused.
     *
     * @param message what is wrong and what to do about it
     * @param cause what caused it
     */
    public RolloutException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What a {@link RolloutStore} throws for a record that somebody else holds.
     *
     * @param api the API's id
     * @param who who holds it, as that said
     * @return the exception
     */
    public static RolloutException held(String api, String who) {
        return new RolloutException("'" + api + "' is being rolled out by " + Words.line(who)
                + "; wait until that has ended, or abort it there");
    }
}
