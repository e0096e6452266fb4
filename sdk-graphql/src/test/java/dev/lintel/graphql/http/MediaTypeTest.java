package dev.lintel.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
    @ParameterizedTest(name = "{0} gets {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | JSON",
                "application/graphql-response+json | RESPONSE",
                "Application/GraphQL-Response+JSON; charset=UTF-8 | RESPONSE",
                "application/graphql-response+json, application/json;q=0.9 | RESPONSE",
                "application/graphql-response+json;q=0.8, application/json;q=0.9 | JSON",
                "application/json, application/graphql-response+json | RESPONSE",
                "*/* | JSON",
                "application/* | JSON",
                "application/graphql-response+json, */* | RESPONSE",
                "application/graphql-response+json;q=0.1, */* | JSON",
                "application/json;q=0, */* | RESPONSE",
                "application/json;q=0, application/*;q=0.3 | RESPONSE",
                "text/html, application/xhtml+xml, */*;q=0.8 | JSON",
                "text/event-stream | EVENTS",
                "text/event-stream, application/json;q=0.5 | EVENTS",
                "text/event-stream;q=0.5, application/json | JSON",
                "application/json, multipart/mixed | JSON",
                "application/json;p=\"a,b;q=0\" | JSON",
                "'application/json;q=\"0.5\", text/event-stream;q=0.4' | JSON",
                "application/json;q=1.000 | JSON",
            })
    void theHeaviestTypeThatIsNamedIsWritten(String accept, MediaType expected) {
        assertThat(MediaType.negotiate(accept)).contains(expected);
    }

    @ParameterizedTest(name = "{0} gets nothing")
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html",
                "text/*",
                "application/json;q=0",
                "application/json;charset=iso-8859-1",
                "application/json;q=2",
                "application/json;q=0.0000",
                "application/json;q=x",
                "application/json;q=1.5",
                "*/json",
                "json",
                "application/",
                "*/*;q=0",
            })
    void whatCannotBeWrittenIsNotChosen(String accept) {
        assertThat(MediaType.negotiate(accept)).isEmpty();
    }

    @Test
    void whoSaysNothingGetsJson() {
        assertThat(MediaType.negotiate(null)).isEqualTo(Optional.of(MediaType.JSON));
        assertThat(MediaType.negotiate("  ")).isEqualTo(Optional.of(MediaType.JSON));
    }
}
