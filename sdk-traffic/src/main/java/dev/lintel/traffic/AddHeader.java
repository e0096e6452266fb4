package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.util.Locale;
import java.util.Objects;

/**
 * Adds a header on the way to the service or on the way back, beside what is there already.
 *
 * @param message the request or the response
 * @param name in lower case; not one that frames messages or that the gateway owns
 * @param value visible ASCII and spaces, at most 4096 characters; never a secret
 */
public record AddHeader(SetHeader.Message message, String name, String value) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.add-header/v1";

    /** Checks name and value. */
    public AddHeader {
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
