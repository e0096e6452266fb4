package dev.lintel.mesh.verify;

/** What a probe carries, or where it goes. */
public enum ProbeKind {
    /** No token. */
    NO_TOKEN("without a token"),
    /** Something that is no token. */
    MALFORMED("with a malformed token"),
    /** A token that says all that it should, signed by a key that nobody has published. */
    UNKNOWN_KEY("with a token signed by an unknown key"),
    /** A token whose time is over. */
    EXPIRED("with an expired token"),
    /** A token for somebody else. */
    WRONG_AUDIENCE("with a token for another audience"),
    /** A token without scopes, and without the claims that are asked for. */
    WRONG_SCOPE("with a token without scopes"),
    /** A token that was good before the apply, and is not any more. */
    FORMER("with a token that was good before"),
    /** A token that says all that is asked for. */
    GOOD("with a good token"),
    /** No token where everybody may call, only to see that an API is there: whatever the service answers. */
    ANYBODY("without a token, as everybody may"),
    /** A name below a host, at which nothing is exposed. */
    UNKNOWN_HOST("to a host that is not exposed"),
    /** A place at which something was exposed before the apply, and nothing is any more. */
    GONE("where nothing is exposed any more");

    private final String words;

    ProbeKind(String words) {
        this.words = words;
    }

    /** Whether only the issuer can make such a token. */
    boolean isIssued() {
        return switch (this) {
            case EXPIRED, WRONG_AUDIENCE, WRONG_SCOPE, FORMER, GOOD -> true;
            case NO_TOKEN, ANYBODY, MALFORMED, UNKNOWN_KEY, UNKNOWN_HOST, GONE -> false;
        };
    }

    /** Whether a request has no token. */
    boolean isBare() {
        return this == NO_TOKEN || this == ANYBODY || this == UNKNOWN_HOST || this == GONE;
    }

    /** For people: {@code without a token}. */
    @Override
    public String toString() {
        return words;
    }
}
