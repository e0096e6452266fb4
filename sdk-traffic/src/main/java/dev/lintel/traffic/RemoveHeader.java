package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.util.Locale;
import java.util.Objects;

/**
 * Removes a header on the way to the service or on the way back. Access is decided on what the caller sent.
 *
 * @param message the request or the response
 * @param name in lower case; not one that frames messages or that the gateway owns
 */
public record RemoveHeader(SetHeader.Message message, String name) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.remove-header/v1";

    /** Checks the name. */
    public RemoveHeader {
        Objects.requireNonNull(message, "message");
        name = HeaderRules.name(name);
        HeaderRules.framing(name, "removed");
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
