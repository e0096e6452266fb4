package dev.lintel.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchTest {
    @Test
    void printsAsPeopleReadIt() {
        assertThat(Match.match("GET /a/**").header("X-Beta", "1").query("q", "a b"))
                .hasToString("GET /a/** header x-beta=1 query q=a b");
        assertThat(Match.any()).hasToString("/**");
    }

    @Test
    void isEqualByValue() {
        assertThat(Match.match("/a").header("X", "1"))
                .isEqualTo(Match.match("/a").header("x", "1"));
        assertThat(Match.match("/a").header("X", "1")).isNotEqualTo(Match.match("/a"));
    }

    @Test
    void knowsWhetherItAsksForMoreThanAnEndpoint() {
        assertThat(Match.any().isEndpointOnly()).isTrue();
        assertThat(Match.any().header("a", "b").isEndpointOnly()).isFalse();
        assertThat(Match.any().query("a", "b").isEndpointOnly()).isFalse();
    }

    @Test
    void refusesToAskForAnythingTwice() {
        Match match = Match.any().header("x-a", "1").query("q", "1");
        assertThatThrownBy(() -> match.header("X-A", "2")).hasMessage("header 'x-a' is asked for twice: '1' and '2'");
        assertThatThrownBy(() -> match.query("q", "2"))
                .hasMessage("query parameter 'q' is asked for twice: '1' and '2'");
        Map<String, String> both = new LinkedHashMap<>();
        both.put("x-a", "1");
        both.put("X-A", "2");
        assertThatThrownBy(() -> new Match(Endpoint.any(), both, Map.of()))
                .hasMessage("header 'x-a' is asked for twice: '1' and '2'");
    }

    @Test
    void refusesAConditionWithoutAName() {
        assertThatThrownBy(() -> Match.any().header(" ", "1")).hasMessage("a header must have a name");
        assertThatThrownBy(() -> Match.any().query("", "1")).hasMessage("a query parameter must have a name");
    }
}
