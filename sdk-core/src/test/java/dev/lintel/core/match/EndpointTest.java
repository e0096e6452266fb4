package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static final String METHODS =
            "a method must be upper-case letters, several joined by ',' and none for all of"
                    + " them, as in 'GET,POST /orders' and '/orders', but was ";

    @ParameterizedTest
    @ValueSource(strings = {"/**", "/a", "GET /a", "GET,POST /a/{id}/**"})
    void printsAsItWasRead(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @Test
    void keepsEachMethodOnce() {
        assertThat(Endpoint.parse("POST,GET,POST /a").methods()).containsExactly("POST", "GET");
    }

    @Test
    void isEveryMethodOnEveryPathUnlessSaid() {
        assertThat(Endpoint.any()).isEqualTo(Endpoint.parse("/**"));
        assertThat(Endpoint.any().allows("ANYTHING")).isTrue();
    }

    @Test
    void headFollowsGet() {
        assertThat(Endpoint.parse("GET /a").allows("HEAD")).isTrue();
        assertThat(Endpoint.parse("GET,POST /a").allows("HEAD")).isTrue();
        assertThat(Endpoint.parse("POST /a").allows("HEAD")).isFalse();
        assertThat(Endpoint.parse("HEAD /a").allows("GET")).isFalse();
    }

    @Test
    void methodsAreComparedWithCase() {
        assertThat(Endpoint.parse("GET /a").allows("get")).isFalse();
        assertThat(Endpoint.parse("GET /a").allows("head")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "get /a | " + METHODS + "'get'",
                "GET|POST /a | " + METHODS + "'GET|POST'",
                "* /a | " + METHODS + "'*'",
                "GET,,POST /a | " + METHODS + "''",
                "GET, POST /a | a path pattern must start with '/', but was 'POST /a'",
                "GET  /a | a path pattern must start with '/', but was ' /a'",
                "GET | a path pattern must start with '/', but was 'GET'",
                "/a b | a path pattern must start with '/', but was 'b'",
            })
    void refusesWhatIsNoEndpoint(String text, String message) {
        assertThatThrownBy(() -> Endpoint.parse(text)).hasMessage(message);
    }

    @Test
    void refusesAMethodThatIsNoToken() {
        assertThatThrownBy(() -> new Endpoint(List.of("A".repeat(21)), PathPattern.ANY))
                .hasMessage(METHODS + "'" + "A".repeat(21) + "'");
    }
}
