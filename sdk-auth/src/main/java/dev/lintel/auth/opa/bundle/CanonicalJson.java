package dev.lintel.auth.opa.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in the one form that OPA hashes where it verifies a signature: members sorted by name, no space between, numbers as they
 * were written. A file in this form has the same hash whether its bytes are hashed or its meaning is.
 */
final class CanonicalJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private CanonicalJson() {}

    /** The canonical form; the message says where the text is no JSON. */
    static String of(String file, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("'" + file + "' must be a JSON object");
            }
            String canonical = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("'" + file + "' must be one JSON object and nothing behind it");
            }
            return canonical;
        } catch (IOException e) {
            // The cause quotes the text, which may hold what nobody should see.
            throw new IllegalArgumentException("'" + file + "' must be JSON without names that are said twice");
        }
    }

    private static String value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, String> members = new TreeMap<>(CanonicalJson::byCodePoint);
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                List<String> all = new ArrayList<>();
                members.forEach((name, value) -> all.add(quoted(name) + ":" + value));
                return "{" + String.join(",", all) + "}";
            }
            case START_ARRAY -> {
                List<String> all = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    all.add(value(parser));
                }
                return "[" + String.join(",", all) + "]";
            }
            case VALUE_STRING -> {
                return quoted(parser.getText());
            }
            default -> {
                return parser.getText();
            }
        }
    }

    /** The order of the bytes in UTF-8, which is not that of Java's characters. */
    private static int byCodePoint(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return java.util.Arrays.compare(left, right);
    }

    /** As Go writes it, without its escapes for HTML. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder().append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\u2028' -> out.append("\\u2028");
                case '\u2029' -> out.append("\\u2029");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(c < 16 ? "0" : "1").append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
