package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers of 32 and 64 bits, and finite floating-point numbers. */
record NumberShape(Class<?> type) implements Shape {
    private static final Pattern DIGITS = Pattern.compile("-?[0-9.]+");

    static boolean isNumber(Class<?> type) {
        return isInt(type) || isLong(type) || type == double.class || type == Double.class;
    }

    private static boolean isInt(Class<?> type) {
        return type == int.class || type == Integer.class;
    }

    private static boolean isLong(Class<?> type) {
        return type == long.class || type == Long.class;
    }

    @Override
    public @Nullable Object read(Node node, Place place) {
        JsonNode tree = node instanceof Node.Scalar scalar ? scalar.tree() : null;
        if (tree != null && isInt(type) && tree.isInt()) {
            return tree.intValue();
        }
        if (tree != null && isLong(type) && tree.isIntegralNumber() && tree.canConvertToLong()) {
            return tree.longValue();
        }
        boolean whole = isInt(type) || isLong(type);
        if (tree != null && !whole && tree.isNumber() && Double.isFinite(tree.doubleValue())) {
            return tree.doubleValue();
        }
        boolean quoted = tree != null
                && tree.isTextual()
                && DIGITS.matcher(tree.textValue()).matches();
        String wanted =
                isInt(type) ? "a whole number of 32 bits" : isLong(type) ? "a whole number of 64 bits" : "a number";
        place.wrongType(node, wanted, quoted ? "write it without quotes" : "");
        return null;
    }

    @Override
    public JsonNode write(Object value) {
        if (value instanceof Integer number) {
            return IntNode.valueOf(number);
        }
        if (value instanceof Long number) {
            return LongNode.valueOf(number);
        }
        if (!Double.isFinite((Double) value)) {
            throw new IllegalArgumentException("only finite numbers can be stored, but was " + value);
        }
        return DoubleNode.valueOf((Double) value);
    }
}
