package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Reply;
import java.util.Map;

/** An apiserver that answered, and did not do what it was asked. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 1_000;

    /** The HTTP status. */
    private final int status;

    RefusedException(String what, Reply reply, Json json) {
        super(what + " was refused with " + reply.status() + ": " + message(reply, json));
        this.status = reply.status();
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
