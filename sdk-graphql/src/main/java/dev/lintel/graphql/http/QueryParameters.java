package dev.lintel.graphql.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the query of an address as {@code application/x-www-form-urlencoded}. */
final class QueryParameters {
    private QueryParameters() {}

    static Map<String, String> read(@Nullable String query) throws Refused {
        Map<String, String> parameters = new LinkedHashMap<>();
        int from = 0;
        while (query != null && from < query.length()) {
            int end = query.indexOf('&', from);
            String pair = query.substring(from, end < 0 ? query.length() : end);
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!pair.isEmpty() && parameters.putIfAbsent(name, value) != null) {
                throw Refused.malformed("the address names a parameter twice");
            }
            from = end < 0 ? query.length() : end + 1;
        }
        return parameters;
    }

    private static String decoded(String text) throws Refused {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !HexFormat.isHexDigit(text.charAt(i + 1))
                        || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                    throw Refused.malformed("the address has a '%' without two hexadecimal digits behind it");
                }
                bytes.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c == '+') {
                bytes.put((byte) ' ');
            } else if (c < 0x80) {
                bytes.put((byte) c);
            } else {
                throw Refused.malformed("the address has a character that must be encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw Refused.malformed("the address is not UTF-8");
        }
    }
}
