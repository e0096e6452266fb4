package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is too much is refused before anything is called. */
class GraphLimitsTest extends ServedShop {
    @AfterEach
    void nothingWasAsked() {
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aThousandAliases() {
        String aliases =
                IntStream.range(0, 1_000).mapToObj(i -> "a" + i + ": ping").collect(Collectors.joining(" "));

        assertThat(answer("{ " + aliases + " }")).isEqualTo(refused("100 aliases, fragments counted at each use"));
    }

    @Test
    void fragmentsThatDoubleEachOther() {
        StringBuilder query = new StringBuilder("{ ...F0 } fragment F40 on Query { ping }");
        for (int i = 0; i < 40; i++) {
            query.append(" fragment F" + i + " on Query { ...F" + (i + 1) + " ... on Query { ...F" + (i + 1) + " } }");
        }

        assertThat(answer(query.toString())).isEqualTo(refused("2000 fields, fragments counted at each use"));
    }

    @Test
    void fragmentsThatDoubleNothing() {
        StringBuilder query = new StringBuilder("{ ...F0 } fragment F40 on Query { ...F0 }");
        for (int i = 0; i < 40; i++) {
            query.append(" fragment F" + i + " on Query { ...F" + (i + 1) + " ... on Query { ...F" + (i + 1) + " } }");
        }

        assertThat(answer(query.toString())).isEqualTo(refused("20000 selections, fragments counted at each use"));
    }

    @Test
    void deepQueries() {
        engine = engine.limits(GraphLimits.DEFAULT.depth(3));

        assertThat(answer("{ orders { items { buyer { id } } } }")).isEqualTo(refused("3 levels of fields"));
    }

    @Test
    void longTextsAndManyTokens() {
        assertThat(answer("{ ping }" + " ".repeat(100_000))).isEqualTo(refused("100000 characters"));
        assertThat(answer("{ note(a: [" + "1 ".repeat(10_000) + "]) }"))
                .isEqualTo(refused("10000 words and marks, or is too deep"));
        assertThat(answer("{ note(a: " + "[".repeat(9_000) + ") }"))
                .isEqualTo(refused("10000 words and marks, or is too deep"));
    }

    @Test
    void whatMayNeedTooManyCalls() {
        engine = engine.limits(GraphLimits.DEFAULT.calls(100));

        assertThat(answer("{ orders { items { buyer { id } } } }"))
                .isEqualTo("{\"errors\":[{\"message\":\"the query may need 101 calls of services, more than 100\","
                        + "\"extensions\":{\"code\":\"LIMIT_EXCEEDED\"}}]}");
    }

    @Test
    void wrongDocumentsAndVariables() {
        assertThat(engine.execute(GraphRequest.of("{ ping"), GraphCaller.ANONYMOUS)
                        .codes())
                .containsExactly("GRAPHQL_PARSE_FAILED");
        assertThat(engine.execute(GraphRequest.of("{ pong }"), GraphCaller.ANONYMOUS)
                        .codes())
                .containsExactly("GRAPHQL_VALIDATION_FAILED");
        assertThat(engine.execute(GraphRequest.of("query A { ping } query B { ping }"), GraphCaller.ANONYMOUS)
                        .codes())
                .containsExactly("GRAPHQL_VALIDATION_FAILED");
        GraphRequest secret =
                GraphRequest.of("query($id: Long!) { order(id: $id) { id } }").variables(Map.of("id", "s3cret"));
        assertThat(engine.execute(secret, GraphCaller.ANONYMOUS).codes()).containsExactly("BAD_USER_INPUT");
        assertThat(secret).asString().doesNotContain("s3cret");
    }

    private static String refused(String what) {
        return "{\"errors\":[{\"message\":\"the document has more than " + what
                + "\",\"extensions\":{\"code\":\"LIMIT_EXCEEDED\"}}]}";
    }
}
