package dev.lintel.kubernetes;

import org.jspecify.annotations.Nullable;

/** An apiserver that gave no answer: what was asked of it may have happened, or not. A new plan tells. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreachableException(String what, String server, @Nullable Throwable cause) {
        super(
                "the apiserver at " + server + " gave no answer to " + what + (cause == null ? "" : ": " + cause)
                        + "; what was asked may have happened: plan again",
                cause);
    }
}
