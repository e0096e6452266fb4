package dev.lintel.graphql.request;

import dev.lintel.graphql.upstream.UpstreamCode;

/** An argument that cannot be sent. Its message has the argument's name and never its value: it may be shown to clients. */
public final class BadArgumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Its path. */
    private final String argument;

    /** Why it cannot be sent. */
    private final String reason;

    BadArgumentException(String argument, String reason) {
        super("argument '" + argument + "' " + reason);
        this.argument = argument;
        this.reason = reason;
    }

    /** The same, seen from the object around it. */
    BadArgumentException within(String outer) {
        return new BadArgumentException(argument.isEmpty() ? outer : outer + "." + argument, reason);
    }

    /**
     * Which one it is.
     *
     * @return its path, such as {@code input.name}
     */
    public String argument() {
        return argument;
    }

    /**
     * What clients get as {@code extensions.code}.
     *
     * @return always {@link UpstreamCode#BAD_ARGUMENT}
     */
    public UpstreamCode code() {
        return UpstreamCode.BAD_ARGUMENT;
    }
}
