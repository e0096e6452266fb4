package dev.lintel.judges.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.oauth.DeviceLogin;
import dev.lintel.auth.oauth.DevicePrompt;
import dev.lintel.auth.oauth.Login;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.LoopbackLogin;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.TokenKind;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our client against oidc-provider: what needs a user before a browser. */
@ExtendWith(Judging.class)
class ProviderUsersTest {
    private static final ClientAuthentication NONE = ClientAuthentication.none();

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
    void theUserOfThisMachineLogsIn() throws TokenFetchException {
        try (OAuthClient client = peer.client("app", NONE)) {
            Login login = client.login(LoopbackLogin.at("/callback", ProviderUsersTest::visit, "openid", World.SCOPE));

            assertThat(login.user().subject()).isEqualTo(World.USER);
            assertThat(login.token().granted()).contains("openid");
            assertThat(login.token().refreshToken()).isNotNull();
        }
    }

    @Test
    void aUserOfAWebApplicationLogsIn() throws TokenFetchException {
        try (OAuthClient client = peer.client("web")) {
            Login login =
                    Peer.login(client, LoginRequest.of("openid", World.SCOPE).maxAge(Duration.ofMinutes(5)));

            assertThat(login.user().subject()).isEqualTo(World.USER);
            assertThat(login.user().claims()).containsKey("auth_time");
        }
    }

    @Test
    void aRequestIsPushedWhereItMustBe() throws TokenFetchException {
        try (OAuthClient client = peer.client("pushed")) {
            assertThat(Peer.login(client, LoginRequest.of("openid")).user().subject())
                    .isEqualTo(World.USER);
        }
    }

    @Test
    void aTokenIsForTheResourceOfTheLogin() throws TokenFetchException {
        try (OAuthClient client = peer.client("web")) {
            Login login = Peer.login(client, LoginRequest.of(World.SCOPE).resource(Peer.RESOURCE));

            assertThat(login.token().granted()).containsExactly(World.SCOPE);
            assertThat(login.token().value().reveal()).contains(".");
        }
    }

    @Test
    void aUserWhoWouldHaveToLogInCannotWithoutAPage() throws TokenFetchException {
        try (OAuthClient client = peer.client("web")) {
            TokenFetchException refused = catchThrowableOfType(
                    TokenFetchException.class,
                    () -> Peer.login(client, LoginRequest.of("openid").with("prompt", "none")));

            assertThat(refused.error()).isEqualTo("login_required");
        }
    }

    @Test
    void aRefreshTokenIsRotatedAndAnOldOneEndsAll() throws TokenFetchException {
        try (OAuthClient client = peer.client("app", NONE)) {
            RefreshExchange refresh = client.refresh();
            Secret first = loopback(client).refreshToken();

            Secret second = refresh.refresh(first).refreshToken();
            Secret third = refresh.refresh(second).refreshToken();

            assertThat(List.of(first.reveal(), second.reveal(), third.reveal())).doesNotHaveDuplicates();
            assertThat(refused(refresh, first).kind()).isEqualTo(TokenFetchException.Kind.INVALID_GRANT);
            assertThat(refused(refresh, third).kind()).isEqualTo(TokenFetchException.Kind.INVALID_GRANT);
        }
    }

    @Test
    void aRefreshTokenThatIsGivenBackGetsNothing() throws TokenFetchException {
        try (OAuthClient client = peer.client("web")) {
            Secret token =
                    Peer.login(client, LoginRequest.of(World.SCOPE)).token().refreshToken();

            client.revoke(token, TokenKind.REFRESH_TOKEN);

            assertThat(refused(client.refresh(), token).kind()).isEqualTo(TokenFetchException.Kind.INVALID_GRANT);
        }
    }

    @Test
    void tokensOfAUserAreBoundToAKeyWithNoncesAndSoIsTheirRefresh() throws TokenFetchException {
        try (OAuthClient client = peer.client("nonce-app", NONE).withDPoP(DPoPKey.generate());
                OAuthClient thief = peer.client("nonce-app", NONE).withDPoP(DPoPKey.generate())) {
            Login login = Peer.login(client, LoginRequest.of("openid", World.SCOPE));
            FetchedToken next = client.refresh().refresh(login.token().refreshToken());

            assertThat(login.token().type()).isEqualTo(TokenType.DPOP);
            assertThat(next.type()).isEqualTo(TokenType.DPOP);
            assertThat(refused(thief.refresh(), next.refreshToken()).error()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void aDeviceWaitsForItsUser() throws TokenFetchException {
        List<DevicePrompt> shown = new ArrayList<>();
        List<Duration> waited = new ArrayList<>();
        OAuthSettings settings = Peer.SETTINGS.withPause(length -> {
            waited.add(length);
            if (waited.size() == 2) {
                Peer.user().shown(shown.get(0).complete());
            }
        });
        try (OAuthClient client = peer.client("device", NONE, settings)) {
            FetchedToken token = device(client, shown::add).fetch();

            assertThat(token.granted()).containsExactly(World.SCOPE);
            assertThat(token.refreshToken()).isNotNull();
            assertThat(waited).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
        }
    }

    @Test
    void aUserWhoTurnsADeviceAwayEndsItsWaiting() {
        List<DevicePrompt> shown = new ArrayList<>();
        OAuthSettings settings = Peer.SETTINGS.withPause(
                length -> Peer.refuser().shown(shown.get(0).complete()));
        try (OAuthClient client = peer.client("device", NONE, settings)) {
            TokenFetchException refused = ProviderServicesTest.refused(device(client, shown::add));

            assertThat(refused.error()).isEqualTo("access_denied");
        }
    }

    private static DeviceLogin device(OAuthClient client, Consumer<DevicePrompt> prompt) {
        return client.device(prompt, World.SCOPE);
    }

    private static FetchedToken loopback(OAuthClient client) throws TokenFetchException {
        return client.login(LoopbackLogin.at("/callback", ProviderUsersTest::visit, World.SCOPE))
                .token();
    }

    /** The browser of the user, beside the thread that waits for it. */
    private static void visit(URI address) {
        Thread user = new Thread(() -> Peer.user().shown(address), "user");
        user.setDaemon(true);
        user.start();
    }

    private static TokenFetchException refused(RefreshExchange refresh, Secret token) {
        return catchThrowableOfType(TokenFetchException.class, () -> refresh.refresh(token));
    }
}
