package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a definition asks its callers for is what its client asks the issuer for. */
class TokenNeedsTest {
    private static final Secret SECRET = Secret.of("s3cret");
    private static final OAuth2 ACCESS = oauth2("https://id.example")
            .audience("orders", "orders-v2")
            .scope("/orders/**", "orders.read")
            .scope("POST /orders", "orders.write", "orders.read")
            .publicPaths("/health");

    private static ApiDefinition orders(OAuth2 access) {
        return Said.orders().withOAuth2(access).define();
    }

    @Test
    void theScopesOfAllRulesAreAskedForOnceInTheOrderOfSaying() {
        assertThat(TokenNeeds.of(orders(ACCESS)))
                .hasToString("TokenNeeds[api=orders.shop, issuers=[https://id.example], audiences=[orders, orders-v2],"
                        + " scopes=[orders.read, orders.write]]");
    }

    @Test
    void theGrantNamesTheIssuerAllScopesAndTheFirstAudience() {
        assertThat(TokenNeeds.of(orders(ACCESS)).grant("shop", SECRET))
                .hasToString("ClientCredentials[where=Of[issuer=https://id.example], clientId=shop, secret=[redacted],"
                        + " scopes=[orders.read, orders.write], audience=orders, resource=null, secretInBody=false]");
        assertThat(TokenNeeds.of(orders(ACCESS))
                        .forAudience("orders-v2")
                        .grant("shop", SECRET)
                        .audience())
                .isEqualTo("orders-v2");
        assertThat(TokenNeeds.of(orders(oauth2("https://id.example")))
                        .grant("shop", SECRET)
                        .audience())
                .isNull();
    }

    @Test
    void anAudienceThatIsAUrlIsAResourceAsWell() {
        OAuth2 access = oauth2("https://id.example").audience("https://orders.example/");

        assertThat(TokenNeeds.of(orders(access)).grant("shop", SECRET).resource())
                .isEqualTo(URI.create("https://orders.example/"));
        assertThat(TokenNeeds.of(orders(oauth2("https://id.example").audience("api:orders")))
                        .grant("shop", SECRET)
                        .resource())
                .isNull();
        assertThat(TokenNeeds.of(orders(oauth2("https://id.example").audience("the orders")))
                        .grant("shop", SECRET)
                        .resource())
                .isNull();
    }

    @Test
    void oneOfSeveralIssuersMustBeNamed() {
        TokenNeeds needs = TokenNeeds.of(orders(ACCESS.issuer("https://other.example")));

        assertThatThrownBy(() -> needs.tokens("shop", SECRET))
                .hasMessage(
                        "'orders.shop' accepts tokens of 'https://id.example', 'https://other.example'; say whose are"
                                + " wanted: TokenNeeds.of(…).at(\"https://id.example\")");
        assertThat(needs.at("https://other.example").grant("shop", SECRET).where())
                .hasToString("Of[issuer=https://other.example]");
        assertThatThrownBy(() -> needs.at("https://third.example"))
                .hasMessage("'orders.shop' does not accept tokens of 'https://third.example'; it accepts those of"
                        + " 'https://id.example', 'https://other.example'");
        assertThatThrownBy(() -> needs.forAudience("payments"))
                .hasMessage(
                        "'orders.shop' does not take tokens for 'payments'; it takes those for 'orders', 'orders-v2'");
    }

    @Test
    void anApiThatAsksForNoTokensHasNoneToGet() {
        assertThatThrownBy(() -> Said.orders().tokens("shop", SECRET))
                .hasMessage("'orders.shop' asks its callers for no tokens, so there are none to get for it; say"
                        + " withOAuth2(…), or call it without a token");
    }

    @Test
    void aChainEndsWithTokensForWhatItAsks() {
        try (FakeServer server = new FakeServer()) {
            server.on(
                            "/.well-known/openid-configuration",
                            Answer.json("{\"issuer\":\"" + server.url() + "\",\"token_endpoint\":\"" + server.url()
                                    + "/token\"}"))
                    .on("/token", Answer.json("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":60}"));
            OAuth2 access = oauth2(server.url()).audience("orders").scope("/orders/**", "orders.read", "mfa");

            try (Tokens tokens = Said.orders().withOAuth2(access).tokens("shop", SECRET)) {
                assertThat(tokens.token().authorization()).isEqualTo("Bearer t");
            }
            assertThat(server.asked())
                    .filteredOn(asked -> asked.path().equals("/token"))
                    .extracting(FakeServer.Asked::body)
                    .containsExactly("grant_type=client_credentials&scope=orders.read+mfa&audience=orders");
        }
    }
}
