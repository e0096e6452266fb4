package dev.lintel.embedded.authorizer;

/** A change that no authorizer may ask for. */
public final class IllegalEdit extends Exception {
    private static final long serialVersionUID = 1L;

    IllegalEdit(String reason) {
        super(reason);
    }
}
