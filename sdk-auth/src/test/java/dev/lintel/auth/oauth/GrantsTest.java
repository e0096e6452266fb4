package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.SelfSigned;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private String body() {
        return issuer.asked("/token").get(issuer.asked("/token").size() - 1).body();
    }

    @Test
    void clientCredentials() throws TokenFetchException {
        FetchedToken token = shop.clientCredentials("orders.read", "orders.write")
                .resource(URI.create("https://orders.example"))
                .resource(URI.create("https://stock.example/api"))
                .audience("orders")
                .fetch();

        assertThat(token.value()).isEqualTo(Secret.of("t1"));
        assertThat(body())
                .isEqualTo("grant_type=client_credentials&scope=orders.read+orders.write"
                        + "&resource=https%3A%2F%2Forders.example&resource=https%3A%2F%2Fstock.example%2Fapi"
                        + "&audience=orders");
    }

    @Test
    void withoutScopesNoneAreSent() throws TokenFetchException {
        assertThat(shop.clientCredentials().fetch().granted()).isEmpty();
        assertThat(body()).isEqualTo("grant_type=client_credentials");
    }

    @Test
    void refresh() throws TokenFetchException {
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("60}", "60,\"refresh_token\":\"r2\"}")));
        FetchedToken token =
                shop.refresh("a").resource(URI.create("urn:orders")).refresh(Secret.of("r1"));

        assertThat(token.refreshToken()).isEqualTo(Secret.of("r2"));
        assertThat(body()).isEqualTo("grant_type=refresh_token&refresh_token=r1&scope=a&resource=urn%3Aorders");
    }

    @Test
    void aRefreshTokenThatStaysIsNotMadeUp() throws TokenFetchException {
        assertThat(shop.refresh().refresh(Secret.of("r1")).refreshToken()).isNull();
    }

    @Test
    void eachJwtBearerRequestHasAnAssertionOfItsOwn() throws TokenFetchException {
        Iterator<String> assertions = List.of("a1", "a2").iterator();
        JwtBearerGrant grant = shop.jwtBearer(() -> Secret.of(assertions.next()))
                .scopes("a")
                .audience("orders")
                .resource(URI.create("urn:orders"));
        assertThat(grant.fetch().value()).isEqualTo(Secret.of("t1"));
        String more = "&scope=a&resource=urn%3Aorders&audience=orders";
        assertThat(body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a1" + more);
        assertThat(grant.fetch().value()).isEqualTo(Secret.of("t1"));
        assertThat(body()).contains("&assertion=a2");
    }

    @Test
    void anAssertionThatAServiceSignsItself() throws TokenFetchException {
        SelfSigned signed = new SelfSigned(
                SigningKey.generate(SigningAlgorithm.ES256),
                "robot",
                "alice",
                issuer.url(),
                Map.of("tenant", 7),
                issuer.clock,
                new Random(1));
        assertThat(shop.jwtBearer(signed).fetch().value()).isEqualTo(Secret.of("t1"));

        Map<String, Object> claims = FakeIssuer.part(issuer.form("/token").get("assertion"), 1);
        long now = issuer.clock.seconds();
        assertThat(claims)
                .containsEntry("iss", "robot")
                .containsEntry("sub", "alice")
                .containsEntry("aud", issuer.url())
                .containsEntry("iat", now)
                .containsEntry("exp", now + 60)
                .containsEntry("tenant", 7L)
                .containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp", "tenant");
    }

    @Test
    void tokenExchange() throws TokenFetchException {
        issued("access_token");
        FetchedToken token = shop.exchange(Secret.of("alice"))
                .actor(() -> Secret.of("robot"), TokenKind.JWT)
                .scopes("a")
                .resource(URI.create("urn:orders"))
                .audience("orders")
                .audience("stock")
                .fetch();

        assertThat(token.value()).isEqualTo(Secret.of("t1"));
        String type = "urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3A";
        assertThat(body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                        + "&subject_token=alice&subject_token_type=" + type + "access_token"
                        + "&actor_token=robot&actor_token_type=" + type + "jwt"
                        + "&requested_token_type=" + type + "access_token"
                        + "&scope=a&resource=urn%3Aorders&audience=orders&audience=stock");
    }

    @Test
    void anAccessTokenThatIsAJwtMayBeCalledSo() throws TokenFetchException {
        issued("jwt");
        assertThat(shop.exchange(Secret.of("alice")).fetch().value()).isEqualTo(Secret.of("t1"));
        issued("access_token");
        assertThat(shop.exchange(Secret.of("alice"))
                        .requesting(TokenKind.JWT)
                        .fetch()
                        .value())
                .isEqualTo(Secret.of("t1"));
    }

    @Test
    void whatIsIssuedMustBeWhatWasAskedFor() {
        TokenExchangeGrant grant = shop.exchange(Secret.of("alice"));
        String must = ", which must name the kind of token that was asked for (RFC 8693, 2.2.1)";
        fails(issuer, grant::fetch, Kind.RETRYABLE, "ISSUER/token answered without 'issued_token_type'" + must);
        issued("refresh_token");
        fails(
                issuer,
                grant::fetch,
                Kind.PERMANENT,
                "ISSUER/token answered with 'issued_token_type' as a string of 46 characters" + must
                        + ", which was urn:ietf:params:oauth:token-type:access_token");
        fails(
                issuer,
                () -> grant.requesting(TokenKind.ID_TOKEN).fetch(),
                Kind.PERMANENT,
                "A token of the kind ID_TOKEN is no access token: get it with exchange() instead");
    }

    @Test
    void anotherTokenThanAnAccessTokenCanBeHadToo() throws TokenFetchException {
        issuer.tokens(Answer.json("{\"access_token\":\"saml\",\"token_type\":\"N_A\",\"issued_token_type\":"
                + "\"urn:ietf:params:oauth:token-type:saml2\"}"));
        TokenExchangeGrant grant =
                shop.exchange(() -> Secret.of("id"), TokenKind.ID_TOKEN).requesting(TokenKind.SAML2);
        assertThat(grant.exchange()).isEqualTo(Secret.of("saml"));
        issued("jwt");
        fails(
                issuer,
                grant::exchange,
                Kind.PERMANENT,
                "ISSUER/token answered with 'issued_token_type' as a string of 36 characters, which must name the kind"
                        + " of token that was asked for (RFC 8693, 2.2.1), which was"
                        + " urn:ietf:params:oauth:token-type:saml2");
    }

    private void issued(String kind) {
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace(
                "60}", "60,\"issued_token_type\":\"urn:ietf:params:oauth:token-type:" + kind + "\"}")));
    }

    @Test
    void whatIsWantedIsCheckedAtTheCall() {
        assertThatThrownBy(() -> shop.clientCredentials("a b"))
                .hasMessage("a scope must be visible ASCII without spaces, quotes and backslashes (RFC 6749, 3.3), but"
                        + " was 'a b'");
        assertThatThrownBy(() -> shop.clientCredentials().resource(URI.create("/orders")))
                .hasMessage("a resource must be an absolute URI without fragment (RFC 8707, 2), but was '/orders'");
        assertThatThrownBy(() -> shop.refresh().resource(URI.create("https://orders.example/#a")))
                .hasMessage("a resource must be an absolute URI without fragment (RFC 8707, 2), but was"
                        + " 'https://orders.example/#a'");
        assertThatThrownBy(() -> shop.jwtBearer(() -> Secret.of("a")).audience(" "))
                .hasMessage("an audience must not be blank");
        assertThatThrownBy(() -> OAuthClient.at("https://id.example", " ", ClientSecret.basic(Secret.of("s"))))
                .hasMessage("a client id must not be blank");
    }

    @Test
    void whatAServerDoesNotNameCannotBeAsked() {
        issuer.server.on(
                "/.well-known/openid-configuration",
                Answer.json(
                        "{\"issuer\":\"" + issuer.url() + "\",\"authorization_endpoint\":\"" + issuer.url() + "/\"}"));
        fails(
                issuer,
                () -> issuer.client().clientCredentials().fetch(),
                Kind.PERMANENT,
                "The server ISSUER names no token_endpoint, so it cannot be asked for that; if it has one, say it with"
                        + " ServerMetadata");
    }
}
