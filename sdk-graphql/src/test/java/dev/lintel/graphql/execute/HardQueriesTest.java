package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Valid documents whose values, or whose answers, are too much. */
class HardQueriesTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /first:
                get:
                  operationId: first
                  parameters: [{name: n, in: query, required: true, schema: {type: integer, format: int32}}]
                  responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
              /put:
                post:
                  operationId: put
                  requestBody: {required: true, content: {application/json: {schema:
                    {oneOf: [{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]}}}}
                  responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
            components: {schemas: {A: {type: object, properties: {p: {type: string}}}, B: {type: object, properties: {q: {type: string}}}}}
            """;

    @Test
    void aVariableThatIsNullInPlaceOfItsDefaultIsAnErrorOfItsField() {
        assertThat(answer(
                        "[]",
                        "query($n: Int = 3) { first(n: $n) other: first(n: 1) }",
                        Collections.singletonMap("n", null)))
                .startsWith(
                        "{\"data\":{\"first\":null,\"other\":[]},\"errors\":[{\"message\":\"a variable has no value that its")
                .contains("\"path\":[\"first\"],\"extensions\":{\"code\":\"BAD_USER_INPUT\"}");
    }

    @Test
    void aNullAsTheOneChoiceIsRefused() {
        assertThat(answer("[]", "mutation { put(input: {a: null}) }", Map.of()))
                .startsWith("{\"errors\":[")
                .contains("\"code\":\"BAD_USER_INPUT\"");
        assertThat(answer("[]", "mutation($a: AInput) { put(input: {a: $a}) }", Collections.singletonMap("a", null)))
                .doesNotContain("\"put\":[]");
    }

    @Test
    void anAnswerOfTooManyBytesIsNotHeldInMemory() {
        String megabyte = "[\"" + "x".repeat(1 << 20) + "\"]";

        assertThat(answer(megabyte, aliases(40), Map.of()))
                .isEqualTo("{\"data\":null,\"errors\":[{\"message\":\"the answer has more than 33554432 bytes\","
                        + "\"extensions\":{\"code\":\"LIMIT_EXCEEDED\"}}]}");
        assertThat(answer(megabyte, aliases(20), Map.of()))
                .hasSizeGreaterThan(20 << 20)
                .doesNotContain("errors");
    }

    @Test
    void whatServicesAnswerForOneQueryIsNotHeldWithoutEnd() {
        String sixMegabytes = "[" + " ".repeat(6 << 20) + "\"x\"]";
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 12; i++) {
            query.append(" a").append(i).append(": first(n: ").append(i).append(")");
        }

        String answer = answer(sixMegabytes, query.append(" }").toString(), Map.of());

        assertThat(answer.split("\\[\"x\"]", -1)).hasSize(11);
        assertThat(answer.split("\"UPSTREAM_TOO_LARGE\"", -1)).hasSize(3);
    }

    @Test
    void anAnswerOfTooManyValuesEndsWhereTheyAreTooMany() {
        String list = "[" + "\"x\",".repeat(199_999) + "\"x\"]";

        assertThat(answer(list, aliases(4), Map.of())).doesNotContain("errors");
        assertThat(answer(list, aliases(6), Map.of())).contains("LIMIT_EXCEEDED", "\"path\":[\"a4\",");
    }

    private static String aliases(int count) {
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            query.append(" a").append(i).append(": first(n: 1)");
        }
        return query.append(" }").toString();
    }

    private static String answer(String served, String query, Map<String, Object> variables) {
        Upstream upstream = request -> new UpstreamAnswer(
                200, List.of(new Header("Content-Type", "application/json")), served.getBytes(StandardCharsets.UTF_8));
        GraphEngine engine = GraphEngine.of(Graph.of("hard").from(OpenApi.of("hard", DOCUMENT)), upstream);
        GraphAnswer answer = engine.execute(GraphRequest.of(query).variables(variables), GraphCaller.ANONYMOUS);
        return new String(answer.json(), StandardCharsets.UTF_8);
    }
}
