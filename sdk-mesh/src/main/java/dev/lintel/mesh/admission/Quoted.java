package dev.lintel.mesh.admission;

import java.util.List;
import java.util.stream.Collectors;

/** Texts as literals, in the form that CEL and Rego both take. */
final class Quoted {
    private Quoted() {}

    static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    static String list(List<String> values) {
        return values.stream().map(Quoted::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
