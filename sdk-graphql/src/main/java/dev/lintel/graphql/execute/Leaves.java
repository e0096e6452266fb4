package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Out;
import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Single values of services as values of answers, exactly, or not at all. */
final class Leaves {
    /** What a scalar takes as it is. */
    enum Fast {
        /** Texts. */
        TEXT,
        /** Flags. */
        FLAG,
        /** Whole numbers of 32 bits. */
        INT,
        /** Whole numbers of 64 bits. */
        LONG,
        /** Whole numbers. */
        WHOLE,
        /** Numbers that are near enough to a double. */
        FLOAT,
        /** Numbers. */
        NUMBER,
        /** Nothing. */
        NONE
    }

    private Leaves() {}

    static Out of(GraphQLScalarType scalar) {
        Fast fast = switch (scalar.getName()) {
            case "String" -> Fast.TEXT;
            case "Boolean" -> Fast.FLAG;
            case "Int" -> Fast.INT;
            case "Long" -> Fast.LONG;
            case "BigInteger" -> Fast.WHOLE;
            case "Float" -> Fast.FLOAT;
            case "Decimal" -> Fast.NUMBER;
            default -> Fast.NONE;
        };
        return scalar.getName().equals("JSON")
                ? new Out.Json()
                : new Out.Leaf(scalar.getName(), fast, scalar.getCoercing());
    }

    /**
     * A value as it is answered.
     *
     * @throws CoercingSerializeException if it is of another type
     */
    static Object value(Out.Leaf leaf, Object value) {
        return fits(leaf.fast(), value) ? value : checked(leaf, value);
    }

    private static boolean fits(Fast fast, Object value) {
        return switch (fast) {
            case TEXT -> value instanceof String;
            case FLAG -> value instanceof Boolean;
            case INT -> value instanceof Integer || value instanceof BigInteger whole && whole.bitLength() < 32;
            case LONG ->
                value instanceof Integer
                        || value instanceof Long
                        || value instanceof BigInteger whole && whole.bitLength() < 64;
            case WHOLE -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case FLOAT -> value instanceof Number number && Double.isFinite(number.doubleValue());
            case NUMBER -> value instanceof Number;
            case NONE -> false;
        };
    }

    /** What the scalar makes of it; lists and objects are no single values, and a flag is not a number. */
    private static Object checked(Out.Leaf leaf, Object value) {
        boolean flag = value instanceof Boolean && leaf.fast() != Fast.TEXT
                || leaf.fast() == Fast.FLAG && !(value instanceof String);
        if (value instanceof Map<?, ?> || value instanceof List<?> || flag) {
            throw new CoercingSerializeException("another type");
        }
        Coercing<?, ?> coercing = leaf.coercing();
        Object plain = value instanceof BigDecimal decimal && leaf.fast() == Fast.TEXT ? decimal.toString() : value;
        Object made = coercing.serialize(plain, GraphQLContext.getDefault(), Locale.ENGLISH);
        if (made == null) {
            throw new CoercingSerializeException("nothing");
        }
        return made;
    }
}
