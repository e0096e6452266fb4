package dev.lintel.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.Credentials;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.oauth.registration.ClientMetadata;
import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.auth.oauth.registration.Registration;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.RawServer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every flow with a secret in every place, at TRACE: nothing of it may be read anywhere afterwards. */
class CanaryFlowsTest {
    private static final String CANARY = "canary-flow-51c9";
    private static final Secret SECRET = Secret.of(CANARY);
    private static final URI BACK = URI.create("https://shop.example/back");

    private final FakeIssuer issuer = new FakeIssuer();
    private final Registration registration = Registration.at(issuer.url(), issuer.settings());
    private final DPoPKey key = DPoPKey.of(SigningKey.generate(SigningAlgorithm.ES256));
    private final List<String> seen = new ArrayList<>();
    /** What was signed, encrypted or drawn here: assertions, proofs, codes, verifiers. */
    private final List<String> made = new ArrayList<>();

    @AfterEach
    void close() {
        registration.close();
        issuer.close();
    }

    private void look(Callable<?> flow) throws Exception {
        try {
            Object came = flow.call();
            seen.add(String.valueOf(came));
        } catch (TokenFetchException e) {
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            seen.add(stack + " " + e.error() + " " + e.kind());
        }
    }

    private void flows(ClientAuthentication who) throws Exception {
        OAuthClient shop = issuer.client(who, issuer.settings().withTimeout(Duration.ofMillis(1_500)));
        for (OAuthClient client : List.of(shop, shop.withDPoP(key))) {
            seen.add(client + " " + who);
            List<Callable<?>> flows = List.of(
                    () -> client.clientCredentials("a").fetch(),
                    () -> client.refresh().refresh(SECRET),
                    () -> client.exchange(SECRET)
                            .actor(() -> SECRET, TokenKind.JWT)
                            .fetch(),
                    () -> client.exchange(SECRET).requesting(TokenKind.JWT).exchange(),
                    () -> client.jwtBearer(() -> SECRET).fetch(),
                    () -> client.device(prompt -> seen.add(prompt.toString()), "a")
                            .fetch(),
                    () -> client.introspect(SECRET),
                    () -> {
                        client.revoke(SECRET, TokenKind.ACCESS_TOKEN);
                        return "";
                    },
                    () -> client.login(LoopbackLogin.at("/" + CANARY, this::answer, "openid")
                            .patience(Duration.ofSeconds(20))),
                    () -> web(client));
            for (Callable<?> flow : flows) {
                look(flow);
            }
        }
    }

    private Object web(OAuthClient client) throws TokenFetchException {
        WebLogin login = client.webLogin(BACK, LoginRequest.of("a"));
        WebLogin.Begun begun = login.begin();
        made.add(begun.pending().reveal());
        seen.add(login + " " + begun);
        String state = begun.uri().getRawQuery().contains("state=")
                ? FakeIssuer.parse(begun.uri().getRawQuery()).get("state")
                : issuer.form("/par").get("state");
        made.add(state);
        return login.finish(begun.pending(), URI.create(BACK + "?code=" + CANARY + "&state=" + state));
    }

    private void answer(URI uri) {
        Map<String, String> asked = FakeIssuer.parse(uri.getRawQuery());
        Map<String, String> said = asked.containsKey("state") ? asked : issuer.form("/par");
        made.add(said.get("state"));
        HttpRequest back = HttpRequest.newBuilder(
                        URI.create(said.get("redirect_uri") + "?code=" + CANARY + "&state=" + said.get("state")))
                .build();
        var unused = HttpClient.newHttpClient().sendAsync(back, BodyHandlers.discarding());
    }

    private void everywhere(Answer answer) {
        for (String path : List.of("/token", "/introspect", "/revoke", "/device", "/register", "/par")) {
            issuer.server.on(path, answer);
        }
    }

    private void assertSilent(int least) {
        issuer.server.asked().forEach(asked -> {
            made.addAll(asked.headers().getOrDefault("Dpop", List.of()));
            made.addAll(asked.headers().getOrDefault("Authorization", List.of()));
            if (asked.body().contains("&")) {
                Map<String, String> form = FakeIssuer.parse(asked.body());
                for (String name : List.of("client_assertion", "code_verifier", "nonce")) {
                    if (form.containsKey(name)) {
                        made.add(form.get(name));
                    }
                }
            }
        });
        assertThat(seen).hasSizeGreaterThanOrEqualTo(least);
        assertThat(made).hasSizeGreaterThanOrEqualTo(least / 2);
        made.add(CANARY);
        for (String canary : made) {
            String text = canary.replaceFirst("^(Basic|Bearer) ", "");
            assertThat(seen).noneMatch(one -> one.contains(text));
            assertThat(Logs.containing(text)).isEmpty();
        }
        assertThat(Logs.containing("org.apache.hc.client5"))
                .as("the HTTP client logs")
                .isNotEmpty();
    }

    @Test
    void goodAnswersAreNotTold() throws Exception {
        issuer.server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        String id = issuer.idToken(TestKeys.RSA, ",\"jti\":\"" + CANARY + "\"");
        made.add(id);
        String good = "{\"access_token\":\"" + CANARY + "\",\"token_type\":\"TYPE\",\"refresh_token\":\"" + CANARY
                + "\",\"id_token\":\"" + id + "\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:jwt\"}";
        String device = "{\"device_code\":\"" + CANARY + "\",\"user_code\":\"" + CANARY
                + "\",\"verification_uri\":\"https://id.example/\",\"verification_uri_complete\":\"https://id.example/?"
                + CANARY + "\",\"expires_in\":60}";
        issuer.server.on("/device", Answer.json(device));
        issuer.server.on("/introspect", Answer.json("{\"active\":true,\"sub\":\"" + CANARY + "\"}"));
        issuer.server.on("/revoke", Answer.json("{\"x\":\"" + CANARY + "\"}"));
        for (String type : List.of("Bearer", "DPoP")) {
            issuer.tokens(Answer.json(good.replace("TYPE", type)).with("DPoP-Nonce", CANARY));
            flows(ClientSecret.basic(SECRET));
            flows(ClientSecret.post(SECRET));
            flows(PrivateKeyJwt.of(SigningKey.generate(SigningAlgorithm.ES256)));
            flows(ClientAuthentication.firstOf(ClientSecret.post(SECRET), ClientSecret.basic(SECRET)));
        }
        assertSilent(160);
    }

    @Test
    void badAnswersAreNotTold() throws Exception {
        issuer.publish(",\"pushed_authorization_request_endpoint\":\"" + issuer.url() + "/par\"");
        String echo = "{\"error\":\"" + CANARY + "\",\"error_description\":\"" + CANARY + "\",\"" + CANARY + "\":1}";
        List<Answer> answers = List.of(
                Answer.json(CANARY),
                Answer.json("{\"" + CANARY + "\":1,\"" + CANARY + "\":2}"),
                Answer.json("{\"access_token\":[\"" + CANARY + "\"],\"request_uri\":7,\"active\":\"" + CANARY + "\"}"),
                Answer.json("{\"access_token\":\"t\",\"token_type\":\"" + CANARY + "\",\"device_code\":\"" + CANARY
                        + "\",\"request_uri\":\"" + CANARY + "\",\"active\":true,\"exp\":\"" + CANARY + "\"}"),
                Answer.of(200, CANARY, echo),
                Answer.of(400, "application/json", echo),
                Answer.of(401, "application/json", "{\"error\":\"invalid_client\",\"error_uri\":\"" + CANARY + "\"}")
                        .with("DPoP-Nonce", CANARY)
                        .with("Retry-After", CANARY),
                Answer.of(503, "text/html", CANARY),
                Answer.redirect(issuer.url() + "/?" + CANARY),
                Answer.brokenOff());
        for (Answer answer : answers) {
            everywhere(answer);
            flows(ClientSecret.post(SECRET));
            look(() -> registration
                    .withInitialToken(SECRET)
                    .register(ClientMetadata.service("none").softwareStatement(CANARY)));
        }
        assertSilent(200);
    }

    @Test
    void answersThatAreNoHttpAreNotTold() throws Exception {
        for (String answer : List.of(
                CANARY + "\r\n\r\n",
                "HTTP/1.1 2x0 " + CANARY + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + CANARY + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: " + CANARY + "\r\n\r\n",
                "HTTP/1.1 200 " + CANARY + "\r\nContent-Length: 100\r\n\r\n" + CANARY)) {
            try (RawServer raw = new RawServer(url -> answer);
                    OAuthClient shop =
                            OAuthClient.at(raw.url(), "shop", ClientSecret.basic(SECRET), issuer.settings())) {
                look(() -> shop.clientCredentials().fetch());
            }
        }
        assertThat(seen).hasSize(5);
        assertThat(seen).noneMatch(text -> text.contains(CANARY));
        assertThat(Logs.containing(CANARY)).isEmpty();
    }

    @Test
    void valuesAreNotTold() {
        SigningKey signing = SigningKey.generate(SigningAlgorithm.RS256);
        List<Object> values = List.of(
                ClientSecret.basic(SECRET),
                Credentials.assertion("shop", "type", SECRET),
                new RegisteredClient("shop", SECRET, null, null, SECRET, Map.of("name", CANARY)),
                ClientMetadata.service("none").softwareStatement(CANARY),
                new DevicePrompt(CANARY, BACK, URI.create("https://id.example/?" + CANARY), issuer.clock.instant()),
                issuer.client().exchange(SECRET),
                issuer.client().jwtBearer(() -> SECRET));
        assertThat(values).noneMatch(value -> value.toString().contains(CANARY));
        String d = String.valueOf(signing.privateJwk().reveal().replaceAll(".*\"d\":\"([^\"]+)\".*", "$1"));
        assertThat(signing + " " + DPoPKey.of(signing) + " " + PrivateKeyJwt.of(signing))
                .doesNotContain(d);
    }
}
