package dev.lintel.auth.store;

/**
 * Thrown when a store does not work: a full disk, a database that is away. Its message says where and what; it quotes
 * nothing that was to be stored, and has no cause that could.
 */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message where and what, without anything secret
     */
    public StoreException(String message) {
        super(message);
    }
}
