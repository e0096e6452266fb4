package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.upstream.Header;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service is asked for what the graph reads. */
class AcceptsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content: {application/json: {schema: {}}}   | application/json, application/problem+json;q=0.8",
                "content: {'*/*': {schema: {}}}              | application/json, application/problem+json;q=0.8",
                "content: {text/csv: {}, text/html: {}}      | text/csv, application/problem+json;q=0.8",
                "content: {'image/*': {}}                    | image/*, application/problem+json;q=0.8",
                "description: nothing                        | */*",
                "content: {application/vnd.a+json: {schema: {}}} |"
                        + " application/vnd.a+json, application/json;q=0.9, application/problem+json;q=0.8",
            })
    void byTheTypeOfTheAnswer(String answer, String accept) {
        Written written = Written.of("""
                openapi: 3.0.3
                paths: {/a: {get: {operationId: a, responses: {'200': {%s}}}}}
                """.formatted(answer));

        assertThat(written.write("GET /a", Map.of()).headers()).containsExactly(new Header("Accept", accept));
    }
}
