package dev.lintel.kubernetes;

import org.jspecify.annotations.Nullable;

/** An apiserver that gave no answer: what was asked of it may have happened, or not. A new plan tells. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(String what, String server, @Nullable Throwable cause) {
        super(
                "the apiserver at " + server + " gave no answer to " + what + (cause == null ? "" : ": " + cause)
                        + "; what was asked may have happened: plan again" + hint(cause),
                cause);
    }

    /** With HTTP/2 an apiserver ends the connection when it says 401, and Java's client loses what it said. */
    private static String hint(@Nullable Throwable cause) {
        return String.valueOf(cause).contains("GOAWAY")
                ? "; this is also how an apiserver parts from a token that it does not know: see whether it has run out"
                : "";
    }
}
