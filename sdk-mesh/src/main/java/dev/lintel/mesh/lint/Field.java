package dev.lintel.mesh.lint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field as the tables of kinds have it.
 *
 * @param form what it holds
 * @param values those that a text or number may have; empty if any will do
 * @param least the least number
 * @param most the greatest number
 * @param below the fields of a map; {@link #ANY} for those with other names
 * @param each what a list holds; null for what is no list
 */
record Field(
        Form form,
        List<String> values,
        double least,
        double most,
        Map<String, Field> below,
        @Nullable Field each) {
    static final String ANY = "*";

    /** What a field may hold. */
    enum Form {
        TEXT("a text"),
        /** As Go reads it, and of a millisecond at least. */
        DURATION("a duration"),
        /** As Gateway API has it. */
        SPAN("a duration"),
        INT("a whole number"),
        NUMBER("a number"),
        BOOL("true or false"),
        INT_OR_TEXT("a whole number or a text"),
        LIST("a list"),
        MAP("a map"),
        ANYTHING("anything");

        private final String words;

        Form(String words) {
            this.words = words;
        }

        /** As a message says it. */
        String words() {
            return words;
        }
    }

    Field {
        values = List.copyOf(values);
        below = Collections.unmodifiableMap(new LinkedHashMap<>(below));
    }

    static Field of(Form form) {
        return new Field(form, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Map.of(), null);
    }

    static Field map(Map<String, Field> below) {
        return new Field(Form.MAP, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, below, null);
    }

    static Field list(Field each) {
        return new Field(Form.LIST, List.of(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Map.of(), each);
    }
}
