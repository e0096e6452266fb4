package dev.lintel.mesh.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** The text of a stored form that was made here. */
final class Stored {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Stored() {}

    /** The tree as JSON, in its order. */
    static String json(Map<String, Object> tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
