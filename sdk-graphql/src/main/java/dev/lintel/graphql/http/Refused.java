package dev.lintel.graphql.http;

/**
 * A request that is answered before anything of it is executed. Its message is for whoever asked: it says nothing of what is inside.
 */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private Refused(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refused malformed(String message) {
        return new Refused(400, "BAD_REQUEST", message);
    }

    static Refused of(int status, String code, String message) {
        return new Refused(status, code, message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** What it says; never null. */
    String text() {
        return String.valueOf(getMessage());
    }
}
