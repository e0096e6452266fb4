package dev.lintel.mesh.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/** Reads the fields of a table as its head describes them. */
final class FieldText {
    private static final String LIST = "[]";

    private final Map<String, Field> shapes;
    private final StringTokenizer words;

    private FieldText(String text, Map<String, Field> shapes) {
        this.shapes = shapes;
        this.words = new StringTokenizer(text, " {}$", true);
    }

    /** A map with these fields; shapes that it names are there already. */
    static Field read(String text, Map<String, Field> shapes) {
        return Field.map(new FieldText(text, shapes).fields());
    }

    /** Up to the brace that closes them, or the end. */
    private Map<String, Field> fields() {
        Map<String, Field> below = new LinkedHashMap<>();
        String last = "";
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            switch (word) {
                case " " -> last = "";
                case "}" -> {
                    return below;
                }
                case "{" -> below.put(name(last), nested(last, Field.map(fields())));
                case "$" -> {
                    Field shape = Objects.requireNonNull(shapes.get(words.nextToken()), last);
                    if (last.isEmpty()) {
                        below.putAll(shape.below());
                    } else {
                        below.put(name(last), nested(last, shape));
                    }
                }
                default -> {
                    last = word;
                    below.put(name(word), nested(word, leaf(word.substring(end(word, 0)))));
                }
            }
        }
        return below;
    }

    /** Where a name ends, and what is said of the field begins. */
    private static int end(String word, int from) {
        int end = from;
        while (end < word.length() && ":=".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String name(String word) {
        String whole = word.substring(0, end(word, 0));
        int lists = whole.indexOf(LIST);
        return lists < 0 ? whole : whole.substring(0, lists);
    }

    /** A list of it for each pair of brackets. */
    private static Field nested(String word, Field inner) {
        Field field = inner;
        for (int i = word.indexOf(LIST); i >= 0; i = word.indexOf(LIST, i + LIST.length())) {
            field = Field.list(field);
        }
        return field;
    }

    /** For example {@code :0..100}, {@code :number:0..100}, {@code =HTTP|GRPC} or {@code :int=301|302}. */
    private static Field leaf(String said) {
        List<String> values = new ArrayList<>();
        int is = said.indexOf('=');
        if (is >= 0) {
            values.addAll(List.of(said.substring(is + 1).split("[|]", -1)));
        }
        String rest = is < 0 ? said : said.substring(0, is);
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        Field.Form form = Field.Form.TEXT;
        int dots = rest.indexOf("..");
        if (dots >= 0) {
            int colon = rest.lastIndexOf(':');
            String low = rest.substring(colon + 1, dots);
            String high = rest.substring(dots + 2);
            least = low.isEmpty() ? least : Double.parseDouble(low);
            most = high.isEmpty() ? most : Double.parseDouble(high);
            rest = rest.substring(0, colon);
            form = Field.Form.INT;
        }
        if (!rest.isEmpty()) {
            form = form(rest.substring(1));
        }
        return new Field(form, values, least, most, Map.of(), null);
    }

    private static Field.Form form(String name) {
        return name.equals("any")
                ? Field.Form.ANYTHING
                : Field.Form.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }
}
