package dev.lintel.auth.oauth.wire;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words for what came, by its kind and size alone: it may be an echo of something secret. */
final class Came {
    private Came() {}

    static String words(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? "an empty string" : "a string of " + count(text.length(), "character");
        }
        if (value instanceof Number number) {
            return number.doubleValue() < 0 ? "a negative number" : "a number";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof Collection<?> list) {
            return "a list of " + count(list.size(), "value");
        }
        return value instanceof Map<?, ?> ? "an object" : "null";
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
