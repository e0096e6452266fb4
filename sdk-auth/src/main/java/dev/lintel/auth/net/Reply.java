package dev.lintel.auth.net;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server answered; never prints its body or its headers. */
public final class Reply {
    /** The headers that somebody here has a use for; all others are dropped. */
    static final List<String> HEADERS = List.of("Content-Type", "Date", "Retry-After", "DPoP-Nonce", "Link");

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Reply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * The status.
     *
     * @return as it came
     */
    public int status() {
        return status;
    }

    /**
     * Whether the body says that it is JSON.
     *
     * @return true for {@code application/json} with any parameters
     */
    public boolean isJson() {
        String type = headers.getOrDefault("Content-Type", "");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("application/json");
    }

    /**
     * A header of the answer.
     *
     * @param name {@code Date}, {@code Retry-After}, {@code DPoP-Nonce} or {@code Link}, spelled so
     * @return the first of this name, null if there is none
     */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * The body.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "answer " + status + " with " + body.length + " bytes";
    }
}
