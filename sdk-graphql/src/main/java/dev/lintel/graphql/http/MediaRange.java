package dev.lintel.graphql.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A media type or range as headers name it (RFC 9110, 8.3.1 and 12.5.1).
 *
 * @param type in lower case, for example {@code application}, or {@code *}
 * @param subtype in lower case, or {@code *}
 * @param parameters names in lower case, without {@code q}
 * @param thousandths the weight, 0 to 1000
 */
record MediaRange(String type, String subtype, SortedMap<String, String> parameters, int thousandths) {
    private static final int WHOLE = 1000;

    /** Reads a list; what is no media range is left out, as it can match nothing. */
    static List<MediaRange> list(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String element : parts(header, ',')) {
            List<String> parts = parts(element, ';');
            String name = parts.get(0);
            int slash = name.indexOf('/');
            if (slash <= 0 || slash == name.length() - 1) {
                continue;
            }
            SortedMap<String, String> parameters = new TreeMap<>();
            int weight = WHOLE;
            for (String parameter : parts.subList(1, parts.size())) {
                int equals = parameter.indexOf('=');
                if (equals > 0) {
                    String key = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                    String value = unquoted(parameter.substring(equals + 1).strip());
                    if (key.equals("q")) {
                        weight = thousandths(value);
                    } else {
                        parameters.put(key, value);
                    }
                }
            }
            ranges.add(new MediaRange(
                    name.substring(0, slash).toLowerCase(Locale.ROOT),
                    name.substring(slash + 1).toLowerCase(Locale.ROOT),
                    parameters,
                    weight));
        }
        return ranges;
    }

    /** How exactly it names a type: 2 for itself, 1 for its kind, 0 for anything, -1 if it does not name it. */
    int names(String fullType) {
        int slash = fullType.indexOf('/');
        if (!utf8()) {
            return -1;
        }
        if (type.equals("*")) {
            return subtype.equals("*") ? 0 : -1;
        }
        if (!type.equals(fullType.substring(0, slash))) {
            return -1;
        }
        if (subtype.equals("*")) {
            return 1;
        }
        return subtype.equals(fullType.substring(slash + 1)) ? 2 : -1;
    }

    /** Whether its charset is UTF-8, or not said. */
    boolean utf8() {
        String charset = parameters.get("charset");
        return charset == null || charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("utf8");
    }

    /** What cannot be read weighs nothing: it is not chosen by mistake. */
    private static int thousandths(String value) {
        int length = value.length();
        if (length == 0 || length > 5 || (value.charAt(0) != '0' && value.charAt(0) != '1')) {
            return 0;
        }
        int weight = (value.charAt(0) - '0') * WHOLE;
        if (length > 1 && value.charAt(1) != '.') {
            return 0;
        }
        int unit = 100;
        for (int i = 2; i < length; i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            weight += (digit - '0') * unit;
            unit /= 10;
        }
        return weight > WHOLE ? 0 : weight;
    }

    /** Parts between separators that stand outside quotes, trimmed; at least one. */
    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
