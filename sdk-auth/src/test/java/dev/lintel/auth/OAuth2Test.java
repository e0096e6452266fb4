package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.TrustedIssuer.issuer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class OAuth2Test {
    private static final OAuth2 POLICY = oauth2("https://id.example");

    @Test
    void policiesAreValues() {
        OAuth2 said = POLICY.audience("orders")
                .scope("/orders/**", "orders.read")
                .authenticated("/me/**")
                .publicPaths("/health")
                .deny("/internal/**")
                .claim("tenant", "acme", "beta");
        OAuth2 again = POLICY.audience("orders")
                .rule(Rule.at("/orders/**").scopes("orders.read"))
                .rule(Rule.at("/me/**"))
                .publicPaths("/health")
                .deny("/internal/**")
                .claim("tenant", "acme", "beta");
        assertThat(said).isEqualTo(again).hasSameHashCodeAs(again);
        assertThat(POLICY).isEqualTo(oauth2(issuer("https://id.example")));
    }

    @Test
    void anIssuerIsHttpsExceptOnLoopback() {
        for (String good : List.of(
                "https://id.example/tenants/a",
                "http://localhost:8080",
                "http://127.1.2.3",
                "http://[::1]:8080/x",
                "http://id.shop.localhost:9000")) {
            assertThat(oauth2(good).issuers().get(0).issuer()).isEqualTo(good);
        }
        assertThatThrownBy(() -> oauth2("http://id.example"))
                .hasMessage("an issuer must be https, because anybody on the way could forge what plain http brings;"
                        + " only loopback is excepted, but was 'http://id.example'");
        assertThatThrownBy(() -> oauth2("http://localhost.example")).hasMessageStartingWith("an issuer must be https");
        assertThatThrownBy(() -> oauth2("http://127.0.0.1.example")).hasMessageStartingWith("an issuer must be https");
    }

    @Test
    void anIssuerIsAPlainUrl() {
        assertThatThrownBy(() -> oauth2("id.example"))
                .hasMessage("an issuer must be an absolute URL, as in 'https://id.example', but was 'id.example'");
        assertThatThrownBy(() -> oauth2("https://id example"))
                .hasMessage("an issuer must be a URL, but was 'https://id example': Illegal character in authority");
        assertThatThrownBy(() -> oauth2("https://id.example?x=1"))
                .hasMessage("an issuer must not have a query, but was 'https://id.example?x=1'");
        assertThatThrownBy(() -> oauth2("https://id.example#x"))
                .hasMessage("an issuer must not have a fragment, but was 'https://id.example#x'");
        assertThatThrownBy(() -> oauth2("https://user:pass@id.example"))
                .hasMessage("an issuer must not carry a user or a password");
        assertThatThrownBy(() -> oauth2("https://id.example:99999"))
                .hasMessage("an issuer must have a port of 1 to 65535, but was 'https://id.example:99999'");
        assertThatThrownBy(() -> oauth2("https://a.example").issuer("https://a.example"))
                .hasMessage("issuer 'https://a.example' is said twice");
    }

    @Test
    void keysAndAlgorithmsMayBeSaid() {
        TrustedIssuer said = issuer("https://id.example")
                .jwks(URI.create("https://keys.example/jwks.json"))
                .algorithms("ES256", "PS512");
        assertThat(said.jwksUri()).isEqualTo(URI.create("https://keys.example/jwks.json"));
        assertThat(said.algorithms()).containsExactly("ES256", "PS512");
        assertThatThrownBy(() -> issuer("https://id.example").jwks(URI.create("http://keys.example")))
                .hasMessage("the JWKS address of issuer 'https://id.example' must be https, because anybody on the way"
                        + " could forge what plain http brings; only loopback is excepted,"
                        + " but was 'http://keys.example'");
        for (String bad : List.of("none", "HS256", "rs256", "ES256K", "")) {
            assertThatThrownBy(() -> issuer("https://id.example").algorithms(bad))
                    .hasMessage("a signature algorithm must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256,"
                            + " ES384, ES512, EdDSA, Ed25519, but issuer 'https://id.example' was given '" + bad + "'");
        }
        assertThatThrownBy(() -> issuer("https://id.example").algorithms(new String[0]))
                .hasMessage("issuer 'https://id.example' must accept at least one algorithm");
        assertThatThrownBy(() -> issuer("https://id.example").algorithms("ES256", "ES256"))
                .hasMessage("algorithm 'ES256' is said twice for issuer 'https://id.example'");
    }

    @Test
    void scopesAreScopeTokens() {
        for (String bad : List.of("", " ", "a b", "a\"b", "a\\b", "caf\u00e9")) {
            assertThatThrownBy(() -> POLICY.scope("/x", bad))
                    .hasMessage("a scope must be visible ASCII without spaces, quotes and backslashes (RFC 6749, 3.3),"
                            + " but '/x' was given '" + bad + "'");
        }
        assertThatThrownBy(() -> POLICY.scope("GET /x"))
                .hasMessage("a scope rule must name at least one scope, but 'GET /x' names none;"
                        + " for any good token say authenticated(\"GET /x\")");
        assertThatThrownBy(() -> POLICY.scope("/x", "a", "a")).hasMessage("scope 'a' is said twice at '/x'");
    }

    @Test
    void endpointsAreReadAtTheCall() {
        assertThatThrownBy(() -> POLICY.scope("/a//b", "s"))
                .hasMessage("a path pattern must not have an empty segment ('//'), but was '/a//b'");
        assertThatThrownBy(() -> POLICY.publicPaths("/ok", "get /x"))
                .hasMessage("a method must be upper-case letters, several joined by ',' and none for all of them, as in"
                        + " 'GET,POST /orders' and '/orders', but was 'get'");
        assertThatThrownBy(() -> POLICY.publicPaths()).hasMessage("publicPaths(…) must name at least one endpoint");
        assertThatThrownBy(() -> POLICY.authenticated()).hasMessage("authenticated(…) must name at least one endpoint");
        assertThatThrownBy(() -> POLICY.deny()).hasMessage("deny(…) must name at least one endpoint");
    }

    @Test
    void audiencesAndClaimsAreNotBlank() {
        assertThatThrownBy(() -> POLICY.audience(" ")).hasMessage("an audience must not be blank");
        assertThatThrownBy(() -> POLICY.audience()).hasMessage("audience(…) must name at least one audience");
        assertThatThrownBy(() -> POLICY.audience("a").audience("a")).hasMessage("audience 'a' is said twice");
        assertThatThrownBy(() -> POLICY.claim("", "a")).hasMessage("a claim must have a name");
        assertThatThrownBy(() -> POLICY.claim("tenant"))
                .hasMessage("claim 'tenant' must have at least one value, and none blank");
        assertThatThrownBy(() -> POLICY.claim("tenant", "a").claim("tenant", "b"))
                .hasMessage("claim 'tenant' is said twice");
    }

    @Test
    void aStoredRuleAsksInOneWay() {
        var endpoint = dev.lintel.core.match.Endpoint.parse("/x");
        String message =
                "the rule at '/x' must ask for scopes or claims," + " or else allow one of: anyone, any-token, nobody";
        assertThatThrownBy(() -> new Rule(endpoint, null, List.of(), List.of(), null))
                .hasMessage(message);
        assertThatThrownBy(() -> new Rule(endpoint, Allow.ANYONE, List.of("a"), List.of(), null))
                .hasMessage(message);
        assertThat(new Rule(endpoint, Allow.ANY_TOKEN, null, null, null)).isEqualTo(Rule.at("/x"));
    }
}
