package dev.lintel.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Objects of a cluster as maps and lists, and back. */
final class Json {
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is none; the message holds nothing of it
     */
    Object read(String text) {
        try {
            return mapper.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no JSON at " + e.getLocation(), e);
        }
    }

    /** A document that is a map; an empty one for anything else, as what stands in front of an apiserver may answer. */
    Map<?, ?> map(String text) {
        try {
            return Nodes.map(read(text));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
