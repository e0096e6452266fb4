package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.Match;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Answers some requests in place of the service. An entry policy: access is asked before it; calls from inside go on. May be
 * said for several matches; which of the routes governs is a matter of precedence, not of order.
 *
 * @param match which requests
 * @param status 200 to 599, but not 300 to 399
 * @param contentType the body's media type, {@code text/plain; charset=utf-8} where it is missing
 * @param body at most 4096 characters, never a secret; empty where it is missing
 */
public record Respond(Match match, int status, String contentType, String body) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.respond/v1";

    static final String PLAIN = "text/plain; charset=utf-8";
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}(; ?[\\x21-\\x7e ]{1,128})?");
    private static final int LONGEST = 4096;

    /** Checks status, type and body. */
    public Respond {
        Objects.requireNonNull(match, "match");
        contentType = contentType == null ? PLAIN : contentType;
        body = body == null ? "" : body;
        if (status < 200 || status > 599 || status / 100 == 3) {
            throw new IllegalArgumentException("an answer in place of the service has a status of 200 to 599 but not of"
                    + " 300 to 399, for which there is redirect(…), but '" + match + "' was given " + status);
        }
        if (!TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("the type of an answer must be a media type, as text/plain, but '"
                    + match + "' was given '" + contentType + "'");
        }
        if (body.length() > LONGEST) {
            throw new IllegalArgumentException("the body of an answer must have at most " + LONGEST
                    + " characters, but '" + match + "' was given " + body.length());
        }
        if (!body.isEmpty() && (status == 204 || status == 205)) {
            throw new IllegalArgumentException(
                    "an answer of " + status + " has no body, but '" + match + "' was given one (RFC 9110, 15.3)");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return match.toString();
    }
}
