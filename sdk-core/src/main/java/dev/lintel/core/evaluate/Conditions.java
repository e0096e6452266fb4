package dev.lintel.core.evaluate;

import dev.lintel.core.match.Match;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a match asks for beside the path: the method, headers, query parameters. */
final class Conditions {
    private Conditions() {}

    static boolean hold(Match match, Request request) {
        if (!match.endpoint().allows(request.method())) {
            return false;
        }
        return match.isEndpointOnly() || headersHold(match, request) && queryHolds(match, request.query());
    }

    private static boolean headersHold(Match match, Request request) {
        for (Map.Entry<String, String> header : match.headers().entrySet()) {
            if (!header.getValue().equals(request.header(header.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean queryHolds(Match match, @Nullable String query) {
        for (Map.Entry<String, String> wanted : match.query().entrySet()) {
            if (query == null || !wanted.getValue().equals(parameter(query, wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The first value of a parameter, as Envoy sees it; null if it is missing or its escapes are broken. */
    static @Nullable String parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (name.equals(key)) {
                return decode(equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return null;
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
