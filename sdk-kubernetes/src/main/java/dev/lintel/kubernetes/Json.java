package dev.lintel.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

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

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
