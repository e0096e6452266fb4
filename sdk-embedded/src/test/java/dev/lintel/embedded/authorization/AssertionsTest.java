package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7523: how clients prove themselves by assertions ({@code private_key_jwt}), and users' statements as grants. */
class AssertionsTest {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String NOT_GOOD = "the assertion is not good: ";

    private final Signer shop = Signer.es256();
    private final Signer partner = Signer.rs256(2048);
    private final Office office = new Office(s -> s.trustedIssuers(
            AssertionIssuer.of("https://partner.example", partner.jwks()).scopes("orders.read", "admin")));

    @BeforeEach
    void register() {
        office.server.client(
                ClientRegistration.privateKeyJwt("shop", shop.jwks()).scopes("orders.read"));
        office.server.client(Office.shop("web").grants(GrantTypes.JWT_BEARER, GrantTypes.CLIENT_CREDENTIALS));
        office.server.client(Office.orders());
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private Map<String, Object> claims(Object... more) {
        return Signer.assertion("shop", "shop", office.server.issuer().toString(), office.clock.instant(), more);
    }

    private HttpResponse<String> prove(String assertion, String... more) {
        String form = Office.form(
                "grant_type", "client_credentials", "client_assertion_type", TYPE, "client_assertion", assertion);
        return office.caller.form(more.length == 0 ? form : form + "&" + Office.form(more));
    }

    private void refused(String assertion, String why) {
        Office.isError(prove(assertion), 401, "invalid_client", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "client-authentication+jwt", ""})
    void aSignedAssertionProvesTheClient(String type) {
        String assertion = shop.sign(type.isEmpty() ? null : type, claims());
        assertThat(Office.good(prove(assertion)).get("scope").textValue()).isEqualTo("orders.read");
    }

    @Test
    void anAssertionIsGoodOnce() {
        String assertion = shop.sign("JWT", claims());
        Office.good(prove(assertion));
        refused(assertion, NOT_GOOD + "it has been used before");
    }

    @Test
    void theSameIdOfAnotherClientIsAnotherId() {
        Signer other = Signer.es256();
        office.server.client(ClientRegistration.privateKeyJwt("other", other.jwks()));
        Office.good(prove(shop.sign("JWT", claims("jti", "same"))));
        Office.good(prove(other.sign("JWT", claims("jti", "same", "iss", "other", "sub", "other"))));
    }

    @Test
    void whatIsWrongWithAssertions() {
        long now = office.clock.instant().getEpochSecond();
        String issuer = office.server.issuer().toString();
        refused(
                shop.sign("JWT", claims("aud", "https://other.example")),
                NOT_GOOD + "its only audience must be this server");
        refused(
                shop.sign("JWT", claims("aud", List.of(issuer, "https://other.example"))),
                NOT_GOOD + "its only audience must be this server");
        refused(shop.sign("JWT", claims("aud", issuer + "/token")), NOT_GOOD + "its only audience must be this server");
        refused(shop.sign("JWT", claims("aud", null)), NOT_GOOD + "its only audience must be this server");
        refused(shop.sign("JWT", claims("exp", now - 30)), NOT_GOOD + "it has expired");
        refused(shop.sign("JWT", claims("exp", null)), NOT_GOOD + "exp is missing or not a time");
        refused(shop.sign("JWT", claims("exp", now + 3_601)), NOT_GOOD + "it is good for too long: more than an hour");
        refused(shop.sign("JWT", claims("nbf", now + 31)), NOT_GOOD + "it is not good yet");
        refused(shop.sign("JWT", claims("iat", now + 31)), NOT_GOOD + "it is not good yet");
        refused(shop.sign("JWT", claims("jti", null)), NOT_GOOD + "jti must be 1 to 256 characters");
        refused(shop.sign("JWT", claims("jti", "x".repeat(257))), NOT_GOOD + "jti must be 1 to 256 characters");
        refused(shop.sign("JWT", claims("iss", "web")), NOT_GOOD + "iss and sub must be the client");
        refused(shop.sign("JWT", claims("sub", null)), NOT_GOOD + "iss and sub must be the client");
        refused(shop.sign("at+jwt", claims()), NOT_GOOD + "its type is that of something else");
        refused(shop.sign("dpop+jwt", claims()), NOT_GOOD + "its type is that of something else");
        refused(Signer.es256().sign("JWT", claims()), NOT_GOOD + "none of the keys of its issuer signed it");
        refused("a.b.c", "the assertion is not a well-formed JWT");
        refused(shop.sign("JWT", claims("iss", "nobody", "sub", "nobody")), "no client has this id and this proof");
        refused(shop.sign("JWT", claims("iss", "web", "sub", "web")), "no client has this id and this proof");
    }

    /** RFC 8725, 3.1 and 3.2. */
    @Test
    void anAssertionWithoutSignatureOrWithASharedSecretIsRefused() throws Exception {
        refused(
                new PlainJWT(JWTClaimsSet.parse(claims())).serialize(),
                NOT_GOOD + "none of the keys of its issuer signed it");
        SignedJWT mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                JWTClaimsSet.parse(claims()));
        mac.sign(new MACSigner(shop.jwks().getBytes(StandardCharsets.UTF_8)));
        refused(mac.serialize(), NOT_GOOD + "none of the keys of its issuer signed it");
    }

    /** RFC 8725, 3.10: a key that the assertion brings itself proves nothing. */
    @Test
    void aKeyInTheHeaderIsNotLookedAt() {
        refused(Signer.es256().sign("JWT", true, claims()), NOT_GOOD + "none of the keys of its issuer signed it");
    }

    @Test
    void anAssertionStandsAlone() {
        String assertion = shop.sign("JWT", claims());
        Office.isError(
                prove(assertion, "client_secret", "x"),
                "invalid_request",
                "the client must authenticate in one way only");
        Office.isError(prove(assertion, "client_id", "web"), "invalid_request", "client_id and the assertion differ");
        Office.isError(
                office.caller.form("grant_type=client_credentials&client_assertion=" + assertion),
                "invalid_request",
                "the parameter client_assertion_type is missing");
        Office.isError(
                office.caller.form(Office.form(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "x",
                        "client_assertion",
                        assertion)),
                "invalid_request",
                "client_assertion_type must be " + TYPE);
        assertThat(Office.good(prove(assertion, "client_id", "shop")).has("access_token"))
                .isTrue();
    }

    @Test
    void aClientThatSignsHasNoOtherWay() {
        Office.isError(
                office.caller.token("shop", "s3cret", "grant_type=client_credentials"),
                401,
                "invalid_client",
                "no client has this id and this secret");
        Office.isError(
                office.caller.form("grant_type=client_credentials&client_id=shop"),
                401,
                "invalid_client",
                "the client must authenticate with an assertion");
    }

    @Test
    void theEndpointMayBeTheAudienceIfThatIsSaid() {
        try (Office lax = new Office(s -> s.assertionAudience(AssertionAudience.ISSUER_OR_ENDPOINT))) {
            lax.server.client(ClientRegistration.privateKeyJwt("shop", shop.jwks()));
            for (String end : List.of("", "/token")) {
                String assertion = shop.sign(
                        "JWT", Signer.assertion("shop", "shop", lax.server.issuer() + end, lax.clock.instant()));
                Office.good(lax.caller.form(Office.form(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        TYPE,
                        "client_assertion",
                        assertion)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"})
    void aClientNeedsKeysThatCanBeUsed(String jwks) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.privateKeyJwt("shop", jwks))
                .withMessage("keys must be a JSON Web Key Set with at least one public key for signatures: RSA of"
                        + " 2048 bits or more, EC, or Ed25519");
    }

    @Test
    void aWeakKeyIsNoKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.privateKeyJwt(
                        "shop", Signer.rs256(1024).jwks()))
                .withMessageStartingWith("keys must be a JSON Web Key Set");
    }

    @Test
    void keysThatArePublishedAreFetchedAndFollowTheirRotation() throws Exception {
        AtomicReference<String> published = new AtomicReference<>(shop.jwks());
        AtomicInteger fetches = new AtomicInteger();
        HttpServer keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks");
            office.server.client(ClientRegistration.privateKeyJwt("remote", uri));
            Object[] remote = {"iss", "remote", "sub", "remote"};
            Office.good(prove(shop.sign("JWT", claims(remote))));
            Office.good(prove(shop.sign("JWT", claims(remote))));
            assertThat(fetches).hasValue(1);

            Signer next = Signer.es256();
            published.set(next.jwks());
            refused(next.sign("JWT", claims(remote)), NOT_GOOD + "none of the keys of its issuer signed it");
            assertThat(fetches).hasValue(1);
            office.clock.forward(Duration.ofSeconds(10));
            Office.good(prove(next.sign("JWT", claims(remote))));
            refused(shop.sign("JWT", claims(remote)), NOT_GOOD + "none of the keys of its issuer signed it");
            assertThat(fetches).hasValue(2);
        } finally {
            keys.stop(0);
        }
        office.clock.forward(Duration.ofMinutes(6));
        refused(
                shop.sign("JWT", claims("iss", "remote", "sub", "remote")),
                NOT_GOOD + "none of the keys of its issuer signed it");
    }

    private String statement(Object... more) {
        return partner.sign(
                "JWT",
                Signer.assertion(
                        "https://partner.example",
                        "carol",
                        office.server.issuer() + "/token",
                        office.clock.instant(),
                        more));
    }

    private HttpResponse<String> bear(String assertion, String... more) {
        String form = Office.form("grant_type", GrantTypes.JWT_BEARER, "assertion", assertion);
        return office.caller.token("web", "s3cret", more.length == 0 ? form : form + "&" + Office.form(more));
    }

    @Test
    void aTrustedIssuersStatementGivesATokenForItsUser() {
        JsonNode tokens = Office.good(bear(statement()));
        assertThat(tokens.fieldNames())
                .toIterable()
                .containsExactly("access_token", "token_type", "expires_in", "scope");
        assertThat(tokens.get("scope").textValue()).isEqualTo("orders.read");
        assertThat(office.introspect(tokens.get("access_token").textValue())
                        .get("sub")
                        .textValue())
                .isEqualTo("carol");
    }

    @Test
    void whatIsWrongWithStatements() {
        String statement = statement();
        Office.good(bear(statement));
        Office.isError(bear(statement), "invalid_grant", NOT_GOOD + "it has been used before");
        Office.isError(
                bear(statement("iss", "https://evil.example")),
                "invalid_grant",
                "the issuer of the assertion is not trusted here");
        Office.isError(
                bear(statement("aud", "orders")), "invalid_grant", NOT_GOOD + "its only audience must be this server");
        Office.isError(bear(statement("sub", "shop")), "invalid_grant", "the user has the same name as a client");
        Office.isError(
                bear(statement(), "scope", "admin"),
                "invalid_scope",
                "scope 'admin' is not allowed for this client and this issuer");
        Office.isError(bear("x"), "invalid_grant", "the assertion is not a well-formed JWT");
        Office.isError(
                bear(office.server.issue("alice", "orders")),
                "invalid_grant",
                "the issuer of the assertion is not trusted here");
    }
}
