package dev.lintel.judges.node;

import com.fasterxml.jackson.databind.JsonNode;

/** What a judge found in one case. */
public record Verdict(String name, boolean passed, String message) {
    static Verdict of(JsonNode line) {
        return new Verdict(
                line.path("name").asText(),
                line.path("passed").asBoolean(),
                line.path("message").asText());
    }
}
