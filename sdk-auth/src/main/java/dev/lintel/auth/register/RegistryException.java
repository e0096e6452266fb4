package dev.lintel.auth.register;

/**
 * Thrown when a server of clients did not do what it was asked. Its message says where, what came and what to do; it never
 * quotes a secret or what the server wrote, and has no cause that could.
 */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message without anything secret
     */
    public RegistryException(String message) {
        super(message);
    }
}
