package dev.lintel.auth.jwt;

/** Thrown when an ID token must not be believed. The message quotes nothing of it, and there is no cause that could. */
public final class IdTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    IdTokenException(String message) {
        super(message);
    }
}
