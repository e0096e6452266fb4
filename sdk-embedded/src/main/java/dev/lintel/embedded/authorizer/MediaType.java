package dev.lintel.embedded.authorizer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A field value that is a name with parameters, as {@code Content-Type} and {@code Content-Disposition} are (RFC 9110, 5.6.6
 * and 8.3.1). Names are taken in any case. What two readers take for two things is refused: a parameter that is said twice, a
 * quoted quote.
 */
final class MediaType {
    private final String name;
    private final String parameters;

    private MediaType(String name, String parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    static MediaType of(String value) {
        int end = value.indexOf(';');
        String name = end < 0 ? value : value.substring(0, end);
        return new MediaType(name.strip().toLowerCase(Locale.ROOT), end < 0 ? "" : value.substring(end));
    }

    boolean is(String wanted) {
        return name.equals(wanted);
    }

    /** Also {@code application/json-patch+json}. */
    boolean isJson() {
        return is("application/json") || name.startsWith("application/json") && name.endsWith("+json");
    }

    /** Whether these are several values, out of several fields: some readers take the first, and some the last. */
    boolean isList() {
        boolean quoted = false;
        for (int i = 0; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                return true;
            }
        }
        return name.indexOf(',') >= 0;
    }

    /** The parameters by their names in lower case. */
    Map<String, String> parameters() throws MalformedRequest {
        Map<String, String> all = new LinkedHashMap<>();
        int at = 0;
        while (at < parameters.length()) {
            at = blanks(at + 1);
            int equals = at;
            while (equals < parameters.length() && isToken(parameters.charAt(equals))) {
                equals++;
            }
            if (equals == parameters.length() && equals == at) {
                break;
            }
            if (equals == at || equals == parameters.length() || parameters.charAt(equals) != '=') {
                throw malformed();
            }
            int end = end(equals + 1);
            boolean quoted = parameters.charAt(equals + 1) == '"';
            String value = quoted ? parameters.substring(equals + 2, end - 1) : parameters.substring(equals + 1, end);
            if (all.put(parameters.substring(at, equals).toLowerCase(Locale.ROOT), value) != null) {
                throw malformed();
            }
            at = blanks(end);
            if (at < parameters.length() && parameters.charAt(at) != ';') {
                throw malformed();
            }
        }
        return all;
    }

    private int blanks(int from) {
        int at = from;
        while (at < parameters.length() && (parameters.charAt(at) == ' ' || parameters.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Behind a value that begins here. */
    private int end(int from) throws MalformedRequest {
        if (from < parameters.length() && parameters.charAt(from) == '"') {
            int close = parameters.indexOf('"', from + 1);
            if (close < 0 || parameters.charAt(close - 1) == '\\') {
                throw malformed();
            }
            return close + 1;
        }
        int at = from;
        while (at < parameters.length() && isToken(parameters.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw malformed();
        }
        return at;
    }

    private static boolean isToken(char c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private static MalformedRequest malformed() {
        return new MalformedRequest("the parameters of a field can be read in two ways");
    }
}
