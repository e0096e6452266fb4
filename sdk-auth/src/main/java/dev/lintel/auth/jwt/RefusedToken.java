package dev.lintel.auth.jwt;

import dev.lintel.core.evaluate.Token;

/** Thrown inside this package when a token is no good; it costs no stack trace and quotes nothing of the token. */
final class RefusedToken extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private RefusedToken(String reason, boolean lasting) {
        super(reason, null, false, false);
        this.lasting = lasting;
    }

    /** A token that will never be good. */
    static RefusedToken forever(String reason) {
        return new RefusedToken(reason, true);
    }

    /** A token that may become good. */
    static RefusedToken fornow(String reason) {
        return new RefusedToken(reason, false);
    }

    boolean isLasting() {
        return lasting;
    }

    Token.Rejected toToken() {
        return new Token.Rejected(String.valueOf(getMessage()));
    }
}
