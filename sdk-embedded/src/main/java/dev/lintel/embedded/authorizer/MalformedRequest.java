package dev.lintel.embedded.authorizer;

/** A request whose path, query or body says something that cannot be read, so that no policy could judge it. */
public final class MalformedRequest extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A request that cannot be read.
     *
     * @param reason for people, without anything of the request
     */
    public MalformedRequest(String reason) {
        super(reason);
    }
}
