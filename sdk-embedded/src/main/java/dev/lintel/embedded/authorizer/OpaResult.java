package dev.lintel.embedded.authorizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.evaluate.Verdict.Edit.Kind;
import dev.lintel.embedded.authorizer.Edits.Side;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what OPA's data API answers, as its Envoy plugin does: a boolean, or an object that says {@code allowed}.
 *
 * <p>Anything else is no answer. One thing is stricter than in the plugin: where {@code allowed} is false, the request is
 * refused, whatever is wrong with the rest; otherwise an authorizer that fails open would let it pass.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/envoy/primer">OPA, Envoy primer</a>
 */
public final class OpaResult {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** Those of Envoy's {@code envoy.type.v3.StatusCode} that answer a request: by ext_authz no other can be said. */
    private static final Set<Integer> STATUSES = Set.of(
            200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402,
            403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 426, 428,
            429, 431, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);

    private OpaResult() {}

    /**
     * Reads an answer.
     *
     * @param body as it came with status 200
     * @return a verdict; {@link Verdict.Failed} if it says none
     */
    public static Answer read(byte[] body) {
        JsonNode whole;
        try {
            whole = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Answer.failed("its answer is not JSON");
        } catch (IOException e) {
            return Answer.failed("its answer cannot be read");
        }
        JsonNode result = whole.path("result");
        String id = whole.path("decision_id").asText("");
        if (result.isMissingNode()) {
            return new Answer(new Verdict.Failed("the decision is undefined"), Map.of(), id);
        }
        if (result.isBoolean()) {
            Verdict simple = result.booleanValue() ? Verdict.ALLOWED : new Verdict.Denied(403, List.of(), "");
            return new Answer(simple, Map.of(), id);
        }
        JsonNode allowed = result.isObject() ? result.path("allowed") : MissingNode.getInstance();
        if (!allowed.isBoolean()) {
            String why = result.isObject() ? "the decision does not say 'allowed'" : "the decision is not a boolean";
            return new Answer(new Verdict.Failed(why), Map.of(), id);
        }
        return allowed.booleanValue() ? allowed(result, id) : denied(result, id);
    }

    private static Answer allowed(JsonNode result, String id) {
        try {
            Edits request = new Edits(Side.REQUEST);
            headers(request, result.path("headers"), "headers");
            for (String name : texts(result.path("request_headers_to_remove"), "request_headers_to_remove")) {
                request.header(Kind.REMOVE, name, "");
            }
            query(request, result);
            Edits response = new Edits(Side.RESPONSE);
            headers(response, result.path("response_headers_to_add"), "response_headers_to_add");
            return new Answer(new Verdict.Allowed(request.all(), response.all()), metadata(result), id);
        } catch (WrongType | IllegalEdit e) {
            return new Answer(new Verdict.Failed(String.valueOf(e.getMessage())), Map.of(), id);
        }
    }

    private static Answer denied(JsonNode result, String id) {
        try {
            Edits edits = new Edits(Side.REFUSAL);
            headers(edits, result.path("headers"), "headers");
            JsonNode body = result.path("body");
            require(body.isMissingNode() || body.isTextual(), "body", "text");
            return new Answer(
                    new Verdict.Denied(status(result.path("http_status")), edits.all(), body.asText("")),
                    metadata(result),
                    id);
        } catch (WrongType | IllegalEdit e) {
            return new Answer(new Verdict.Denied(403, List.of(), ""), Map.of(), id);
        }
    }

    private static int status(JsonNode said) throws WrongType {
        if (said.isMissingNode()) {
            return 403;
        }
        boolean good = said.isIntegralNumber() && said.canConvertToInt();
        require(good && STATUSES.contains(said.intValue()), "http_status", "a status that Envoy knows, as a number");
        return said.intValue();
    }

    private static Map<String, Object> metadata(JsonNode result) throws WrongType {
        JsonNode said = result.path("dynamic_metadata");
        require(said.isMissingNode() || said.isObject(), "dynamic_metadata", "an object");
        return said.isMissingNode() ? Map.of() : JSON.convertValue(said, OBJECT);
    }

    private static void headers(Edits to, JsonNode said, String field) throws WrongType, IllegalEdit {
        require(said.isMissingNode() || said.isObject() || said.isArray(), field, "an object, or a list of objects");
        if (said.isArray()) {
            for (JsonNode one : said) {
                require(one.isObject(), field, "an object, or a list of objects");
                object(to, one, field);
            }
        } else {
            object(to, said, field);
        }
    }

    /** Several values for one name are several fields: the first takes the place of what is there. */
    private static void object(Edits to, JsonNode said, String field) throws WrongType, IllegalEdit {
        for (Map.Entry<String, JsonNode> entry : said.properties()) {
            Kind kind = Kind.SET;
            for (String value : values(entry.getValue(), field)) {
                to.header(kind, entry.getKey(), value);
                kind = Kind.ADD;
            }
        }
    }

    private static void query(Edits to, JsonNode result) throws WrongType, IllegalEdit {
        JsonNode set = result.path("query_parameters_to_set");
        require(set.isMissingNode() || set.isObject(), "query_parameters_to_set", "an object");
        for (Map.Entry<String, JsonNode> entry : set.properties()) {
            for (String value : values(entry.getValue(), "query_parameters_to_set")) {
                to.query(Kind.SET_QUERY, entry.getKey(), value);
            }
        }
        for (String name : texts(result.path("query_parameters_to_remove"), "query_parameters_to_remove")) {
            to.query(Kind.REMOVE_QUERY, name, "");
        }
    }

    private static List<String> values(JsonNode said, String field) throws WrongType {
        return said.isTextual() ? List.of(said.textValue()) : texts(said, field);
    }

    private static List<String> texts(JsonNode said, String field) throws WrongType {
        require(said.isMissingNode() || said.isArray(), field, "text, or a list of it");
        for (JsonNode one : said) {
            require(one.isTextual(), field, "text, or a list of it");
        }
        return said.isMissingNode() ? List.of() : JSON.convertValue(said, new TypeReference<List<String>>() {});
    }

    private static void require(boolean is, String field, String wanted) throws WrongType {
        if (!is) {
            throw new WrongType("'" + field + "' must be " + wanted);
        }
    }

    private static final class WrongType extends Exception {
        private static final long serialVersionUID = 1L;

        WrongType(String message) {
            super(message);
        }
    }
}
