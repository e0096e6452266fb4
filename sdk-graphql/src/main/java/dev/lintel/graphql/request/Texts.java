package dev.lintel.graphql.request;

import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.Upload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Values as they are written where everything is text. */
final class Texts {
    private Texts() {}

    static String of(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Upload) {
            throw new BadArgumentException("", "is a file, and files are sent in bodies only");
        }
        return value instanceof Map<?, ?> || value instanceof List<?>
                ? new String(Json.write(value), StandardCharsets.UTF_8)
                : value.toString();
    }
}
