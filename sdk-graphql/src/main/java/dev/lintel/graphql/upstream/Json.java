package dev.lintel.graphql.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON, RFC 8259, as plain values: {@code Map} in the order of the text, {@code List}, {@code String}, {@code Boolean},
 * null, and numbers exactly: {@code Integer}, {@code Long}, {@code BigInteger}, {@code BigDecimal}.
 */
public final class Json {
    private static final int DEPTH = 200;
    private static final int VALUES = 1_000_000;
    private static final int DIGITS = 1000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(DIGITS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(50_000)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private int left = VALUES;

    private Json() {}

    /**
     * Reads one value and nothing after it.
     *
     * @param bytes in UTF-8
     * @return the value, at most 200 levels deep, of at most a million values, numbers of at most 1000 digits
     * @throws UpstreamException {@link UpstreamCode#UPSTREAM_INVALID} if it is not JSON,
     *     {@link UpstreamCode#UPSTREAM_TOO_LARGE} if it is more than that
     */
    public static @Nullable Object read(byte[] bytes) throws UpstreamException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw problem(UpstreamCode.UPSTREAM_INVALID);
            }
            Object value = new Json().value(parser);
            if (parser.nextToken() != null) {
                throw problem(UpstreamCode.UPSTREAM_INVALID);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw problem(UpstreamCode.UPSTREAM_TOO_LARGE);
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw problem(UpstreamCode.UPSTREAM_INVALID);
        }
    }

    /** Without a cause: those of the parser quote the text. */
    private static UpstreamException problem(UpstreamCode code) {
        return new UpstreamException(UpstreamProblem.of(code), true, null);
    }

    private @Nullable Object value(JsonParser parser) throws IOException {
        if (--left < 0) {
            throw problem(UpstreamCode.UPSTREAM_TOO_LARGE);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    JsonToken unusedToken = parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw problem(UpstreamCode.UPSTREAM_INVALID);
        };
    }

    /**
     * Writes a value, numbers exactly.
     *
     * @param value of the types that {@link #read} gives, other whole numbers, {@code Float} and {@code Double}
     * @return UTF-8
     * @throws IllegalArgumentException if it has anything else in it, or more than 200 levels
     */
    public static byte[] write(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(generator, value, 0);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value is no JSON", e);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator to, @Nullable Object value, int depth) throws IOException {
        if (depth > DEPTH) {
            throw new IllegalArgumentException("a value has more than " + DEPTH + " levels");
        }
        if (value == null) {
            to.writeNull();
        } else if (value instanceof String text) {
            to.writeString(whole(text));
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            to.writeNumber(((Number) value).intValue());
        } else if (value instanceof Long number) {
            to.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            to.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            to.writeNumber(number);
        } else if (value instanceof Double || value instanceof Float) {
            number(to, (Number) value);
        } else if (value instanceof Map<?, ?> map) {
            to.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                to.writeFieldName(whole(String.valueOf(entry.getKey())));
                write(to, entry.getValue(), depth + 1);
            }
            to.writeEndObject();
        } else if (value instanceof List<?> list) {
            to.writeStartArray();
            for (Object item : list) {
                write(to, item, depth + 1);
            }
            to.writeEndArray();
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " is no JSON");
        }
    }

    /** Half of a character has no UTF-8. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    throw new IllegalArgumentException("a text has half of a character");
                }
                i++;
            }
        }
        return text;
    }

    private static void number(JsonGenerator to, Number value) throws IOException {
        if (!Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException("a number is not finite");
        }
        to.writeNumber(value.toString());
    }
}
