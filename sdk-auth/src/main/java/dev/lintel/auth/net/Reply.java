package dev.lintel.auth.net;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a server answered; never prints its body. */
public final class Reply {
    private final int status;
    private final @Nullable String contentType;
    private final byte[] body;

    Reply(int status, @Nullable String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
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
        String type = contentType == null ? "" : contentType;
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("application/json");
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
