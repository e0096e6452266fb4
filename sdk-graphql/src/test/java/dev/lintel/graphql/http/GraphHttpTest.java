package dev.lintel.graphql.http;

import static dev.lintel.graphql.http.Served.RESPONSE;
import static dev.lintel.graphql.http.Served.encoded;
import static dev.lintel.graphql.http.Served.line;
import static dev.lintel.graphql.http.Served.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.front.FrontAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL over HTTP, request by request. */
class GraphHttpTest {
    private static final String PET = "{\"query\":\"{ pet(id: \\\"1\\\") { name } }\"}";
    private static final String REX = "{\"data\":{\"pet\":{\"name\":\"Rex\"}}}";

    private final Served served = new Served(HttpSettings.DEFAULT);

    @Test
    void aQueryIsAnsweredInTheTypeThatIsAccepted() {
        assertThat(line(served.post(PET))).isEqualTo("200 json " + REX);
        FrontAnswer answer = served.post(PET, "accept", RESPONSE);
        assertThat(line(answer)).isEqualTo("200 graphql-response+json " + REX);
        assertThat(answer.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type",
                        "application/graphql-response+json; charset=utf-8",
                        "cache-control",
                        "no-store",
                        "vary",
                        "accept",
                        "x-content-type-options",
                        "nosniff"));
    }

    @Test
    void aQueryWithGetAndVariables() {
        String query = "query=" + encoded("query Q($id: String!) { pet(id: $id) { name } }") + "&variables="
                + encoded("{\"id\":\"1\"}") + "&operationName=";
        assertThat(line(served.get(query))).isEqualTo("200 json " + REX);
        assertThat(served.asked).containsExactly("GET /pets/1");
    }

    @Test
    void anErrorOfAFieldIsPartialSuccessWhereTheTypeKnowsOfIt() {
        String missing = PET.replace("\\\"1\\\"", "\\\"0\\\"");
        assertThat(served.post(missing, "accept", RESPONSE).status()).isEqualTo(294);
        assertThat(served.post(missing).status()).isEqualTo(200);
        assertThat(text(served.post(missing)))
                .contains("\"data\":{\"pet\":null}")
                .contains("\"errors\":[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":\"{\"}",
                "{\"query\":\"{ nobody }\"}",
                "{\"query\":\"query A { __typename } query B { __typename }\"}",
                "{\"query\":\"query Q($id: String!) { pet(id: $id) { name } }\",\"variables\":{\"id\":null}}",
            })
    void whatIsNotExecutedIs400OrAsJson200(String body) {
        FrontAnswer response = served.post(body, "accept", RESPONSE);
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).startsWith("{\"errors\":[{\"message\":").doesNotContain("\"data\"");
        assertThat(served.post(body, "accept", "application/json").status()).isEqualTo(200);
        assertThat(served.asked).isEmpty();
    }

    @ParameterizedTest(name = "{0} is told: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"qeury\":\"{ __typename }\"} | a request must have 'query', a string",
                "{\"query\":null} | a request must have 'query', a string",
                "{\"query\":7} | 'query' must be a string",
                "{\"query\":\"{ __typename }\",\"operationName\":[]} | 'operationName' must be a string",
                "{\"query\":\"{ __typename }\",\"variables\":\"{}\"} | 'variables' must be a JSON object",
                "{\"query\":\"{ __typename }\",\"extensions\":false} | 'extensions' must be a JSON object",
                "{\"query\":\"{ __typename }\",\"documentId\":\"a\"} | a request must have 'query' or 'documentId', but has both",
                "{\"query\":\"{ __typename }\",\"query\":\"{ pet }\"} | the body is not JSON, or names a member twice",
                "{\"not a JSON | the body is not JSON, or names a member twice",
                "7 | a request must be a JSON object",
                "`` | the body is empty, where JSON is needed",
                "[] | the body must be an object: several operations in one request are not allowed",
            })
    void aRequestThatIsNotWellFormedIs400InEveryType(String body, String message) {
        for (String accept : new String[] {"application/json", RESPONSE}) {
            FrontAnswer answer = served.post(body, "accept", accept);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(text(answer))
                    .isEqualTo("{\"errors\":[{\"message\":\"" + message
                            + "\",\"extensions\":{\"code\":\"BAD_REQUEST\"}}]}");
        }
    }

    @Test
    void membersThatAreNotKnownAreLeftAlone() {
        assertThat(served.post(
                                "{\"query\":\"{ __typename }\",\"id\":\"x\",\"variables\":null,\"extensions\":{\"a\":1}}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | 200",
                "application/json; charset=utf-8 | 200",
                "Application/JSON; charset=\"UTF-8\" | 200",
                "application/json; charset=utf-16 | 415",
                "application/json, text/plain | 415",
                "text/plain;charset=UTF-8 | 415",
                "application/x-www-form-urlencoded | 415",
                "multipart/form-data; boundary=a | 415",
                "application/graphql | 415",
            })
    void theBodyMustBeJson(String type, int status) {
        assertThat(served.post(PET, "content-type", type).status()).isEqualTo(status);
    }

    @Test
    void aBodyWithoutItsTypeOrCompressedIsRefused() {
        assertThat(served.send("POST", "/graphql", null, Map.of(), PET.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(served.post(PET, "content-encoding", "gzip").status()).isEqualTo(415);
    }

    @Test
    void aMutationNeedsPost() {
        String mutation = "mutation { addPet { name } }";
        FrontAnswer answer = served.get("query=" + encoded(mutation), "accept", RESPONSE);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "POST");
        assertThat(served.asked).isEmpty();

        assertThat(text(served.post("{\"query\":\"" + mutation + "\"}")))
                .isEqualTo("{\"data\":{\"addPet\":{\"name\":\"Rex\"}}}");
        assertThat(served.asked).containsExactly("POST /pets");
    }

    @Test
    void theOperationThatIsNamedDecidesWhetherItIsAMutation() {
        String both = "query=" + encoded("query A { __typename } mutation B { addPet { name } }") + "&operationName=";
        assertThat(served.get(both + "A").status()).isEqualTo(200);
        assertThat(served.get(both + "B").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get"})
    void otherMethodsAreNotAllowed(String method) {
        FrontAnswer answer = served.send(method, "/graphql", null, Map.of(), new byte[0]);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "GET, POST");
    }

    @Test
    void whatCannotBeWrittenIsNotAcceptable() {
        FrontAnswer answer = served.post(PET, "accept", "text/html");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.headers()).containsEntry("content-type", "application/json; charset=utf-8");
        assertThat(served.asked).isEmpty();
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        Served small = new Served(HttpSettings.DEFAULT.limits(new Limits(100, 10, 10)));
        assertThat(small.post("x".repeat(101)).status()).isEqualTo(413);
        assertThat(small.get("query=" + "x".repeat(100)).status()).isEqualTo(414);
        assertThat(small.post("x".repeat(100)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query=a&query=b",
                "query=%",
                "query=%2",
                "query=%zz",
                "query=%ff",
                "query=ä",
                "query=%EF%BC%9",
                "",
                "query=%7B__typename%7D&variables=",
                "query=%7B__typename%7D&variables=%5B%5D"
            })
    void anAddressThatIsNotWellFormedIs400(String query) {
        assertThat(served.get(query).status()).isEqualTo(400);
    }

    @Test
    void otherPathsAreNotThere() {
        assertThat(served.send("GET", "/graphql/x", null, Map.of(), new byte[0]).status())
                .isEqualTo(404);
        assertThat(served.send("GET", "/graphiql", null, Map.of(), new byte[0]).status())
                .isEqualTo(404);
    }
}
