package dev.lintel.traffic.rollout.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.core.metric.Reading;
import java.io.IOException;
import java.util.Set;

/**
 * What Prometheus answers to an instant query.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries">Prometheus, HTTP API, instant
 *     queries</a>
 */
final class Answer {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Errors about what was asked; all others are about Prometheus. */
    private static final Set<String> ABOUT_THE_QUERY = Set.of("bad_data", "execution");

    private Answer() {}

    /**
     * Reads an answer.
     *
     * @throws IOException if it is none of Prometheus's, or says that Prometheus cannot answer now
     */
    static Reading read(int status, byte[] body) throws IOException {
        JsonNode json = tree(status, body);
        switch (json.path("status").asText("")) {
            case "success" -> {
                if (status != 200) {
                    // A redirect or a failure is nobody's reading, whatever stands in its body.
                    throw new IOException("answered " + status + " with a success in its body");
                }
                return result(json);
            }
            case "error" -> {
                String type = json.path("errorType").asText("");
                String words = type + ": " + json.path("error").asText("");
                if (ABOUT_THE_QUERY.contains(type)) {
                    return new Reading.Nothing("Prometheus cannot answer this query, " + words);
                }
                throw new IOException("answered " + status + ", " + words);
            }
            default -> throw new IOException("answered " + status + " with JSON that is not Prometheus's");
        }
    }

    private static JsonNode tree(int status, byte[] body) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new IOException("answered " + status + " with something that is not JSON, or only a part of it", e);
        }
        throw new IOException("answered " + status + " with JSON that is not Prometheus's");
    }

    private static Reading result(JsonNode json) throws IOException {
        if (!json.path("warnings").isEmpty()) {
            return new Reading.Nothing("the answer may be only a part, Prometheus warns: "
                    + json.path("warnings").path(0).asText(""));
        }
        JsonNode data = json.path("data");
        JsonNode result = data.path("result");
        return switch (data.path("resultType").asText("")) {
            case "vector" ->
                switch (result.size()) {
                    case 0 ->
                        new Reading.Nothing(
                                "no calls were measured, or there is no such metric (the query found no" + " series)");
                    case 1 -> sample(result.path(0).path("value"));
                    default ->
                        new Reading.Nothing("the query found " + result.size()
                                + " series, and one number is wanted: aggregate it, for example by sum(...)");
                };
            case "scalar" -> sample(result);
            default ->
                new Reading.Nothing(
                        "the query gives a " + data.path("resultType").asText("")
                                + ", and one number is wanted: an instant vector or a scalar");
        };
    }

    /** A pair of time and value; the value is text, so that it can say NaN, +Inf and -Inf. */
    private static Reading sample(JsonNode pair) throws IOException {
        String text = pair.path(1).asText("");
        double value = switch (text) {
            case "NaN", "+Inf", "-Inf" -> Double.NaN;
            default -> number(text);
        };
        return Double.isFinite(value)
                ? new Reading.Value(value, -1)
                : new Reading.Nothing("the answer is " + text + ", which is what comes of no calls");
    }

    private static double number(String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException("answered with a value that is no number", e);
        }
    }
}
