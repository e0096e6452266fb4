package dev.lintel.auth.opa.rego;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as Rego writes them, on one line, as {@code opa fmt} lays them out. Everything but printable ASCII is escaped, so
 * that no text can end its string, and none can look like something that it is not.
 */
final class Literal {
    private Literal() {}

    static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Map<?, ?> members) {
            out.append('{');
            String before = "";
            for (Map.Entry<?, ?> member : members.entrySet()) {
                out.append(before);
                quote((String) member.getKey(), out);
                out.append(": ");
                write(member.getValue(), out);
                before = ", ";
            }
            out.append('}');
        } else if (value instanceof List<?> elements) {
            out.append('[');
            String before = "";
            for (Object element : elements) {
                out.append(before);
                write(element, out);
                before = ", ";
            }
            out.append(']');
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("a value must be text, a number, a boolean, a list or a map, but was "
                    + value.getClass().getName());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isAlone(text, i)) {
                throw new IllegalArgumentException(
                        "a text must be whole characters, but one has half a surrogate pair at " + i);
            }
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
