package dev.lintel.embedded.world;

import org.jspecify.annotations.Nullable;

/** Finds one parameter in a query. */
final class Queries {
    private Queries() {}

    /** The first value of a parameter as it came; null if it is missing. */
    static @Nullable String value(@Nullable String query, String name) {
        int at = 0;
        while (query != null && at < query.length()) {
            int ampersand = query.indexOf('&', at);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = at + name.length();
            if (equals < end && query.charAt(equals) == '=' && query.startsWith(name, at)) {
                return query.substring(equals + 1, end);
            }
            at = end + 1;
        }
        return null;
    }
}
