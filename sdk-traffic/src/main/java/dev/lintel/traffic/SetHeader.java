package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Sets a header on the way to the service or on the way back; one that is there already is replaced.
 *
 * @param message the request or the response
 * @param name in lower case; not one that frames messages or that the gateway owns
 * @param value visible ASCII and spaces, at most 4096 characters; never a secret
 */
public record SetHeader(Message message, String name, String value) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.set-header/v1";

    private static final Pattern TOKEN = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");
    private static final Set<String> OWNED = new TreeSet<>(Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "keep-alive",
            "proxy-connection",
            "forwarded",
            "authorization",
            "cookie",
            "set-cookie"));

    /** The message that gets the header (RFC 9110, 6). */
    public enum Message {
        /** To the service. */
        REQUEST,
        /** Back to the caller. */
        RESPONSE
    }

    /** Checks name and value. */
    public SetHeader {
        Objects.requireNonNull(message, "message");
        name = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("a header needs a token as its name, but was '" + name + "'");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of header '" + name
                    + "' must be visible ASCII on one line, at most 4096 characters, but is not");
        }
        if (OWNED.contains(name) || name.startsWith("x-forwarded-") || name.startsWith("x-envoy-")) {
            throw new IllegalArgumentException(
                    "header '" + name + "' belongs to the gateway or to the caller and cannot be"
                            + " set; of that sort are " + OWNED + ", x-forwarded-* and x-envoy-*");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return message.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
