package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7591 and RFC 7592. */
class RegistrationTest {
    private static final String WEB = "{\"redirect_uris\":[\"https://app.example/callback\"],"
            + "\"grant_types\":[\"authorization_code\",\"refresh_token\",\"client_credentials\"],"
            + "\"scope\":\"orders.read admin\",\"client_name\":\"The web\"}";
    private static final String NO_TOKEN = "the token is missing, or not the one for this";

    private final Office office = new Office(s -> s.registrations(
            Registrations.open().scopes("orders.read", "orders.write").most(3)));

    @AfterEach
    void stop() {
        office.close();
    }

    private static HttpResponse<String> register(Office office, String json, String... headers) {
        String[] all = new String[2 + headers.length];
        all[0] = "Content-Type";
        all[1] = "application/json";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return office.caller.send("POST", "/register", json, all);
    }

    private JsonNode registered(String json) {
        HttpResponse<String> answer = register(office, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        return Caller.json(answer.body());
    }

    private HttpResponse<String> manage(String method, JsonNode client, String token, String json) {
        String uri = client.get("registration_client_uri").textValue();
        return office.caller.send(
                method,
                uri.substring(office.server.issuer().toString().length()),
                json,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + token);
    }

    private static String token(JsonNode client) {
        return client.get("registration_access_token").textValue();
    }

    private static String with(String json, String member) {
        return json.substring(0, json.length() - 1) + "," + member + "}";
    }

    @Test
    void aClientThatRegistersGetsWhatItMayHave() {
        JsonNode client = registered(WEB);
        assertThat(client.fieldNames())
                .toIterable()
                .containsExactly(
                        "client_id",
                        "client_id_issued_at",
                        "client_name",
                        "token_endpoint_auth_method",
                        "grant_types",
                        "response_types",
                        "redirect_uris",
                        "scope",
                        "dpop_bound_access_tokens",
                        "client_secret",
                        "client_secret_expires_at",
                        "registration_client_uri",
                        "registration_access_token");
        assertThat(client.get("scope").textValue()).isEqualTo("orders.read");
        assertThat(client.get("client_secret_expires_at").intValue()).isZero();
        assertThat(client.get("client_id_issued_at").longValue())
                .isEqualTo(office.clock.instant().getEpochSecond());
        assertThat(office.caller.accessToken(
                        client.get("client_id").textValue(),
                        client.get("client_secret").textValue(),
                        "grant_type=client_credentials"))
                .isNotNull();
    }

    @Test
    void whatItManagesItselfWithTurnsWithEachChange() {
        JsonNode client = registered(WEB);
        JsonNode read = Caller.json(manage("GET", client, token(client), "").body());
        assertThat(read.has("client_secret")).isFalse();
        assertThat(read.has("registration_access_token")).isFalse();
        assertThat(read.get("client_name").textValue()).isEqualTo("The web");

        String id = "\"client_id\":\"" + client.get("client_id").textValue() + "\"";
        String changed = with(WEB.replace("The web", "The new web"), id);
        JsonNode after =
                Caller.json(manage("PUT", client, token(client), changed).body());
        assertThat(after.get("client_name").textValue()).isEqualTo("The new web");
        assertThat(after.has("client_secret")).isFalse();
        Office.isError(manage("GET", client, token(client), ""), 401, "invalid_token", NO_TOKEN);
        assertThat(manage("GET", client, token(after), "").statusCode()).isEqualTo(200);
        assertThat(office.caller.accessToken(
                        client.get("client_id").textValue(),
                        client.get("client_secret").textValue(),
                        "grant_type=client_credentials"))
                .as("the secret stays")
                .isNotNull();
    }

    @Test
    void aClientThatGoesTakesItsTokensWithIt() {
        office.server.client(Office.orders());
        JsonNode client = registered(WEB);
        String id = client.get("client_id").textValue();
        String secret = client.get("client_secret").textValue();
        JsonNode tokens = Office.good(office.caller.token(id, secret, Office.redeem(office.code(id))));
        String access = tokens.get("access_token").textValue();
        assertThat(office.introspect(access).get("active").booleanValue()).isTrue();

        HttpResponse<String> gone = manage("DELETE", client, token(client), "");

        assertThat(gone.statusCode()).isEqualTo(204);
        assertThat(gone.body()).isEmpty();
        assertThat(office.introspect(access).get("active").booleanValue()).isFalse();
        Office.isError(manage("GET", client, token(client), ""), 401, "invalid_token", NO_TOKEN);
        assertThat(office.caller
                        .token(id, secret, "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoDoesNotExistAndWhoMayNotAreAnsweredAlike() {
        office.server.client(Office.shop("shop"));
        JsonNode client = registered(WEB);
        for (String path :
                new String[] {"/register?client_id=nobody", "/register?client_id=shop", "/register", "/register?x=y"}) {
            HttpResponse<String> answer =
                    office.caller.send("GET", path, "", "Authorization", "Bearer " + token(client));
            Office.isError(answer, 401, "invalid_token", NO_TOKEN);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        }
        Office.isError(manage("GET", client, "wrong", ""), 401, "invalid_token", NO_TOKEN);
    }

    @Test
    void anUpdateNamesTheClientAndNothingThatIsNotItsOwn() {
        JsonNode client = registered(WEB);
        String id = "\"client_id\":\"" + client.get("client_id").textValue() + "\"";
        String own = "client_id, and client_secret if it is sent, must be the client's";
        Office.isError(manage("PUT", client, token(client), WEB), "invalid_client_metadata", own);
        Office.isError(
                manage("PUT", client, token(client), with(with(WEB, id), "\"client_secret\":\"mine\"")),
                "invalid_client_metadata",
                own);
        assertThat(manage("PUT", client, token(client), with(with(WEB, id), "\"client_id_issued_at\":1"))
                        .body())
                .contains("what the server has decided must not be sent");
        String secret = "\"client_secret\":\"" + client.get("client_secret").textValue() + "\"";
        assertThat(manage("PUT", client, token(client), with(with(WEB, id), secret))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anInitialTokenOpensTheDoor() {
        try (Office closed = new Office(s -> s.registrations(Registrations.withToken(Secret.of("1nitial"))))) {
            Office.isError(register(closed, WEB), 401, "invalid_token", NO_TOKEN);
            Office.isError(register(closed, WEB, "Authorization", "Bearer wrong"), 401, "invalid_token", NO_TOKEN);
            Office.isError(register(closed, WEB, "Authorization", "Basic 1nitial"), 401, "invalid_token", NO_TOKEN);
            assertThat(register(closed, WEB, "Authorization", "Bearer 1nitial").statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void withoutTheSettingThereIsNoSuchEndpoint() {
        try (Office none = new Office()) {
            assertThat(register(none, WEB).statusCode()).isEqualTo(404);
            assertThat(none.caller.get("/.well-known/openid-configuration").body())
                    .doesNotContain("registration_endpoint");
        }
        assertThat(office.caller.get("/.well-known/openid-configuration").body())
                .contains("\"registration_endpoint\":\"" + office.server.issuer() + "/register\"");
    }

    @Test
    void thereIsRoomForSoManyOnly() {
        for (int i = 0; i < 3; i++) {
            registered(WEB);
        }
        HttpResponse<String> answer = register(office, WEB);
        Office.isError(answer, 429, "temporarily_unavailable", "no further client can be registered for now");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
    }

    @Test
    void aClientWithKeysOrWithoutProofHasNoSecret() {
        JsonNode keys = registered("{\"token_endpoint_auth_method\":\"private_key_jwt\",\"grant_types\":"
                + "[\"client_credentials\"],\"jwks\":" + Signer.es256().jwks() + "}");
        assertThat(keys.has("client_secret")).isFalse();
        assertThat(keys.get("jwks").get("keys")).hasSize(1);
        JsonNode none = registered("{\"token_endpoint_auth_method\":\"none\",\"dpop_bound_access_tokens\":true,"
                + "\"redirect_uris\":[\"com.example.app:/callback\",\"http://127.0.0.1/\"]}");
        assertThat(none.has("client_secret")).isFalse();
        assertThat(none.get("dpop_bound_access_tokens").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|invalid_redirect_uri|redirect_uris and the grant type authorization_code go together",
                "{\"redirect_uris\":[\"http://app.example/\"]}|invalid_redirect_uri|redirect URIs must be https,"
                        + " http only for loopback, or of a scheme with a dot; without fragment; names at most 100"
                        + " characters",
                "{\"redirect_uris\":[\"javascript:alert(1)\"]}|invalid_redirect_uri|redirect URIs must be https,"
                        + " http only for loopback, or of a scheme with a dot; without fragment; names at most 100"
                        + " characters",
                "{\"redirect_uris\":[\"::\"]}|invalid_redirect_uri|redirect_uris must be URIs",
                "{\"redirect_uris\":\"https://a.example/\"}|invalid_client_metadata|redirect_uris must be a list of"
                        + " at most 20 strings",
                "{\"redirect_uris\":[7]}|invalid_client_metadata|redirect_uris must be a list of at most 20 strings",
                "{\"grant_types\":[\"password\"]}|invalid_client_metadata|grant_types may be authorization_code,"
                        + " refresh_token, client_credentials and the device code",
                "{\"grant_types\":[\"client_credentials\"],\"response_types\":[\"token\"]}|invalid_client_metadata|"
                        + "response_types must be code with the grant type authorization_code, and empty without",
                "{\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":\"none\"}|"
                        + "invalid_client_metadata|client_credentials needs a client that can prove itself",
                "{\"token_endpoint_auth_method\":\"client_secret_jwt\"}|invalid_client_metadata|"
                        + "token_endpoint_auth_method must be client_secret_basic, client_secret_post,"
                        + " private_key_jwt, or none",
                "{\"grant_types\":[\"client_credentials\"],\"jwks_uri\":\"http://169.254.169.254/\"}|"
                        + "invalid_client_metadata|jwks_uri is not taken here: send the keys themselves as jwks",
                "{\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":\"private_key_jwt\"}|"
                        + "invalid_client_metadata|private_key_jwt needs public keys as jwks",
                "{\"grant_types\":[\"client_credentials\"],\"token_endpoint_auth_method\":\"private_key_jwt\","
                        + "\"jwks\":{\"keys\":[]}}|invalid_client_metadata|jwks must hold a public key for"
                        + " signatures: RSA of 2048 bits or more, EC, or Ed25519",
                "{\"grant_types\":[\"client_credentials\"],\"scope\":[\"a\"]}|invalid_client_metadata|scope must be"
                        + " a string",
                "{\"grant_types\":[\"client_credentials\"],\"dpop_bound_access_tokens\":\"yes\"}|"
                        + "invalid_client_metadata|dpop_bound_access_tokens must be true or false",
                "[]|invalid_request|the body must be a JSON object without a member twice",
                "{\"scope\":\"a\",\"scope\":\"b\"}|invalid_request|the body must be a JSON object without a member"
                        + " twice",
                "|invalid_request|the body must be a JSON object without a member twice"
            })
    void whatIsNotRegistered(String json, String code, String why) {
        Office.isError(register(office, json == null ? "" : json), code, why);
    }

    @Test
    void aRegistrationIsJson() {
        Office.isError(
                office.caller.send("POST", "/register", WEB, "Content-Type", "text/plain"),
                "invalid_request",
                "the body must be of type application/json");
        Office.isError(
                office.caller.send("POST", "/register?a=b", WEB, "Content-Type", "application/json"),
                "invalid_request",
                "parameters belong into the body, not behind the path");
    }

    @Test
    void aLongNameIsRefusedWithoutBeingQuoted() {
        String name = "n".repeat(101);
        HttpResponse<String> answer =
                register(office, "{\"grant_types\":[\"client_credentials\"],\"client_name\":\"" + name + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(name);
    }
}
