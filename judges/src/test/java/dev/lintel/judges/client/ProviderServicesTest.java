package dev.lintel.judges.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.auth.oauth.Introspection;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.TokenKind;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SelfSigned;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client against oidc-provider: what needs no user. */
@ExtendWith(Judging.class)
class ProviderServicesTest {
    private static Peer peer;

    @BeforeAll
    static void start(Scripts scripts) {
        peer = new Peer(scripts);
    }

    @AfterAll
    static void stop() {
        if (peer != null) {
            peer.close();
        }
    }

    @Test
    void itsMetadataIsUnderstood() throws TokenFetchException {
        try (OAuthClient client = peer.client("service")) {
            assertThat(Endpoint.values())
                    .allSatisfy(endpoint ->
                            assertThat(client.server().endpoint(endpoint)).isPresent());
        }
    }

    @Test
    void aSecretInTheHeaderGetsAToken() throws TokenFetchException, ParseException {
        try (OAuthClient client = peer.client("service")) {
            FetchedToken token = client.clientCredentials(World.SCOPE)
                    .resource(Peer.RESOURCE)
                    .fetch();

            assertThat(token.type()).isEqualTo(TokenType.BEARER);
            assertThat(token.granted()).containsExactly(World.SCOPE);
            assertThat(token.lifetime()).hasSeconds(300);
            JWTClaimsSet claims = claims(token);
            assertThat(claims.getAudience()).containsExactly(World.AUDIENCE);
            assertThat(claims.getStringClaim("client_id")).isEqualTo("service");
        }
    }

    @Test
    void aSecretInTheFormGetsAToken() throws TokenFetchException {
        try (OAuthClient client = peer.client("post", ClientSecret.post(Secret.of(World.SECRET)))) {
            assertThat(client.clientCredentials(World.SCOPE).fetch().type()).isEqualTo(TokenType.BEARER);
        }
    }

    @Test
    void aSignedAssertionGetsTokensAgainAndAgain() throws TokenFetchException {
        try (OAuthClient client = peer.client("key", PrivateKeyJwt.of(peer.key()))) {
            TokenSource source = client.clientCredentials(World.SCOPE);

            assertThat(source.fetch().value().reveal())
                    .isNotEqualTo(source.fetch().value().reveal());
        }
    }

    @Test
    void anAssertionForTheTokenEndpointIsTakenAsWell() throws TokenFetchException {
        PrivateKeyJwt who = PrivateKeyJwt.of(peer.key()).forTokenEndpoint().untyped();
        try (OAuthClient client = peer.client("key", who)) {
            assertThat(client.clientCredentials(World.SCOPE).fetch().type()).isEqualTo(TokenType.BEARER);
        }
    }

    @Test
    void anAssertionOfAnotherKeyIsRefusedForGood() {
        PrivateKeyJwt who = PrivateKeyJwt.of(SigningKey.generate(SigningAlgorithm.ES256));
        try (OAuthClient client = peer.client("key", who)) {
            TokenFetchException refused = refused(client.clientCredentials(World.SCOPE));

            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.PERMANENT);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
    }

    @Test
    void aWrongSecretIsRefusedForGood() {
        try (OAuthClient client = peer.client("service", ClientSecret.basic(Secret.of("wrong")))) {
            TokenFetchException refused = refused(client.clientCredentials(World.SCOPE));

            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.PERMANENT);
            assertThat(refused.error()).isEqualTo("invalid_client");
        }
    }

    @Test
    void aNewSecretThatIsNotKnownYetGivesWayToTheOldOne() throws TokenFetchException {
        ClientAuthentication who =
                ClientAuthentication.firstOf(ClientSecret.basic(Secret.of("the next one")), Peer.SECRET);
        try (OAuthClient client = peer.client("service", who)) {
            assertThat(client.clientCredentials(World.SCOPE).fetch().type()).isEqualTo(TokenType.BEARER);
        }
    }

    @Test
    void aTokenIsBoundToAKey() throws TokenFetchException, ParseException {
        DPoPKey key = DPoPKey.generate();
        try (OAuthClient client = peer.client("service").withDPoP(key)) {
            FetchedToken token = client.clientCredentials(World.SCOPE)
                    .resource(Peer.RESOURCE)
                    .fetch();

            assertThat(token.type()).isEqualTo(TokenType.DPOP);
            assertThat(claims(token).getJSONObjectClaim("cnf")).isEqualTo(Map.of("jkt", key.thumbprint()));
        }
    }

    @Test
    void aNonceThatIsAskedForIsGiven() throws TokenFetchException {
        try (OAuthClient client = peer.client("nonce-service").withDPoP(DPoPKey.generate())) {
            TokenSource source = client.clientCredentials(World.SCOPE);

            assertThat(source.fetch().type()).isEqualTo(TokenType.DPOP);
            assertThat(source.fetch().type()).isEqualTo(TokenType.DPOP);
        }
    }

    @Test
    void aTokenIsExchanged() throws TokenFetchException {
        try (OAuthClient web = peer.client("web");
                OAuthClient client = peer.client("exchange")) {
            Secret user = Peer.login(web, LoginRequest.of(World.SCOPE)).token().value();

            FetchedToken token = client.exchange(user).scopes(World.SCOPE).fetch();

            Introspection said = client.introspect(token.value());
            assertThat(said.subject()).isEqualTo(World.USER);
            assertThat(said.clientId()).isEqualTo("exchange");
        }
    }

    @Test
    void anExchangeForMoreThanThereWasIsRefused() throws TokenFetchException {
        try (OAuthClient web = peer.client("web");
                OAuthClient client = peer.client("exchange")) {
            Secret user = Peer.login(web, LoginRequest.of(World.SCOPE)).token().value();

            assertThat(refused(client.exchange(user).scopes(World.WIDER)).error())
                    .isEqualTo("invalid_scope");
        }
    }

    @Test
    void anAssertionAboutAUserGetsTokensAgainAndAgain() throws TokenFetchException {
        SelfSigned assertions = new SelfSigned(
                peer.key(),
                World.TRUSTED_ISSUER,
                World.USER,
                peer.issuer(),
                Map.of(),
                InstantSource.system(),
                new SecureRandom());
        try (OAuthClient client = peer.client("exchange")) {
            TokenSource source = client.jwtBearer(assertions).scopes(World.SCOPE);
            source.fetch();

            assertThat(client.introspect(source.fetch().value()).subject()).isEqualTo(World.USER);
        }
    }

    @Test
    void whatIsNoTokenIsNotActive() throws TokenFetchException {
        try (OAuthClient client = peer.client("service")) {
            assertThat(client.introspect(Secret.of("no-token")).active()).isFalse();
        }
    }

    @Test
    void aTokenThatIsGivenBackIsNotActive() throws TokenFetchException {
        try (OAuthClient client = peer.client("service")) {
            Secret token = client.clientCredentials(World.SCOPE).fetch().value();
            assertThat(client.introspect(token).active()).isTrue();

            client.revoke(token, TokenKind.ACCESS_TOKEN);

            assertThat(client.introspect(token).active()).isFalse();
        }
    }

    private static JWTClaimsSet claims(FetchedToken token) throws ParseException {
        return SignedJWT.parse(token.value().reveal()).getJWTClaimsSet();
    }

    static TokenFetchException refused(TokenSource source) {
        return catchThrowableOfType(TokenFetchException.class, source::fetch);
    }
}
