package dev.lintel.core.evaluate;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a match asks for beside path and method: headers and query parameters, as names and values in turn, so that asking
 * allocates nothing.
 */
final class Conditions {
    private static final String[] NONE = {};

    private Conditions() {}

    static String[] of(Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return NONE;
        }
        String[] pairs = new String[wanted.size() * 2];
        int at = 0;
        for (Map.Entry<String, String> one : wanted.entrySet()) {
            pairs[at++] = one.getKey();
            pairs[at++] = one.getValue();
        }
        return pairs;
    }

    static boolean headersHold(String[] wanted, Request request) {
        for (int i = 0; i < wanted.length; i += 2) {
            if (!wanted[i + 1].equals(request.header(wanted[i]))) {
                return false;
            }
        }
        return true;
    }

    static boolean queryHolds(String[] wanted, Request request) {
        String query = wanted.length == 0 ? null : request.query();
        for (int i = 0; i < wanted.length; i += 2) {
            if (query == null || !has(query, wanted[i], wanted[i + 1])) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first parameter of a name has a value; one whose escapes are broken has neither name nor value. */
    private static boolean has(String query, String name, String value) {
        int at = 0;
        while (at < query.length()) {
            int and = query.indexOf('&', at);
            int end = and < 0 ? query.length() : and;
            int equals = query.indexOf('=', at);
            int split = equals < 0 || equals > end ? end : equals;
            if (means(query, at, split, name)) {
                return means(query, Math.min(split + 1, end), end, value);
            }
            at = end + 1;
        }
        return false;
    }

    private static boolean means(String query, int from, int to, String text) {
        for (int i = from; i < to; i++) {
            if (query.charAt(i) == '%' || query.charAt(i) == '+') {
                return text.equals(decode(query.substring(from, to)));
            }
        }
        return to - from == text.length() && query.startsWith(text, from);
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
