package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Introspection (RFC 7662) and revocation (RFC 7009). */
class TokenQueriesTest {
    private static final Secret TOKEN = Secret.of("t1");

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private Introspection introspect(String json) throws TokenFetchException {
        issuer.server.on("/introspect", Answer.json(json));
        return shop.introspect(TOKEN);
    }

    private void bad(String json, String message) {
        issuer.server.on("/introspect", Answer.json(json));
        fails(issuer, () -> shop.introspect(TOKEN), Kind.RETRYABLE, "ISSUER/introspect answered " + message);
    }

    @Test
    void aGoodTokenSaysWhoseItIs() throws TokenFetchException {
        Introspection said = introspect("{\"active\":true,\"client_id\":\"shop\",\"sub\":\"alice\",\"scope\":\"a b\","
                + "\"aud\":[\"orders\"],\"exp\":1767225660,\"tenant\":7}");
        assertThat(said.active()).isTrue();
        assertThat(said.clientId()).isEqualTo("shop");
        assertThat(said.subject()).isEqualTo("alice");
        assertThat(said.scopes()).containsExactly("a", "b");
        assertThat(said.audiences()).containsExactly("orders");
        assertThat(said.expires()).isEqualTo(Instant.parse("2026-01-01T00:01:00Z"));
        assertThat(said.claims()).containsEntry("tenant", 7);
        assertThat(said).hasToString("active token of client shop with scopes [a, b]");
        assertThat(issuer.asked("/introspect").get(0).body()).isEqualTo("token=t1");
        assertThat(issuer.asked("/introspect").get(0).headers()).containsKey("Authorization");
    }

    @Test
    void aTokenThatIsNotGoodSaysNothing() throws TokenFetchException {
        assertThat(introspect("{\"active\":false,\"sub\":\"alice\"}"))
                .isEqualTo(new Introspection(false, null, null, List.of(), List.of(), null, Map.of()))
                .hasToString("inactive token");
    }

    @Test
    void whatIsNotSaidIsNotKnown() throws TokenFetchException {
        Introspection said = introspect("{\"active\":true,\"aud\":\"orders\"}");
        assertThat(said.expires()).isNull();
        assertThat(said.subject()).isNull();
        assertThat(said.audiences()).containsExactly("orders");
    }

    @Test
    void anAnswerThatIsNoneIsRefused() {
        bad("{}", "without 'active', which must be a boolean (RFC 7662, 2.2)");
        bad(
                "{\"active\":\"true\"}",
                "with 'active' as a string of 4 characters, which must be a boolean (RFC 7662, 2.2)");
        bad("{\"active\":true,\"sub\":7}", "with 'sub' as a number, which must be a string (RFC 7662, 2.2)");
        bad(
                "{\"active\":true,\"exp\":\"soon\"}",
                "with 'exp' as a string of 4 characters, which must be a number of seconds (RFC 7662, 2.2)");
        bad(
                "{\"active\":true,\"aud\":[7]}",
                "with 'aud' as a list of 1 value, which must be a string or a list of strings (RFC 7662, 2.2)");
        bad("{\"active\":true,\"active\":false}", "200 with a body which has the member 'active' twice");
    }

    @Test
    void whoMayNotAskIsTold() {
        issuer.server.on("/introspect", Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        fails(
                issuer,
                () -> shop.introspect(TOKEN),
                Kind.PERMANENT,
                "ISSUER/introspect answered 401 invalid_client; check the client's id, its credential and how it is"
                        + " sent");
    }

    @Test
    void aTokenIsGivenBack() {
        issuer.server.on("/revoke", Answer.of(200, "text/plain", ""));
        assertThatCode(() -> shop.revoke(TOKEN, TokenKind.REFRESH_TOKEN)).doesNotThrowAnyException();
        assertThat(issuer.asked("/revoke").get(0).body()).isEqualTo("token=t1&token_type_hint=refresh_token");
    }

    @Test
    void aTokenThatCannotBeGivenBackNowIsTold() {
        issuer.server.on("/revoke", Answer.of(503, "text/plain", "").with("Retry-After", "9"));
        fails(
                issuer,
                () -> shop.revoke(TOKEN, TokenKind.ACCESS_TOKEN),
                Kind.RETRYABLE,
                "ISSUER/revoke answered 503; it may work later");
        assertThat(Fetching.failure(() -> shop.revoke(TOKEN, TokenKind.ACCESS_TOKEN))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(9));
        issuer.server.on("/revoke", Answer.of(400, "application/json", "{\"error\":\"unsupported_token_type\"}"));
        fails(
                issuer,
                () -> shop.revoke(TOKEN, TokenKind.ACCESS_TOKEN),
                Kind.PERMANENT,
                "ISSUER/revoke answered 400 unsupported_token_type; the server does not revoke tokens of this kind");
    }
}
