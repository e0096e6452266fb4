package dev.lintel.graphql.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of requests: numbers exactly, no member twice, nothing behind the end, and all of it limited. Whole numbers are
 * {@link java.math.BigInteger}, others {@link BigDecimal}.
 */
final class StrictJson {
    /** A number may have so many digits, and stand so many places from its point: adding up larger ones takes memory. */
    private static final int DIGITS = 1_000;

    private final JsonFactory factory;
    private final int values;

    StrictJson(Limits limits) {
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.bytes())
                        .maxNameLength(1_000)
                        .maxNumberLength(DIGITS)
                        .build())
                .build();
        this.values = limits.values();
    }

    /** Reads bytes that must be UTF-8. */
    @Nullable
    Object read(byte[] bytes) throws Refused {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.malformed("the body is not UTF-8");
        }
        return read("the body", text);
    }

    @Nullable
    Object read(String what, String text) throws Refused {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                throw Refused.malformed(what + " is empty, where JSON is needed");
            }
            Object value = new Reading(parser).value();
            if (parser.nextToken() != null) {
                throw Refused.malformed(what + " goes on after its JSON value has ended");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw Refused.malformed(what + " has names, numbers or nesting beyond what is allowed");
        } catch (JacksonException e) {
            throw Refused.malformed(what + " is not JSON, or names a member twice");
        } catch (IOException e) {
            throw Refused.malformed(what + " cannot be read");
        }
    }

    private final class Reading {
        private final JsonParser parser;
        private int count;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        @Nullable
        Object value() throws IOException, Refused {
            if (++count > values) {
                throw Refused.malformed("the JSON has more than " + values + " values");
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> parser.getText();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
                case VALUE_NUMBER_FLOAT -> decimal();
                default -> throw Refused.malformed("the JSON has no value where one is needed");
            };
        }

        private BigDecimal decimal() throws IOException, Refused {
            BigDecimal value = parser.getDecimalValue();
            if (Math.abs((long) value.scale()) > DIGITS) {
                throw Refused.malformed("the JSON has a number beyond 1e" + DIGITS + ", or finer than 1e-" + DIGITS);
            }
            return value;
        }

        private Map<String, @Nullable Object> object() throws IOException, Refused {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                object.put(name, value());
            }
            return object;
        }

        private List<@Nullable Object> array() throws IOException, Refused {
            List<@Nullable Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value());
            }
            return array;
        }
    }
}
