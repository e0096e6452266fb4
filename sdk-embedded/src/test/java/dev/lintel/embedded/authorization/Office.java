package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server with a few clients and a clock, as the tests of what clients ask themselves need it. */
final class Office implements AutoCloseable {
    static final String CALLBACK = "https://app.example/callback";
    /** The example of RFC 7636, appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static final String[] USER_GRANTS = {GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN, GrantTypes.DEVICE_CODE
    };

    final MovableClock clock = new MovableClock();
    final AuthorizationServer server;
    final Caller caller;

    Office() {
        this(s -> s);
    }

    Office(UnaryOperator<AuthorizationSettings> more) {
        server = AuthorizationServer.start(
                s -> more.apply(s.clock(clock).audience("orders").signingAlgorithm(SigningAlgorithm.ES256)));
        caller = new Caller(server);
        server.loginAs("alice");
    }

    /** A client with the secret {@code s3cret} that may log users in. */
    static ClientRegistration shop(String id) {
        return ClientRegistration.of(id, Secret.of("s3cret"))
                .scopes("openid", "orders.read", "orders.write")
                .grants(USER_GRANTS)
                .redirectUris(URI.create(CALLBACK));
    }

    /** The same without a secret. */
    static ClientRegistration app(String id) {
        return ClientRegistration.publicClient(id, URI.create(CALLBACK))
                .grants(USER_GRANTS)
                .scopes("openid", "orders.read", "orders.write");
    }

    /** A resource server, for audience {@code orders}, that may exchange what it gets. */
    static ClientRegistration orders() {
        return orders("orders-service");
    }

    static ClientRegistration orders(String id) {
        return ClientRegistration.of(id, Secret.of("s3cret"))
                .serves("orders")
                .scopes("orders.read", "stock.read")
                .audiences("stock")
                .grants(GrantTypes.TOKEN_EXCHANGE, GrantTypes.CLIENT_CREDENTIALS);
    }

    /** Names and values, form-encoded. */
    static String form(String... pairs) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            all.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", all);
    }

    /** A code for alice, sent to {@link #CALLBACK}. */
    String code(String client, String... more) {
        List<String> pairs = new ArrayList<>(List.of(
                "response_type", "code",
                "client_id", client,
                "redirect_uri", CALLBACK,
                "code_challenge", CHALLENGE,
                "code_challenge_method", "S256"));
        pairs.addAll(List.of(more));
        HttpResponse<String> sent = caller.get("/authorize?" + form(pairs.toArray(String[]::new)));
        String location = sent.headers().firstValue("Location").orElseThrow();
        assertThat(location).contains("code=");
        return location.replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    /** A good request for the tokens of a code. */
    static String redeem(String code, String... more) {
        String good = form(
                "grant_type",
                GrantTypes.AUTHORIZATION_CODE,
                "code",
                code,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                VERIFIER);
        return more.length == 0 ? good : good + "&" + form(more);
    }

    static String refresh(String token, String... more) {
        String good = form("grant_type", GrantTypes.REFRESH_TOKEN, "refresh_token", token);
        return more.length == 0 ? good : good + "&" + form(more);
    }

    /** The tokens of a request that must succeed. */
    JsonNode tokens(String client, String form) {
        return good(caller.token(client, "s3cret", form));
    }

    static JsonNode good(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return Caller.json(answer.body());
    }

    static void isError(HttpResponse<String> answer, String code, String description) {
        isError(answer, 400, code, description);
    }

    static void isError(HttpResponse<String> answer, int status, String code, String description) {
        JsonNode json = Caller.json(answer.body());
        assertThat(json.path("error").asText() + ": "
                        + json.path("error_description").asText())
                .isEqualTo(code + ": " + description);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    /** What the server says about a token to the resource server. */
    JsonNode introspect(String token) {
        return introspect("orders-service", token);
    }

    JsonNode introspect(String client, String token) {
        return good(post("/introspect", form("token", token), "Authorization", Caller.basic(client, "s3cret")));
    }

    HttpResponse<String> post(String path, String form, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
        all.addAll(List.of(headers));
        return caller.send("POST", path, form, all.toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
    }
}
