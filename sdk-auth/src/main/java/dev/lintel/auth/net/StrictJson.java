package dev.lintel.auth.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON objects that others wrote: UTF-8, no key twice, at most 16 levels deep, nothing after the end. What is wrong
 * is never quoted, because it may be secret.
 */
public final class StrictJson {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxNumberLength(64)
                            .maxNameLength(1024)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {};

    private static final Pattern TWICE = Pattern.compile("^Duplicate (?:field|Object property) ['\"]([^'\"]*)");

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @param bytes the whole text
     * @return its members in their order; empty if it is not such an object
     */
    public static Optional<Map<String, Object>> object(byte[] bytes) {
        try {
            return Optional.of(read(bytes, List.of()));
        } catch (FetchException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an array of objects.
     *
     * @param bytes the whole text
     * @return the objects in their order; empty if it is not such an array
     */
    public static Optional<List<Map<String, Object>>> objects(byte[] bytes) {
        try {
            List<Map<String, Object>> objects = MAPPER.readValue(decode(bytes), OBJECTS);
            return objects == null || objects.contains(null) ? Optional.empty() : Optional.of(objects);
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an object and says what is wrong with it.
     *
     * @param bytes the whole text
     * @param names the members whose names may stand in a message
     * @return its members in their order
     * @throws FetchException if it is not such an object, as in "which is not JSON"
     */
    public static Map<String, Object> read(byte[] bytes, Collection<String> names) throws FetchException {
        try {
            Map<String, Object> object = MAPPER.readValue(decode(bytes), OBJECT);
            if (object == null) {
                throw new FetchException("which is not a JSON object", true);
            }
            return object;
        } catch (CharacterCodingException e) {
            throw new FetchException("which is not UTF-8", true);
        } catch (StreamConstraintsException e) {
            throw new FetchException(
                    "which is nested deeper than 16 levels, or has a name or number that is too long", true);
        } catch (MismatchedInputException e) {
            throw new FetchException(
                    bytes.length == 0 ? "which is empty, but must be a JSON object" : "which is not one JSON object",
                    true);
        } catch (JsonProcessingException e) {
            throw new FetchException(twice(e.getOriginalMessage(), names), true);
        }
    }

    /**
     * Writes an object.
     *
     * @param members strings, numbers, booleans, lists and maps
     * @return its text, in the order of the members
     */
    public static String write(Map<String, ?> members) {
        try {
            return MAPPER.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("members must be strings, numbers, booleans, lists and maps");
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String twice(String message, Collection<String> names) {
        Matcher twice = TWICE.matcher(message);
        if (!twice.find()) {
            return "which is not JSON";
        }
        return names.contains(twice.group(1))
                ? "which has the member '" + twice.group(1) + "' twice"
                : "which has a member twice";
    }
}
