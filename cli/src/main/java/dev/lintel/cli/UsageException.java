package dev.lintel.cli;

/** The command line does not say what can be done. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
