package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final AuthorizationSettings settings = AuthorizationSettings.defaults();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example",
                "https://id.example/",
                "https://id.example/tenant",
                "https://id.example?a=b",
                "https://id.example#a",
                "ftp://id.example",
                "http://127.evil.example",
                "/relative",
                "mailto:id@id.example"
            })
    void anIssuerIsABareOrigin(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.issuer(URI.create(issuer)))
                .withMessage("an issuer must be https://host or https://host:port, without a path"
                        + " (http only for loopback), but was '" + issuer + "'");
    }

    @Test
    void anIssuerDoesNotCarryAPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.issuer(URI.create("https://me:canary@id.example")))
                .withMessage("an issuer must not carry a user or a password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example:8443", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1"})
    void anIssuerMayBe(String issuer) {
        assertThat(settings.issuer(URI.create(issuer)).issuer).hasToString(issuer);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aPortIsInRange(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.port(port))
                .withMessage("a port must be 0 to 65535, but was " + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5M", "PT0.999S", "PT24H0.001S"})
    void aLifetimeIsInRange(Duration lifetime) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.accessTokenLifetime(lifetime))
                .withMessage("an access token's lifetime must be 1 s to 24 h, but was " + lifetime);
    }

    @Test
    void anAudienceIsNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.audience(""))
                .withMessage("an audience must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tab\t", "ä"})
    void aClientIdIsPrintableAscii(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.of(id, Secret.of("s")))
                .withMessage("a client's id must be 1 to 200 characters of printable ASCII, but was '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "quo\"te", "back\\slash", "ä"})
    void aScopeIsAToken(String scope) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.of("shop", Secret.of("s")).scopes(scope))
                .withMessage("client 'shop': a scope must be printable ASCII without spaces, quotes and backslashes,"
                        + " but was '" + scope + "'");
    }

    @Test
    void aClientsAudienceIsNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.of("shop", Secret.of("s")).audiences("orders", ""))
                .withMessage("client 'shop': an audience must not be empty");
    }

    @Test
    void aRegistrationPrintsWithoutItsSecret() {
        assertThat(ClientRegistration.of("shop", Secret.of("canary")).scopes("orders.read"))
                .hasToString("ClientRegistration[id=shop, client_secret_basic, scopes=[orders.read], audiences=[],"
                        + " grants=[client_credentials]]");
    }
}
