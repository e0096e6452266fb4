package dev.lintel.auth.store;

/**
 * Thrown when a store does not work: a full disk, a database that is away. Its message says where and what; it quotes
 * nothing that was to be stored, and has no cause that could.
 */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the store is certainly as it was. */
    private final boolean unchanged;

    /**
     * A failure after which nobody knows whether the store has what was to be written.
     *
     * @param message where and what, without anything secret
     */
    public StoreException(String message) {
        this(message, false);
    }

    private StoreException(String message, boolean unchanged) {
        super(message);
        this.unchanged = unchanged;
    }

    /**
     * A failure that has certainly left the store as it was: who has an answer to a refresh in memory can then go on with
     * it, because nobody else can have it.
     *
     * @param message where and what, without anything secret
     * @return the exception
     */
    public static StoreException unchanged(String message) {
        return new StoreException(message, true);
    }

    /**
     * Whether the store is certainly as it was.
     *
     * @return false if it may have what was to be written
     */
    public boolean unchanged() {
        return unchanged;
    }
}
