package dev.lintel.embedded.authorizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes apart what is written as in the query of a URL. What is written wrong is refused, not guessed at. */
final class Forms {
    private Forms() {}

    /** The segments of a path, decoded after the path, so that an escaped slash separates segments: as the plugin has it. */
    static List<String> segments(String path) throws MalformedRequest {
        String decoded = decode(path, false);
        int start = 0;
        while (start < decoded.length() && decoded.charAt(start) == '/') {
            start++;
        }
        return List.of(decoded.substring(start).split("/", -1));
    }

    /** Names with their values, each in the order of its coming. */
    static Map<String, List<String>> parse(String text) throws MalformedRequest {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.indexOf(';') >= 0) {
                throw new MalformedRequest("a ';' between parameters is read in two ways");
            }
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                all.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            }
        }
        return all;
    }

    private static String decode(String text, boolean plus) throws MalformedRequest {
        if (text.indexOf('%') < 0 && (!plus || text.indexOf('+') < 0)) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MalformedRequest("a '%' must be followed by two hexadecimal digits");
                }
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(plus && bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
