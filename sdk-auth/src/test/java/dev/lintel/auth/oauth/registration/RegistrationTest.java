package dev.lintel.auth.oauth.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.FakeServer.Asked;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that register themselves (RFC 7591) and look after it (RFC 7592). */
class RegistrationTest {
    private final FakeIssuer issuer = new FakeIssuer();
    private final Registration registration = Registration.at(issuer.url(), issuer.settings());

    @AfterEach
    void close() {
        registration.close();
        issuer.close();
    }

    private String answer(String token, String more) {
        return "{\"client_id\":\"c1\",\"client_secret\":\"s3cret\",\"client_secret_expires_at\":1767225660,"
                + "\"registration_client_uri\":\"" + issuer.url() + "/register/c1\",\"registration_access_token\":\""
                + token + "\"" + more + "}";
    }

    private RegisteredClient registered() throws TokenFetchException {
        issuer.server.on("/register", Answer.of(201, "application/json", answer("m1", "")));
        return registration.register(ClientMetadata.service("client_secret_basic", "a"));
    }

    private Asked last(String path) {
        return issuer.asked(path).get(issuer.asked(path).size() - 1);
    }

    private void fails(ThrowingCallable call, Kind kind, String message) {
        TokenFetchException failure = catchThrowableOfType(TokenFetchException.class, call);
        assertThat(String.valueOf(failure.getMessage()).replace(issuer.url(), "ISSUER"))
                .isEqualTo(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void aClientRegistersWithAllThatItSays() throws TokenFetchException, ParseException {
        issuer.server.on(
                "/register",
                Answer.of(
                        201,
                        "application/json",
                        answer("m1", ",\"token_endpoint_auth_method\":\"client_secret_post\"")));
        SigningKey key = SigningKey.jwk(Secret.of(TestKeys.EC.toJSONString()));
        RegisteredClient client = registration
                .withInitialToken(Secret.of("admin"))
                .register(ClientMetadata.application(
                                "private_key_jwt", URI.create("https://shop.example/back"), "openid", "orders.read")
                        .named("The shop")
                        .key(key)
                        .grant("urn:ietf:params:oauth:grant-type:device_code")
                        .softwareStatement("a.b.c")
                        .with("dpop_bound_access_tokens", true));

        assertThat(client)
                .isEqualTo(new RegisteredClient(
                        "c1",
                        Secret.of("s3cret"),
                        Instant.parse("2026-01-01T00:01:00Z"),
                        issuer.server.uri("/register/c1"),
                        Secret.of("m1"),
                        client.registered()));
        assertThat(client.registered())
                .containsEntry("token_endpoint_auth_method", "client_secret_post")
                .doesNotContainKeys("client_secret", "registration_access_token");
        assertThat(client.authentication()).isEqualTo(ClientSecret.post(Secret.of("s3cret")));
        assertThat(client).hasToString("registered client 'c1'");
        Asked asked = last("/register");
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.headers().get("Authorization")).containsExactly("Bearer admin");
        assertThat(asked.headers().get("Content-type").get(0)).startsWith("application/json");
        Map<String, Object> jwk =
                JSONObjectUtils.parse(TestKeys.EC.toPublicJWK().toJSONString());
        jwk.put("use", "sig");
        jwk.put("alg", "ES256");
        assertThat(JSONObjectUtils.parse(asked.body()))
                .isEqualTo(JSONObjectUtils.parse("""
                        {"client_name": "The shop", "token_endpoint_auth_method": "private_key_jwt",
                         "grant_types": ["authorization_code", "refresh_token",
                                         "urn:ietf:params:oauth:grant-type:device_code"],
                         "response_types": ["code"], "redirect_uris": ["https://shop.example/back"],
                         "scope": "openid orders.read", "jwks": {"keys": [KEY]}, "software_statement": "a.b.c",
                         "dpop_bound_access_tokens": true}""".replace("KEY", JSONObjectUtils.toJSONString(jwk))));
    }

    @Test
    void aServiceSaysNoMoreThanItMust() throws TokenFetchException, ParseException {
        RegisteredClient client = registered();
        assertThat(last("/register").headers()).doesNotContainKey("Authorization");
        assertThat(JSONObjectUtils.parse(last("/register").body())).isEqualTo(JSONObjectUtils.parse("""
                        {"token_endpoint_auth_method": "client_secret_basic", "grant_types": ["client_credentials"],
                         "response_types": [], "scope": "a"}"""));
        assertThat(client.authentication()).isEqualTo(ClientSecret.basic(Secret.of("s3cret")));
    }

    @Test
    void aClientWithoutASecretIsPublic() throws TokenFetchException {
        issuer.server.on("/register", Answer.of(201, "application/json", "{\"client_id\":\"c1\"}"));
        RegisteredClient client = registration.register(ClientMetadata.service("none"));
        assertThat(client).isEqualTo(new RegisteredClient("c1", null, null, null, null, client.registered()));
        assertThat(client.authentication()).isEqualTo(ClientAuthentication.none());
        fails(
                () -> registration.read(client),
                Kind.PERMANENT,
                "The server ISSUER gave no address and token for looking after client 'c1' (RFC 7592), so it can only be"
                        + " changed there by hand");
    }

    @Test
    void theTokenForLookingAfterItIsReplacedWithEachChange() throws TokenFetchException, ParseException {
        RegisteredClient client = registered();
        issuer.server.on("/register/c1", Answer.json(answer("m2", "")));
        RegisteredClient changed = registration.update(client, ClientMetadata.service("client_secret_basic", "a", "b"));

        assertThat(last("/register/c1").method()).isEqualTo("PUT");
        assertThat(last("/register/c1").headers().get("Authorization")).containsExactly("Bearer m1");
        assertThat(JSONObjectUtils.parse(last("/register/c1").body()))
                .containsEntry("client_id", "c1")
                .containsEntry("client_secret", "s3cret")
                .containsEntry("scope", "a b");
        assertThat(changed.managementToken()).isEqualTo(Secret.of("m2"));

        issuer.server.on("/register/c1", Answer.json("{\"client_id\":\"c1\"}"));
        RegisteredClient read = registration.read(changed);
        assertThat(last("/register/c1").method()).isEqualTo("GET");
        assertThat(last("/register/c1").headers().get("Authorization")).containsExactly("Bearer m2");
        assertThat(read.managementToken()).isEqualTo(Secret.of("m2"));
        assertThat(read.secret()).isEqualTo(Secret.of("s3cret"));

        issuer.server.on("/register/c1", Answer.of(204, "text/plain", ""));
        assertThatCode(() -> registration.delete(read)).doesNotThrowAnyException();
        assertThat(last("/register/c1").method()).isEqualTo("DELETE");
    }

    @Test
    void anAddressElsewhereIsRefused() {
        issuer.server.on(
                "/register",
                Answer.of(
                        201,
                        "application/json",
                        answer("m1", "").replace(issuer.url() + "/register/c1", "https://evil.example/c1")));
        fails(
                () -> registration.register(ClientMetadata.service("none")),
                Kind.AMBIGUOUS,
                "ISSUER/register answered with 'registration_client_uri' as a string of 23 characters, which must be at"
                        + " the host that was asked; what was sent may be used up, so it is not sent again");
    }

    @Test
    void anAnswerAboutAnotherClientIsRefused() throws TokenFetchException {
        RegisteredClient client = registered();
        issuer.server.on("/register/c1", Answer.json("{\"client_id\":\"c2\"}"));
        fails(
                () -> registration.read(client),
                Kind.RETRYABLE,
                "ISSUER/register/c1 answered with 'client_id' as a string of 2 characters, which must name the client"
                        + " that was asked about (RFC 7591, 3.2.1)");
    }

    @Test
    void aRefusalSaysWhatToDo() {
        issuer.server.on(
                "/register",
                Answer.of(
                        400,
                        "application/json",
                        "{\"error\":\"invalid_client_metadata\",\"error_description\":\"s\"}"));
        fails(
                () -> registration.register(ClientMetadata.service("none")),
                Kind.PERMANENT,
                "ISSUER/register answered 400 invalid_client_metadata; register what the server allows");
        issuer.server.on("/register", Answer.brokenOff());
        fails(
                () -> registration.register(ClientMetadata.service("none")),
                Kind.AMBIGUOUS,
                "ISSUER/register broke off the exchange; what was sent may be used up, so it is not sent again");
    }

    @Test
    void metadataIsCheckedAtTheCall() {
        assertThatThrownBy(() -> ClientMetadata.service("none").with("scope", "a"))
                .hasMessage("the member 'scope' of a registration has a place of its own; say it there");
        assertThatThrownBy(() -> ClientMetadata.application("none", URI.create("https://shop.example/#x")))
                .hasMessage("a redirect address must be absolute and without fragment (RFC 6749, 3.1.2), but was"
                        + " 'https://shop.example/#x'");
    }
}
