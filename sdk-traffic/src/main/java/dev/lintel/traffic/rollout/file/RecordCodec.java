package dev.lintel.traffic.rollout.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.traffic.Split;
import dev.lintel.traffic.rollout.RolloutRecord;
import dev.lintel.traffic.rollout.RolloutState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A record as JSON (RFC 8259). Reading is strict: each member once, of its type, and no other. Steps are counted from 1 as
 * people do, 0 before the first.
 */
final class RecordCodec {
    private static final String KIND = "Rollout/v1";
    private static final List<String> MEMBERS =
            List.of("kind", "api", "version", "steps", "original", "state", "step", "set", "end", "keep", "why");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private RecordCodec() {}

    static byte[] write(RolloutRecord record) throws IOException {
        ObjectNode json = MAPPER.createObjectNode()
                .put("kind", KIND)
                .put("api", record.api())
                .put("version", record.version());
        record.steps().forEach(json.putArray("steps")::add);
        ObjectNode original = json.putObject("original");
        record.original().forEach(share -> original.put(share.version(), share.weight()));
        json.put("state", word(record.state()))
                .put("step", record.step() + 1)
                .put("set", record.set() + 1)
                .put("end", word(record.end()))
                .put("keep", record.keep())
                .put("why", record.why());
        return MAPPER.writeValueAsBytes(json);
    }

    /** What is wrong is told in the message. */
    static RolloutRecord read(String api, byte[] bytes) {
        JsonNode json = tree(bytes);
        if (!json.isObject() || !KIND.equals(json.path("kind").textValue())) {
            throw new IllegalArgumentException("its kind is not " + KIND);
        }
        Iterator<String> names = json.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("it has a member that is not known, '" + name + "'");
            }
        }
        if (!text(json, "api").equals(api)) {
            throw new IllegalArgumentException("it is about '" + text(json, "api") + "'");
        }
        return new RolloutRecord(
                api,
                text(json, "version"),
                steps(member(json, "steps")),
                original(member(json, "original")),
                state(text(json, "state")),
                number("step", member(json, "step")) - 1,
                number("set", member(json, "set")) - 1,
                state(text(json, "end")),
                flag(member(json, "keep")),
                text(json, "why"));
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON, or only a part of it", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }

    private static JsonNode member(JsonNode json, String name) {
        JsonNode member = json.get(name);
        if (member == null) {
            throw new IllegalArgumentException("it has no '" + name + "'");
        }
        return member;
    }

    private static String text(JsonNode json, String name) {
        JsonNode member = member(json, name);
        if (!member.isTextual()) {
            throw new IllegalArgumentException("its '" + name + "' is no text");
        }
        return member.textValue();
    }

    private static int number(String name, JsonNode number) {
        if (!number.isInt()) {
            throw new IllegalArgumentException("its '" + name + "' is no whole number");
        }
        return number.intValue();
    }

    private static boolean flag(JsonNode flag) {
        if (!flag.isBoolean()) {
            throw new IllegalArgumentException("its 'keep' is neither true nor false");
        }
        return flag.booleanValue();
    }

    private static List<Integer> steps(JsonNode array) {
        List<Integer> steps = new ArrayList<>();
        for (JsonNode step : array) {
            steps.add(number("steps", step));
        }
        return steps;
    }

    private static List<Split.Share> original(JsonNode object) {
        List<Split.Share> shares = new ArrayList<>();
        for (Map.Entry<String, JsonNode> share : object.properties()) {
            shares.add(new Split.Share(share.getKey(), number("original", share.getValue())));
        }
        return shares;
    }

    private static String word(RolloutState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static RolloutState state(String word) {
        for (RolloutState state : RolloutState.values()) {
            if (word(state).equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no state of a rollout");
    }
}
