package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back by way of the browser (RFC 6749, 4.1.2; RFC 9207). Prints nothing of it. */
final class AuthorizationAnswer {
    private static final int LONGEST = 16 * 1024;

    private final Map<String, String> parameters;

    private AuthorizationAnswer(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** Reads a query; no parameter may be there twice (RFC 6749, 3.1). */
    static AuthorizationAnswer of(String issuer, @Nullable String query) throws TokenFetchException {
        String text = query == null ? "" : query;
        if (text.length() > LONGEST) {
            throw refused(issuer, "it has more than " + LONGEST + " characters");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            try {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (!name.isEmpty() && parameters.put(name, value) != null) {
                    throw refused(issuer, "it has a parameter twice");
                }
            } catch (IllegalArgumentException e) {
                throw refused(issuer, "it is not encoded as a form");
            }
        }
        return new AuthorizationAnswer(parameters);
    }

    /**
     * A parameter.
     *
     * @return null if it is not there, or empty
     */
    @Nullable
    String get(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether it answers this login; the comparison takes equally long wherever they differ. */
    boolean answers(Secret state) {
        String came = get("state");
        return came != null && state.equals(Secret.of(came));
    }

    static TokenFetchException refused(String issuer, String why) {
        return Failures.permanent(
                "The answer to the login at " + issuer + " is refused: " + why + "; begin the login again");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
