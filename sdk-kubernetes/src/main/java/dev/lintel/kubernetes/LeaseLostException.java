package dev.lintel.kubernetes;

/** Somebody else has become the one who applies: this one has stopped before its next step. A new plan tells what is left. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeaseLostException(String message) {
        super(message + "; nothing more was written: plan again");
    }
}
