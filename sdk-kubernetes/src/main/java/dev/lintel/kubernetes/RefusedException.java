package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Reply;
import java.util.Map;

/** An apiserver that answered, and did not do what it was asked. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 1_000;

    private static final int UNAUTHENTICATED = 401;

    /** The HTTP status. */
    private final int status;

    /** Whether another account, or a Role for this one, would help. */
    private final boolean ofRights;

    RefusedException(String what, Reply reply, Json json) {
        super(what + " was refused with " + reply.status() + ": " + message(reply, json));
        this.status = reply.status();
        this.ofRights = status == UNAUTHENTICATED
                || Denial.of(status, message(reply, json)).ofRights();
    }

    /**
     * Whether it is a matter of rights.
     *
     * @return true if the account of the client is unknown or lacks a right, and false if admission or anything else says no
     */
    public boolean isOfRights() {
        return ofRights;
    }

    /**
     * The HTTP status.
     *
     * @return for example 403
     */
    public int status() {
        return status;
    }

    /** The apiserver's own words, of which webhooks write a part: at most so many, on one line. */
    static String message(Reply reply, Json json) {
        String said = reply.body();
        try {
            if (json.read(said) instanceof Map<?, ?> status && status.get("message") instanceof String message) {
                said = message;
            }
        } catch (IllegalArgumentException e) {
            said = reply.body().isEmpty() ? "no reason was given" : said;
        }
        String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
