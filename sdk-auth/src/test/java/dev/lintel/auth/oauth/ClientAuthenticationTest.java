package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.oauth.credential.Asking;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.Credentials;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.credential.WorkloadIdentity;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.FakeServer.Asked;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.RawServer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client shows who it is; the form and the headers of the request are what is looked at. */
class ClientAuthenticationTest {
    private static final Answer INVALID_CLIENT = Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}");
    private static final SigningKey KEY = SigningKey.jwk(Secret.of(TestKeys.EC.toJSONString()));

    private final FakeIssuer issuer = new FakeIssuer();

    @AfterEach
    void close() {
        issuer.close();
    }

    private Asked ask(ClientAuthentication who) throws TokenFetchException {
        assertThat(issuer.client(who).clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));
        List<Asked> asked = issuer.asked("/token");
        return asked.get(asked.size() - 1);
    }

    @Test
    void bothHalvesOfABasicHeaderAreEncodedAsForms() throws TokenFetchException {
        OAuthClient odd = OAuthClient.at(
                issuer.url(), "shop:1 ü", ClientSecret.basic(Secret.of("s3cret+/%:")), issuer.settings());
        try (odd) {
            assertThat(odd.clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));
        }
        Asked asked = issuer.asked("/token").get(0);
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials");
        String basic = asked.headers().get("Authorization").get(0);
        assertThat(new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8))
                .isEqualTo("shop%3A1+%C3%BC:s3cret%2B%2F%25%3A");
        assertThat(asked.headers().get("Content-type")).containsExactly("application/x-www-form-urlencoded");
        assertThat(asked.headers().get("Accept")).containsExactly("application/json");
    }

    @Test
    void aSecretInTheForm() throws TokenFetchException {
        Asked asked = ask(ClientSecret.post(Secret.of("s3cret&")));
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials&client_id=shop&client_secret=s3cret%26");
        assertThat(asked.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void aPublicClientSendsItsIdentifierAlone() throws TokenFetchException {
        Asked asked = ask(ClientAuthentication.none());
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials&client_id=shop");
        assertThat(asked.headers()).doesNotContainKey("Authorization");
    }

    @Test
    void anAssertionIsForTheIssuerAloneAndNewEachTime() throws TokenFetchException {
        PrivateKeyJwt who = PrivateKeyJwt.of(KEY);
        assertThat(ask(who).headers()).doesNotContainKey("Authorization");
        Map<String, String> form = issuer.form("/token");
        assertThat(form)
                .containsOnlyKeys("grant_type", "client_id", "client_assertion_type", "client_assertion")
                .containsEntry("client_id", "shop")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        String first = form.get("client_assertion");
        assertThat(FakeIssuer.part(first, 0))
                .isEqualTo(Map.of("alg", "ES256", "kid", "ec-1", "typ", "client-authentication+jwt"));
        long now = issuer.clock.seconds();
        Map<String, Object> claims = FakeIssuer.part(first, 1);
        Object unique = claims.remove("jti");
        assertThat(claims)
                .isEqualTo(Map.of("iss", "shop", "sub", "shop", "aud", issuer.url(), "iat", now, "exp", now + 60));

        assertThat(ask(who)).isNotNull();
        assertThat(FakeIssuer.part(issuer.form("/token").get("client_assertion"), 1))
                .doesNotContainEntry("jti", unique);
    }

    @Test
    void anAssertionForServersThatWantTheirTokenEndpointAndNoType() throws TokenFetchException {
        assertThat(ask(PrivateKeyJwt.of(KEY).forTokenEndpoint().untyped())).isNotNull();
        String assertion = issuer.form("/token").get("client_assertion");
        assertThat(FakeIssuer.part(assertion, 0)).isEqualTo(Map.of("alg", "ES256", "kid", "ec-1"));
        assertThat(FakeIssuer.part(assertion, 1)).containsEntry("aud", issuer.url() + "/token");
    }

    @Test
    void anAssertionIsFreshByTheServersClock() {
        assertThat(issuedAt(Duration.ofMinutes(20))).isEqualTo(issuer.clock.seconds() + 1200);
        assertThat(issuedAt(Duration.ofMinutes(-20))).isEqualTo(issuer.clock.seconds() - 1200);
        assertThat(issuedAt(Duration.ofSeconds(2))).isEqualTo(issuer.clock.seconds());
        assertThat(issuedAt(Duration.ofDays(2))).isEqualTo(issuer.clock.seconds());
    }

    /** The server's clock is ahead; what it would issue does not matter, what the client signs does. */
    private Object issuedAt(Duration ahead) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                issuer.clock.instant().plus(ahead).atOffset(ZoneOffset.UTC));
        UnaryOperator<String> metadata = url -> "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: " + date
                + "\r\n\r\n{\"issuer\":\"" + url + "\",\"token_endpoint\":\"" + url + "/token\"}";
        List<Object> issued = new ArrayList<>();
        ClientAuthentication who = new ClientAuthentication() {
            @Override
            public String method() {
                return "example";
            }

            @Override
            public Credentials credentials(Asking asking) {
                Credentials shown = PrivateKeyJwt.of(KEY).credentials(asking);
                Secret assertion = shown.parameters().get("client_assertion");
                issued.add(FakeIssuer.part(assertion.reveal(), 1).get("iat"));
                return shown;
            }
        };
        try (RawServer server = new RawServer(metadata);
                OAuthClient shop = OAuthClient.at(server.url(), "shop", who, issuer.settings())) {
            assertThat(Fetching.failure(() -> shop.clientCredentials().fetch())).isNotNull();
        }
        return issued.get(0);
    }

    @Test
    void aWorkloadsIdentityIsTheAssertion(@TempDir Path folder) throws TokenFetchException, IOException {
        String jwt = "e30." + TestKeys.encode("{\"exp\":" + (issuer.clock.seconds() + 600) + "}") + ".c2ln";
        Path file = Files.writeString(folder.resolve("token"), jwt + "\n");
        WorkloadIdentity who = WorkloadIdentity.file(file).clock(issuer.clock);

        assertThat(ask(who)).isNotNull();
        assertThat(issuer.form("/token"))
                .containsEntry("client_assertion", jwt)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assertThat(ask(who.spiffe())).isNotNull();
        assertThat(issuer.form("/token"))
                .containsEntry("client_assertion", jwt)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe");
    }

    @Test
    void theSecondOfTwoCredentialsTakesOverWhenTheFirstIsRefused() throws TokenFetchException {
        ClientAuthentication both =
                ClientAuthentication.firstOf(ClientSecret.post(Secret.of("old")), ClientSecret.post(Secret.of("new")));
        OAuthClient shop = issuer.client(both);
        issuer.tokens(Answer.inTurn(INVALID_CLIENT, Answer.json(FakeIssuer.GOOD)));

        assertThat(shop.refresh().refresh(Secret.of("r1")).value()).isEqualTo(Secret.of("t1"));
        assertThat(shop.clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));

        assertThat(issuer.asked("/token"))
                .extracting(asked -> FakeIssuer.parse(asked.body()).get("client_secret"))
                .containsExactly("old", "new", "new");
        assertThat(Logs.containing("The second of two credentials (client_secret_post) is the one that works"))
                .isNotEmpty();
    }

    @Test
    void ifBothAreRefusedThatIsTold() {
        ClientAuthentication both = ClientAuthentication.firstOf(
                ClientSecret.basic(Secret.of("old")), ClientSecret.basic(Secret.of("new")));
        issuer.tokens(INVALID_CLIENT);
        fails(
                issuer,
                () -> issuer.client(both).clientCredentials().fetch(),
                Kind.PERMANENT,
                "ISSUER/token answered 401 invalid_client; check the client's id, its credential and how it is sent");
        assertThat(issuer.asked("/token")).hasSize(2);
        assertThatThrownBy(() -> ClientAuthentication.firstOf(both, both))
                .hasMessage("only two credentials can overlap, but one of them is two already");
    }

    @Test
    void otherRefusalsDoNotTryTheSecond() {
        ClientAuthentication both = ClientAuthentication.firstOf(
                ClientSecret.basic(Secret.of("old")), ClientSecret.basic(Secret.of("new")));
        issuer.tokens(Answer.of(400, "application/json", "{\"error\":\"invalid_grant\"}"));
        fails(
                issuer,
                () -> issuer.client(both).refresh().refresh(Secret.of("r1")),
                Kind.INVALID_GRANT,
                "ISSUER/token answered 400 invalid_grant; the grant is used up, expired or revoked: get a new one");
        assertThat(issuer.asked("/token")).hasSize(1);
    }

    @Test
    void methodsHaveTheNamesOfTheRegistry() {
        SigningKey key = SigningKey.generate(SigningAlgorithm.EdDSA);
        assertThat(List.of(
                        ClientSecret.basic(Secret.of("s")).method(),
                        ClientSecret.post(Secret.of("s")).method(),
                        PrivateKeyJwt.of(key).method(),
                        ClientAuthentication.none().method(),
                        ClientAuthentication.firstOf(ClientAuthentication.none(), PrivateKeyJwt.of(key))
                                .method()))
                .containsExactly("client_secret_basic", "client_secret_post", "private_key_jwt", "none", "none");
    }
}
