package dev.lintel.graphql.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Directives of {@code Cache-Control}, RFC 9111, 5.2, of all headers of that name. What is not understood is strict. */
record CacheControl(Map<String, String> directives) {
    static CacheControl of(List<Header> headers) {
        Map<String, String> directives = new TreeMap<>();
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase("cache-control")) {
                for (String part : header.value().split(",", 100)) {
                    int equals = part.indexOf('=');
                    String name = (equals < 0 ? part : part.substring(0, equals))
                            .strip()
                            .toLowerCase(Locale.ROOT);
                    String value =
                            equals < 0 ? "" : part.substring(equals + 1).strip().replace("\"", "");
                    if (!name.isEmpty()) {
                        // Said twice, differently: the shorter time is safe, and 0 is the shortest.
                        directives.merge(name, value, (one, other) -> one.equals(other) ? one : "0");
                    }
                }
            }
        }
        return new CacheControl(directives);
    }

    boolean has(String name) {
        return directives.containsKey(name);
    }

    /** Seconds of a directive that is there; 0 if it has no number. */
    long seconds(String name) {
        String text = directives.getOrDefault(name, "");
        boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        // More than 2^31 is taken as that, RFC 9111, 1.2.2.
        return !number ? 0 : text.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(text);
    }
}
