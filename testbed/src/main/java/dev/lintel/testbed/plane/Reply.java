package dev.lintel.testbed.plane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came back for a request that was sent through the data plane.
 *
 * @param status of the answer; 0 if there is none
 * @param headers by their names in lower case
 * @param body its text
 * @param error why there is no answer; empty if there is one
 */
public record Reply(int status, Map<String, List<String>> headers, String body, String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the workload says it has seen, by a JSON pointer; empty where it says nothing of it. */
    public String text(String pointer) {
        try {
            return JSON.readTree(body).at(pointer).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no workload answered, but " + status + " " + body, e);
        }
    }

    /** All values of a header that the workload says it has seen, by a JSON pointer. */
    public List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        try {
            JSON.readTree(body).at(pointer).forEach(value -> texts.add(value.asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no workload answered, but " + status + " " + body, e);
        }
        return texts;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
