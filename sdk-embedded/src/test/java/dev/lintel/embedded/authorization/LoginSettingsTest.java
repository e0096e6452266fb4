package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginSettingsTest {
    private final LoginSettings settings = LoginSettings.defaults();

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "P30DT0.001S", "PT-1S"})
    void aLoginsLifetimeIsInRange(Duration lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.sessionLifetime(lifetime))
                .withMessage("a login's lifetime must be PT1S to PT720H, but was " + lifetime);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 10_000_001})
    void theRoundsOfAHashAreInRange(int rounds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.passwordRounds(rounds))
                .withMessage("rounds of a password hash must be 1000 to 10000000, but was " + rounds);
    }

    @Test
    void onlyAScopeCanBeDescribed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.describe("two words", "x"))
                .withMessage(
                        "a scope must be printable ASCII without spaces, quotes and backslashes, but was 'two words'");
    }

    @Test
    void eachSaidThingLeavesTheOthers() {
        LoginSettings said = settings.sessionLifetime(Duration.ofHours(1))
                .pushedRequestsOnly()
                .passwordRounds(2_000)
                .describe("a", "A")
                .describe("b", "B");
        assertThat(said.sessionLifetime).isEqualTo(Duration.ofHours(1));
        assertThat(said.pushedOnly).isTrue();
        assertThat(said.passwordRounds).isEqualTo(2_000);
        assertThat(said.descriptions).containsExactly(Map.entry("a", "A"), Map.entry("b", "B"));
        assertThat(settings.descriptions).isEmpty();
        assertThat(settings.pushedOnly).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tab\t", "x y"})
    void aClientsNameIsForPeople(String name) {
        ClientRegistration client = ClientRegistration.of("shop", Secret.of("s"));
        String shown = name.equals("x y") ? "x".repeat(101) : name;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.name(shown))
                .withMessage("client 'shop': a name must be 1 to 100 characters without control characters, but was '"
                        + shown + "'");
    }

    @Test
    void behindSomethingElseAnAddressIsTheLastThatItHasNoted() {
        assertThat(new Addresses(true).of(from("X-Forwarded-For: 1.1.1.1, 2.2.2.2")))
                .isEqualTo("2.2.2.2");
        assertThat(new Addresses(true).of(from("X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 2.2.2.2")))
                .isEqualTo("2.2.2.2");
        assertThat(new Addresses(true).of(from())).isEqualTo("9.9.9.9");
        assertThat(new Addresses(true).of(from("X-Forwarded-For: " + "1".repeat(100))))
                .isEqualTo("1".repeat(64));
        assertThat(new Addresses(false).of(from("X-Forwarded-For: 1.1.1.1"))).isEqualTo("9.9.9.9");
    }

    private static Received from(String... headers) {
        List<Map.Entry<String, String>> all = Stream.of(headers)
                .map(header -> header.split(": "))
                .map(header -> Map.entry(header[0], header[1]))
                .toList();
        return new Received("GET", "/", "", all, new byte[0], "9.9.9.9", List.of());
    }
}
