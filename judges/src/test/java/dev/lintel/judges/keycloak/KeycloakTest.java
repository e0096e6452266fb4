package dev.lintel.judges.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.oauth.DevicePrompt;
import dev.lintel.auth.oauth.Introspection;
import dev.lintel.auth.oauth.Login;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.TokenKind;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.registration.ClientMetadata;
import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.auth.oauth.registration.Registration;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.register.ClientGrant;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.KeycloakRegistry;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.register.Rotation;
import dev.lintel.auth.register.RotationPhase;
import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Secret;
import dev.lintel.core.ServiceRef;
import dev.lintel.judges.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our client against Keycloak. */
@Tag("keycloak")
class KeycloakTest {
    private static final World WORLD = new World();

    private static Keycloak keycloak;
    private static Realm realm;

    /** Half a minute on a machine that has nothing else to do, and many times that on one that has. */
    @BeforeAll
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    static void start() {
        keycloak = Keycloak.start();
        realm = Realm.in(keycloak, WORLD);
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void itsMetadataIsUnderstood() throws TokenFetchException {
        try (OAuthClient client = realm.client("service")) {
            assertThat(Endpoint.values())
                    .allSatisfy(endpoint ->
                            assertThat(client.server().endpoint(endpoint)).isPresent());
        }
    }

    @Test
    void aSecretInTheHeaderGetsAToken() throws TokenFetchException {
        try (OAuthClient client = realm.client("service")) {
            FetchedToken token = client.clientCredentials(World.SCOPE).fetch();

            assertThat(token.type()).isEqualTo(TokenType.BEARER);
            assertThat(token.granted()).contains(World.SCOPE);
            assertThat(client.introspect(token.value()).clientId()).isEqualTo("service");
        }
    }

    @Test
    void aSecretInTheFormGetsAToken() throws TokenFetchException {
        try (OAuthClient client = realm.client("service", ClientSecret.post(Secret.of(World.SECRET)))) {
            assertThat(client.clientCredentials(World.SCOPE).fetch().granted()).contains(World.SCOPE);
        }
    }

    @Test
    void aSignedAssertionGetsATokenForItsClient() throws TokenFetchException {
        SigningKey key = SigningKey.jwk(Secret.of(WORLD.key().toJSONString()));
        try (OAuthClient client = realm.client("key", PrivateKeyJwt.of(key))) {
            assertThat(client.clientCredentials(World.SCOPE).fetch().granted()).contains(World.SCOPE);
        }
    }

    @Test
    void aWrongSecretIsRefusedForGood() {
        try (OAuthClient client = realm.client("service", ClientSecret.basic(Secret.of("wrong")))) {
            TokenFetchException refused = catchThrowableOfType(
                    TokenFetchException.class, () -> client.clientCredentials().fetch());

            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.PERMANENT);
        }
    }

    @Test
    void clientsOfADefinitionAreRegisteredChangedRotatedAndRemoved() {
        OAuth2 access = OAuth2.oauth2(realm.issuer()).audience("stock").scope("/stock/**", "stock.read");
        ApiDefinition stock = new ApiDefinition(
                ServiceRef.service("stock"), "shop", List.of(new Said(access, Origin.unknown())), Origin.unknown());
        ClientSpec buyer = ClientSpec.service("buyer").calls(stock);
        ClientSpec desk = ClientSpec.webApp("desk", URI.create("https://shop.example/answer"))
                .scopes("openid", "offline_access")
                .grants(ClientGrant.TOKEN_EXCHANGE, ClientGrant.DEVICE_CODE);
        MemorySecretSink sink = new MemorySecretSink();
        try (KeycloakRegistry registry = realm.registry("buyers-admin")) {
            OAuthClients clients = OAuthClients.of("judges", registry, sink);

            clients.apply(clients.plan(buyer, desk));
            assertThat(clients.plan(buyer, desk).isEmpty()).isTrue();
            assertThat(granted(stock, sink)).contains("stock.read");

            ClientSpec more = buyer.scopes("stock.write").audiences("orders");
            clients.apply(clients.plan(more, desk).allowWidening("it buys more"));
            assertThat(clients.plan(more, desk).isEmpty()).isTrue();
            clients.apply(clients.plan(buyer, desk));
            assertThat(clients.plan(buyer, desk).isEmpty()).isTrue();

            assertThat(clients.rotate("buyer")).isFalse();
            assertThat(granted(stock, sink)).contains("stock.read");
            clients.apply(clients.plan());
            assertThat(registry.ownedBy("judges")).isEmpty();
        }
    }

    /** The realm keeps no old secrets, so that a second client takes the place of the first. */
    @Test
    void aSecondClientIsMadeAnewByWhoeverComesAfterOneThatWasCutOff() {
        OAuth2 access = OAuth2.oauth2(realm.issuer()).audience("stock").scope("/stock/**", "stock.read");
        ApiDefinition stock = new ApiDefinition(
                ServiceRef.service("stock"), "shop", List.of(new Said(access, Origin.unknown())), Origin.unknown());
        ClientSpec seller = ClientSpec.service("seller").calls(stock);
        MemorySecretSink sink = new MemorySecretSink();
        SecretPlace place = SecretPlace.of("sellers/seller");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        try (KeycloakRegistry registry = realm.registry("sellers-admin")) {
            OAuthClients clients = OAuthClients.of("sellers", registry, sink);
            clients.apply(clients.plan(seller));
            Rotation rotation = clients.rotation(now::get).after(Duration.ofHours(1));
            OAuthClients cutOff = OAuthClients.of("sellers", registry, new CutOffSink(sink));

            assertThatThrownBy(() -> cutOff.rotation(now::get).begin(seller)).hasMessageContaining("cut off");
            assertThat(registry.find("seller-2").orElseThrow().stamp())
                    .isEqualTo(sink.notes(place).orElseThrow().get("stamp"));
            assertThat(rotation.go(seller).phase()).isEqualTo(RotationPhase.MOVING);
            assertThat(granted(stock, sink, place)).contains("stock.read");
            now.set(now.get().plus(Duration.ofHours(1)));
            assertThat(rotation.go(seller).isDone()).isTrue();

            assertThat(registry.ownedBy("sellers")).extracting(KnownClient::id).containsExactly("seller-2");
            assertThat(granted(stock, sink, place)).contains("stock.read");
            clients.apply(clients.plan());
            assertThat(registry.ownedBy("sellers")).isEmpty();
        }
    }

    private static List<String> granted(ApiDefinition api, MemorySecretSink sink) {
        return granted(api, sink, SecretPlace.of("judges/buyer"));
    }

    private static List<String> granted(ApiDefinition api, MemorySecretSink sink, SecretPlace place) {
        try (Tokens tokens = OAuthClients.tokens(
                api,
                sink.value(place, "client_id").orElseThrow().reveal(),
                sink.value(place, "client_secret").orElseThrow())) {
            return tokens.token().scopes();
        }
    }

    @Test
    void aUserLogsInAndARefreshTokenIsRotated() throws TokenFetchException {
        try (OAuthClient client = realm.client("web")) {
            Login login = login(client, "openid", World.SCOPE);
            assertThat(login.user()).isNotNull();
            Secret first = login.token().refreshToken();

            Secret second = client.refresh().refresh(first).refreshToken();
            TokenFetchException refused = catchThrowableOfType(
                    TokenFetchException.class, () -> client.refresh().refresh(first));

            assertThat(second.reveal()).isNotEqualTo(first.reveal());
            assertThat(refused.kind()).isEqualTo(TokenFetchException.Kind.INVALID_GRANT);
        }
    }

    @Test
    void aRequestIsPushedWhereItMustBe() throws TokenFetchException {
        try (OAuthClient client = realm.client("pushed")) {
            assertThat(login(client, "openid").user()).isNotNull();
        }
    }

    @Test
    void tokensAreBoundToAKeyAndSoIsTheirRefresh() throws TokenFetchException {
        try (OAuthClient client =
                realm.client("nonce-app", ClientAuthentication.none()).withDPoP(DPoPKey.generate())) {
            FetchedToken token = login(client, "openid").token();

            assertThat(token.type()).isEqualTo(TokenType.DPOP);
            assertThat(client.refresh().refresh(token.refreshToken()).type()).isEqualTo(TokenType.DPOP);
        }
    }

    @Test
    void aTokenIsExchangedByTheStandard() throws TokenFetchException {
        try (OAuthClient web = realm.client("web");
                OAuthClient client = realm.client("service")) {
            Login login = login(web, "openid", World.SCOPE);

            FetchedToken token = client.exchange(login.token().value()).fetch();

            Introspection said = client.introspect(token.value());
            assertThat(said.active()).isTrue();
            assertThat(said.subject()).isEqualTo(login.user().subject());
            assertThat(said.clientId()).isEqualTo("service");
        }
    }

    @Test
    void aTokenThatIsGivenBackIsNotActive() throws TokenFetchException {
        try (OAuthClient client = realm.client("web")) {
            FetchedToken token = login(client, "openid").token();
            assertThat(client.introspect(token.value()).active()).isTrue();

            client.revoke(token.refreshToken(), TokenKind.REFRESH_TOKEN);

            assertThat(client.introspect(token.value()).active()).isFalse();
        }
    }

    @Test
    void aDeviceIsLetIn() throws TokenFetchException {
        List<DevicePrompt> shown = new ArrayList<>();
        OAuthSettings settings = Realm.SETTINGS.withPause(
                length -> Realm.user().shown(shown.get(0).complete()));
        try (OAuthClient client = OAuthClient.at(realm.issuer(), "device", ClientAuthentication.none(), settings)) {
            assertThat(client.device(shown::add, "openid").login().user()).isNotNull();
        }
    }

    @Test
    void aServiceRegistersIsLookedUpChangedAndDeleted() throws TokenFetchException {
        ClientMetadata wanted = ClientMetadata.service("client_secret_basic");
        try (Registration registration = Registration.at(realm.issuer(), Realm.SETTINGS)) {
            RegisteredClient first =
                    registration.withInitialToken(realm.initialAccessToken()).register(wanted.named("first"));
            try (OAuthClient client = realm.client(first.clientId(), first.authentication())) {
                assertThat(client.clientCredentials().fetch().type()).isEqualTo(TokenType.BEARER);
            }
            RegisteredClient found = registration.read(first);
            RegisteredClient changed = registration.update(found, wanted.named("second"));

            assertThat(found.registered()).containsEntry("client_name", "first");
            assertThat(changed.registered()).containsEntry("client_name", "second");
            registration.delete(changed);
            assertThat(catchThrowableOfType(TokenFetchException.class, () -> registration.read(changed)))
                    .isNotNull();
        }
    }

    private static Login login(OAuthClient client, String... scopes) throws TokenFetchException {
        WebLogin login = client.webLogin(URI.create(World.REDIRECT), LoginRequest.of(scopes));
        WebLogin.Begun begun = login.begin();
        return login.finish(begun.pending(), Realm.user().sentTo(begun.uri(), World.REDIRECT));
    }
}
