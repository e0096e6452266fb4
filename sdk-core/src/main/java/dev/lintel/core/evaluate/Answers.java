package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.Decision.Reply;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the answers that are given in place of a service. */
final class Answers {
    private static final String QUERY = "!$&'()*+,-./:;=?@_~";
    private static final String HEX = "0123456789ABCDEF";

    private Answers() {}

    static Reply reply(
            ApiModel api,
            @Nullable AccessRule rule,
            Route route,
            String path,
            Request request,
            @Nullable Duration delay,
            @Nullable Trace trace) {
        Reply reply;
        if (route.answer() instanceof Answer.Redirect to) {
            reply = new Reply(api, rule, to.status(), location(to, path, request), "", "", false, delay);
        } else if (route.answer() instanceof Answer.Direct said) {
            String type = said.body().isEmpty() ? "" : said.contentType();
            reply = new Reply(api, rule, said.status(), null, type, said.body(), false, delay);
        } else {
            throw new IllegalArgumentException("this route has no answer: " + route);
        }
        if (trace != null) {
            trace.answer(route, reply);
        }
        return reply;
    }

    /** Whether a redirect to another scheme, host or port is for a request that has these already: it would go in circles. */
    static boolean isThere(Answer answer, Request request) {
        return answer instanceof Answer.Redirect to
                && to.path() == null
                && (to.scheme() == null || to.scheme().equals(request.scheme()))
                && (to.host() == null || to.host().equals(hostOf(request)))
                && (to.port() == null || to.port() == portOf(request));
    }

    private static int portOf(Request request) {
        String authority = request.host();
        int colon = authority.indexOf(':');
        return colon < 0 || colon == authority.length() - 1
                ? schemeOf(request).equals("https") ? 443 : 80
                : Integer.parseInt(authority, colon + 1, authority.length(), 10);
    }

    /**
     * Where the caller is sent (RFC 9110, 10.2.2): a path of the same origin if nothing else is said, so that scheme, host
     * and port stay whatever stands before this gateway; otherwise a whole address. It never begins with two slashes, which
     * would name another host (RFC 3986, 4.2).
     */
    static String location(Answer.Redirect to, String path, Request request) {
        StringBuilder location = new StringBuilder(96);
        if (to.scheme() != null || to.host() != null || to.port() != null) {
            String scheme = to.scheme() == null ? schemeOf(request) : to.scheme();
            location.append(scheme).append("://").append(to.host() == null ? hostOf(request) : to.host());
            if (to.port() != null && to.port() != (scheme.equals("https") ? 443 : 80)) {
                location.append(':').append(to.port());
            }
        }
        String target = to.path() == null ? path : to.path();
        int start = 0;
        while (start + 1 < target.length() && isSlash(target.charAt(start)) && isSlash(target.charAt(start + 1))) {
            start++;
        }
        location.append(target, start, target.length());
        if (request.query() != null) {
            append(location.append('?'), request.query());
        }
        return location.toString();
    }

    /** Browsers take a backslash for a slash. */
    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** Where nobody knows how the caller came, it is not sent to where others can listen. */
    private static String schemeOf(Request request) {
        return "http".equals(request.scheme()) ? "http" : "https";
    }

    /** One of the API's own hosts: by another one the request would not have come here. */
    private static String hostOf(Request request) {
        String authority = request.host();
        return authority.substring(0, Authority.nameEnd(authority)).toLowerCase(Locale.ROOT);
    }

    /** What a query must not contain is escaped, so that it cannot end the header. */
    private static void append(StringBuilder out, String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%' || c < 128 && Character.isLetterOrDigit(c) || QUERY.indexOf(c) >= 0) {
                out.append(c);
            } else {
                int point = query.codePointAt(i);
                i += Character.charCount(point) - 1;
                for (byte part : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX.charAt((part >> 4) & 15)).append(HEX.charAt(part & 15));
                }
            }
        }
    }
}
