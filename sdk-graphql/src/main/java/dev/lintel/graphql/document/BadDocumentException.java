package dev.lintel.graphql.document;

/** Why a text cannot be read, and on which line. */
final class BadDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int line;
    private final String hint;

    BadDocumentException(String code, int line, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.line = line;
        this.hint = hint;
    }

    String code() {
        return code;
    }

    int line() {
        return line;
    }

    String hint() {
        return hint;
    }

    static BadDocumentException limit(int line, String message) {
        return new BadDocumentException(
                "graphql.limit", line, message, "allow more by Limits, or import a part of the document");
    }
}
