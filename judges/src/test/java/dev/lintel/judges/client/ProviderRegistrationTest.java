package dev.lintel.judges.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.registration.ClientMetadata;
import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.auth.oauth.registration.Registration;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client against oidc-provider: clients that register themselves. */
@ExtendWith(Judging.class)
class ProviderRegistrationTest {
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
    void aServiceRegistersAndGetsATokenWithTheSecretThatItWasGiven() throws TokenFetchException {
        try (Registration registration = registration()) {
            RegisteredClient service =
                    registration.register(ClientMetadata.service("client_secret_basic", World.SCOPE));

            try (OAuthClient client = peer.client(service.clientId(), service.authentication())) {
                assertThat(client.clientCredentials(World.SCOPE).fetch().type()).isEqualTo(TokenType.BEARER);
            }
        }
    }

    @Test
    void aServiceRegistersItsKey() throws TokenFetchException {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ES256);
        try (Registration registration = registration()) {
            RegisteredClient service = registration.register(ClientMetadata.service("private_key_jwt", World.SCOPE)
                    .key(key)
                    .with("token_endpoint_auth_signing_alg", "ES256"));

            try (OAuthClient client = peer.client(service.clientId(), PrivateKeyJwt.of(key))) {
                assertThat(client.clientCredentials(World.SCOPE).fetch().type()).isEqualTo(TokenType.BEARER);
            }
        }
    }

    @Test
    void anApplicationRegistersAndItsUsersLogIn() throws TokenFetchException {
        try (Registration registration = registration()) {
            RegisteredClient application = registration.register(ClientMetadata.application(
                    "client_secret_post", URI.create(World.REDIRECT), "openid", World.SCOPE));

            try (OAuthClient client = peer.client(application.clientId(), application.authentication())) {
                assertThat(Peer.login(client, LoginRequest.of("openid")).user().subject())
                        .isEqualTo(World.USER);
            }
        }
    }

    @Test
    void aClientIsLookedUpChangedAndDeleted() throws TokenFetchException {
        ClientMetadata wanted = ClientMetadata.service("client_secret_basic", World.SCOPE);
        try (Registration registration = registration()) {
            RegisteredClient first = registration.register(wanted.named("first"));
            RegisteredClient found = registration.read(first);
            RegisteredClient changed = registration.update(found, wanted.named("second"));

            assertThat(found.registered()).containsEntry("client_name", "first");
            assertThat(changed.registered()).containsEntry("client_name", "second");
            registration.delete(changed);
            assertThat(catchThrowableOfType(TokenFetchException.class, () -> registration.read(changed)))
                    .isNotNull();
        }
    }

    @Test
    void nobodyRegistersWithoutTheTokenForIt() {
        try (Registration registration = Registration.at(peer.issuer(), Peer.SETTINGS)) {
            TokenFetchException refused = catchThrowableOfType(
                    TokenFetchException.class,
                    () -> registration.register(ClientMetadata.service("client_secret_basic", World.SCOPE)));

            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.PERMANENT);
        }
    }

    private static Registration registration() {
        return Registration.at(peer.issuer(), Peer.SETTINGS).withInitialToken(Secret.of(World.INITIAL_ACCESS_TOKEN));
    }
}
