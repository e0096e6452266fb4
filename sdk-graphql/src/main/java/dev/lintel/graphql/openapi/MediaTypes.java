package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.model.MediaType;
import java.util.Comparator;
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

    private static int rank(String mediaType) {
        String plain = MediaType.plain(mediaType);
        if (plain.equals("application/json")) {
            return 0;
        }
        if (MediaType.json(mediaType)) {
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
}
