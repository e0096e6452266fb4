package dev.lintel.graphql.schema;

import dev.lintel.graphql.upstream.Upload;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of scalars. Numbers go through decimals alone, and long ones are refused before any arithmetic. */
final class Values {
    private static final int DIGITS = 1000;
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Values() {}

    static Object toLong(Object value) {
        BigInteger whole = toBigInteger(value);
        if (whole.bitLength() > 63) {
            throw new IllegalArgumentException("more than 64 bits");
        }
        return whole.longValue();
    }

    static BigInteger toBigInteger(Object value) {
        BigDecimal decimal = toDecimal(value);
        if (Math.abs((long) decimal.scale()) > DIGITS) {
            throw new IllegalArgumentException("too many digits");
        }
        try {
            return decimal.toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("not a whole number", e);
        }
    }

    static BigDecimal toDecimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (!(value instanceof Number) && !(value instanceof String)) {
            throw new IllegalArgumentException("neither a number nor a text");
        }
        String text = value.toString();
        if (text.length() > DIGITS) {
            throw new IllegalArgumentException("too many digits");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number", e);
        }
    }

    static Object toDate(Object value) {
        return parsed(value, LocalDate::parse, "not a day such as 2026-11-28");
    }

    static Object toDateTime(Object value) {
        return parsed(value, OffsetDateTime::parse, "not a moment such as 2026-11-28T08:00:00Z");
    }

    static Object toUuid(Object value) {
        String text = text(value);
        if (!UUID.matcher(text).matches()) {
            throw new IllegalArgumentException("not a UUID");
        }
        return text;
    }

    static Object toBase64(Object value) {
        String text = text(value);
        if (Base64.getDecoder().decode(text).length < 0) {
            throw new IllegalArgumentException("not base64");
        }
        return text;
    }

    /** A file that is uploaded beside the query stays a file: it is read when it is sent on. */
    static Object toBytes(Object value) {
        return value instanceof Upload ? value : toBase64(value);
    }

    /** A text stays as it was written: what is checked is not changed. */
    private static Object parsed(Object value, java.util.function.Function<String, Object> parser, String message) {
        String text = text(value);
        try {
            Object unusedParsed = parser.apply(text);
            return text;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(message, e);
        }
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("not a text");
    }

    static @Nullable Object ofLiteral(Value<?> literal, Map<String, Object> variables) {
        if (literal instanceof StringValue text) {
            return text.getValue();
        } else if (literal instanceof IntValue whole) {
            return whole.getValue();
        } else if (literal instanceof FloatValue decimal) {
            return decimal.getValue();
        } else if (literal instanceof BooleanValue flag) {
            return flag.isValue();
        } else if (literal instanceof EnumValue word) {
            return word.getName();
        } else if (literal instanceof VariableReference variable) {
            return variables.get(variable.getName());
        } else if (literal instanceof ArrayValue array) {
            List<@Nullable Object> items = new ArrayList<>();
            array.getValues().forEach(item -> items.add(ofLiteral(item, variables)));
            return items;
        } else if (literal instanceof ObjectValue object) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            object.getObjectFields()
                    .forEach(field -> fields.put(field.getName(), ofLiteral(field.getValue(), variables)));
            return fields;
        }
        return null;
    }

    static Value<?> toLiteral(@Nullable Object value) {
        if (value == null) {
            return NullValue.of();
        } else if (value instanceof Boolean flag) {
            return BooleanValue.of(flag);
        } else if (value instanceof BigDecimal decimal) {
            return FloatValue.newFloatValue(decimal).build();
        } else if (value instanceof Number number) {
            return IntValue.newIntValue(toBigInteger(number)).build();
        } else if (value instanceof List<?> list) {
            ArrayValue.Builder items = ArrayValue.newArrayValue();
            list.forEach(item -> items.value(toLiteral(item)));
            return items.build();
        } else if (value instanceof Map<?, ?> map) {
            ObjectValue.Builder fields = ObjectValue.newObjectValue();
            map.forEach((key, item) -> fields.objectField(new ObjectField(String.valueOf(key), toLiteral(item))));
            return fields.build();
        }
        return StringValue.of(value.toString());
    }
}
