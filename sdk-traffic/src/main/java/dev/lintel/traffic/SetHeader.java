package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.util.Locale;
import java.util.Objects;

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
        name = HeaderRules.name(name);
        HeaderRules.value(name, value);
        HeaderRules.given(name);
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
