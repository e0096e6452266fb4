package dev.lintel.graphql.http;

import static dev.lintel.graphql.http.Served.line;
import static dev.lintel.graphql.http.Served.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchTest {
    private static final String NAME = "{\"query\":\"{ __typename }\"}";

    private final Served served = new Served(HttpSettings.DEFAULT.batch(2));

    @Test
    void severalOperationsAreAnsweredInTheirOrder() {
        assertThat(line(served.post("[" + NAME + ",{\"query\":\"{ nobody }\"}]")))
                .startsWith("200 json [{\"data\":{\"__typename\":\"Query\"}},{\"errors\":[{\"message\":");
        assertThat(text(served.post("[" + NAME + "]"))).isEqualTo("[{\"data\":{\"__typename\":\"Query\"}}]");
        assertThat(text(served.post(NAME))).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    }

    @Test
    void oneThatIsNotKnownLeavesTheOthersAlone() {
        assertThat(text(served.post("[{\"documentId\":\"x\"}," + NAME + "]")))
                .isEqualTo("[{\"errors\":[{\"message\":\"there is no document with this id\",\"extensions\":"
                        + "{\"code\":\"DOCUMENT_NOT_FOUND\"}}]},{\"data\":{\"__typename\":\"Query\"}}]");
    }

    @Test
    void moreThanAllowedOrNoneAreRefused() {
        assertThat(text(served.post("[" + NAME + "," + NAME + "," + NAME + "]")))
                .contains("a request must have 1 to 2 operations, but has 3");
        assertThat(served.post("[]").status()).isEqualTo(400);
        assertThat(served.post("[7]").status()).isEqualTo(400);
        assertThat(served.post("[" + NAME + "]", "accept", "text/event-stream").status())
                .isEqualTo(400);
    }

    @Test
    void aHundredIsTheMost() {
        assertThat(HttpSettings.DEFAULT.batch(100).batch()).isEqualTo(100);
        assertThatThrownBy(() -> HttpSettings.DEFAULT.batch(101))
                .hasMessage("a request may have 0 to 100 operations in a list, but not 101");
    }
}
