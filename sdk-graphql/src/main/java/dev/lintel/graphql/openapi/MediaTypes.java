package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;

/** Which of several media types is spoken. */
final class MediaTypes {
    private MediaTypes() {}

    static boolean any(At at) {
        JsonNode content = at.node().path("content");
        return content.isObject() && !content.isEmpty();
    }

    /** JSON before forms before texts before bytes, then by name. */
    static String best(JsonNode content) {
        TreeSet<String> sorted =
                new TreeSet<>(Comparator.comparingInt(MediaTypes::rank).thenComparing(Comparator.naturalOrder()));
        content.fieldNames().forEachRemaining(sorted::add);
        return sorted.first();
    }

    static boolean json(String mediaType) {
        String plain = plain(mediaType);
        return plain.equals("application/json")
                || plain.endsWith("+json")
                || plain.equals("*/*")
                || plain.equals("application/*")
                || plain.endsWith("/json");
    }

    private static int rank(String mediaType) {
        String plain = plain(mediaType);
        if (plain.equals("application/json")) {
            return 0;
        }
        if (json(mediaType)) {
            return 1;
        }
        if (plain.equals("application/x-www-form-urlencoded")) {
            return 2;
        }
        if (plain.startsWith("multipart/")) {
            return 3;
        }
        return plain.startsWith("text/") || plain.contains("xml") || plain.contains("yaml") ? 4 : 5;
    }

    private static String plain(String mediaType) {
        return mediaType.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    }
}
