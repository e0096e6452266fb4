package dev.lintel.judges.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.TokenKind;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens that are kept, and put on requests that oidc-provider judges: it is a resource server too, of user info. */
@ExtendWith(Judging.class)
class ProviderTokensTest {
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
    void manyWhoAskAtOnceGetOneToken() {
        try (OAuthClient client = peer.client("service");
                Tokens tokens =
                        Tokens.from("service", client.clientCredentials(World.SCOPE), TokenSettings.defaults())) {
            List<CompletableFuture<AccessToken>> asked = IntStream.range(0, 100)
                    .mapToObj(i -> tokens.get().toCompletableFuture())
                    .toList();

            assertThat(asked.stream().map(token -> token.join().id()).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aTokenThatWasTakenBackIsReplacedOnce() throws TokenFetchException, IOException, InterruptedException {
        try (OAuthClient client = peer.client("web")) {
            FetchedToken first = Peer.login(client, LoginRequest.of("openid")).token();
            FetchedToken second = Peer.login(client, LoginRequest.of("openid")).token();
            List<FetchedToken> next = new ArrayList<>(List.of(first, second));
            try (Tokens tokens = Tokens.from("web", () -> next.remove(0), TokenSettings.defaults())) {
                assertThat(tokens.token().value().reveal())
                        .isEqualTo(first.value().reveal());
                client.revoke(first.value(), TokenKind.ACCESS_TOKEN);

                assertThat(userInfo(tokens)).isEqualTo("{\"sub\":\"alice\"}");
                assertThat(tokens.token().value().reveal())
                        .isEqualTo(second.value().reveal());
            }
        }
    }

    @Test
    void aBoundTokenGoesWithAProofAndTheNonceThatIsAskedFor()
            throws TokenFetchException, IOException, InterruptedException {
        DPoPKey key = DPoPKey.generate();
        try (OAuthClient client =
                peer.client("nonce-app", ClientAuthentication.none()).withDPoP(key)) {
            FetchedToken token = Peer.login(client, LoginRequest.of("openid")).token();
            DPoPKey fresh = DPoPKey.of(key.key());
            try (Tokens tokens = Tokens.from("nonce-app", () -> token, TokenSettings.defaults())
                    .proving(fresh)) {
                assertThat(userInfo(tokens)).isEqualTo("{\"sub\":\"alice\"}");
            }
        }
    }

    @Test
    void theSameByApacheHttpClient() throws TokenFetchException, IOException {
        DPoPKey key = DPoPKey.generate();
        try (OAuthClient client =
                peer.client("nonce-app", ClientAuthentication.none()).withDPoP(key)) {
            FetchedToken token = Peer.login(client, LoginRequest.of("openid")).token();
            DPoPKey fresh = DPoPKey.of(key.key());
            try (Tokens tokens = Tokens.from("nonce-app", () -> token, TokenSettings.defaults())
                            .proving(fresh);
                    CloseableHttpClient http = tokens.attachTo(HttpClients.custom(), URI.create(peer.issuer()))
                            .build()) {
                String said =
                        http.execute(new HttpGet(where()), response -> EntityUtils.toString(response.getEntity()));

                assertThat(said).isEqualTo("{\"sub\":\"alice\"}");
            }
        }
    }

    private static URI where() {
        return URI.create(peer.issuer() + "/me");
    }

    private static String userInfo(Tokens tokens) throws IOException, InterruptedException {
        return tokens.client(HttpClient.newHttpClient(), URI.create(peer.issuer()))
                .send(HttpRequest.newBuilder(where()).build(), BodyHandlers.ofString())
                .body();
    }
}
