package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749, 5.2, and what RFC 8707 adds to it. */
class TokenErrorsTest {
    private static final String OK = "grant_type=client_credentials";

    private AuthorizationServer id;
    private Caller caller;

    @BeforeEach
    void start() {
        id = AuthorizationServer.start(s -> s.audience("orders").signingAlgorithm(SigningAlgorithm.ES256));
        id.client("shop", Secret.of("s3cret"), "orders.read");
        id.client(ClientRegistration.of("idle", Secret.of("s3cret")).grants(new String[0]));
        id.client(ClientRegistration.of("a: b%+", Secret.of("p: %+ä€")));
        caller = new Caller(id);
    }

    @AfterEach
    void stop() {
        id.close();
    }

    private static void isError(HttpResponse<String> answer, int status, String code, String description) {
        JsonNode json = Caller.json(answer.body());
        assertThat(json.fieldNames()).toIterable().containsExactly("error", "error_description");
        assertThat(json.get("error").textValue()).isEqualTo(code);
        assertThat(json.get("error_description").textValue()).isEqualTo(description);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"token\"");
        } else {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scope=orders.read|the parameter grant_type is missing",
                "grant_type=&scope=orders.read|the parameter grant_type is missing",
                "''|the parameter grant_type is missing",
                OK + "&" + OK + "|a parameter is given more than once",
                OK + "&scope=&scope=orders.read|a parameter is given more than once",
                OK + "&sco%70e=orders.read&scope=orders.read|a parameter is given more than once",
                OK + "&scope|the body must be name=value pairs joined by ampersands",
                OK + "&=x|the body must be name=value pairs joined by ampersands",
                OK + "&|the body must be name=value pairs joined by ampersands",
                "&" + OK + "|the body must be name=value pairs joined by ampersands",
                OK + "&scope=%zz|the body is not correctly encoded",
                OK + "&scope=%+1|the body is not correctly encoded",
                OK + "&scope=%2|the body is not correctly encoded",
                OK + "&scope=%|the body is not correctly encoded",
                OK + "&scope=%ff|the body is not correctly encoded",
                OK + "&scope=%c0%af|the body is not correctly encoded",
                OK + "&scope=a%00|the body is not correctly encoded",
                OK + "&scope=ä|the body is not correctly encoded",
                OK + "&scope=a b|the body is not correctly encoded",
                OK + "&client_id=other|client_id and the Authorization header differ",
                OK + "&client_secret=s3cret|the client must authenticate in one way only",
            })
    void invalidRequest(String form, String description) {
        isError(caller.token("shop", "s3cret", form), 400, "invalid_request", description);
    }

    @Test
    void tooManyParameters() {
        isError(
                caller.token("shop", "s3cret", OK + "&a=b".repeat(100)),
                400,
                "invalid_request",
                "there must be at most 100 parameters");
    }

    @Test
    void twoAuthorizationHeaders() {
        String basic = Caller.basic("shop", "s3cret");
        isError(
                caller.form(OK, "Authorization", basic, "Authorization", basic),
                400,
                "invalid_request",
                "the client must authenticate in one way only");
    }

    @Test
    void parametersBehindThePath() {
        HttpResponse<String> answer = caller.send(
                "POST",
                "/token?client_id=shop&client_secret=s3cret",
                OK,
                "Content-Type",
                "application/x-www-form-urlencoded");
        isError(answer, 400, "invalid_request", "parameters belong into the body, not behind the path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded; charset=utf-8; charset=utf-8",
                "application/x-www-form-urlencodedx"
            })
    void anotherContentType(String type) {
        HttpResponse<String> answer = caller.send(
                "POST", "/token", OK, "Content-Type", type, "Authorization", Caller.basic("shop", "s3cret"));
        isError(answer, 400, "invalid_request", "the body must be of type application/x-www-form-urlencoded");
    }

    @Test
    void aCompressedBody() {
        isError(
                caller.form(OK, "Content-Encoding", "gzip"),
                400,
                "invalid_request",
                "the body must be of type application/x-www-form-urlencoded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "APPLICATION/X-WWW-Form-Urlencoded;charset=\"utf-8\""
            })
    void acceptedContentTypes(String type) {
        HttpResponse<String> answer = caller.send(
                "POST", "/token", OK, "Content-Type", type, "Authorization", Caller.basic("shop", "s3cret"));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"shop,wrong", "nobody,s3cret", "SHOP,s3cret", "shop,s3cret%00", "shop,S3cret"})
    void invalidClient(String client, String secret) {
        isError(
                caller.token(client, secret.replace("%00", "x"), OK),
                401,
                "invalid_client",
                "no client has this id and this secret");
        isError(
                caller.form(OK + "&client_id=" + client + "&client_secret=" + secret.replace("%00", "x")),
                401,
                "invalid_client",
                "no client has this id and this secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&client_id=shop", "&client_secret=s3cret", "&client_id=shop&client_secret="})
    void noAuthentication(String more) {
        isError(caller.form(OK + more), 401, "invalid_client", "the client must authenticate with id and secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basicc2hvcDpzM2NyZXQ=", "Digest x"})
    void anotherScheme(String header) {
        isError(
                caller.form(OK, "Authorization", header),
                401,
                "invalid_client",
                "the Authorization header must be of scheme Basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                ":s3cret",
                "shop:",
                "sh%op:s3cret",
                "shop:s3%cret",
                "shop:s3 cret",
                "shop:s3crét",
                "shop:s3cret\u0000",
                "shop:%ff"
            })
    void badCredentials(String pair) {
        String base64 = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        isError(
                caller.form(OK, "Authorization", "Basic " + base64 + " "),
                401,
                "invalid_client",
                pair.isEmpty()
                        ? "the Authorization header must be of scheme Basic"
                        : "the Authorization header must hold id:secret, each form-encoded, in Base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%%", "c2hvcDpz!M2NyZXQ=", "c2hvcDpzM2NyZXQ=====", "c2hv cDpzM2NyZXQ="})
    void badBase64(String base64) {
        isError(
                caller.form(OK, "Authorization", "Basic " + base64),
                401,
                "invalid_client",
                "the Authorization header must hold id:secret, each form-encoded, in Base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC   "})
    void goodCredentials(String scheme) {
        String base64 = Caller.basic("shop", "s3cret").substring("Basic ".length());
        assertThat(caller.form(OK, "Authorization", scheme + base64).statusCode())
                .isEqualTo(200);
        assertThat(caller.form(OK + "&client_id=shop", "Authorization", scheme + base64)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void credentialsAreFormEncodedInBothPlaces() {
        String client = "a%3A+b%25%2B";
        String secret = "p%3A+%25%2B%C3%A4%E2%82%AC";
        assertThat(caller.token(client, secret, OK).statusCode()).isEqualTo(200);
        assertThat(caller.form(OK + "&client_id=" + client + "&client_secret=" + secret)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void unauthorizedClient() {
        isError(
                caller.token("idle", "s3cret", OK),
                400,
                "unauthorized_client",
                "this client may not use this grant_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "implicit",
                "urn:ietf:params:oauth:grant-type:saml2-bearer",
                "CLIENT_CREDENTIALS",
                "client_credentials+"
            })
    void unsupportedGrantType(String type) {
        isError(
                caller.token("shop", "s3cret", "grant_type=" + type),
                400,
                "unsupported_grant_type",
                "this grant_type is not offered here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders.write|scope 'orders.write' is not allowed for this client",
                "orders.read+orders.write|scope 'orders.write' is not allowed for this client",
                "ORDERS.READ|scope 'ORDERS.READ' is not allowed for this client",
                "orders.read++orders.read|scope must be values separated by single spaces",
                "+orders.read|scope must be values separated by single spaces",
                "%22|scope must be values separated by single spaces",
                "%5C|scope must be values separated by single spaces",
                "%C3%A4|scope must be values separated by single spaces",
            })
    void invalidScope(String scope, String description) {
        isError(caller.token("shop", "s3cret", OK + "&scope=" + scope), 400, "invalid_scope", description);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audience=stock|an audience or resource that is asked for is not allowed for this client",
                "audience=orders&audience=stock|an audience or resource that is asked for is not allowed for this client",
                "resource=https%3A%2F%2Fstock.example|an audience or resource that is asked for is not allowed for this client",
                "resource=orders|resource must be an absolute URI without a fragment",
                "resource=https%3A%2F%2Fa.example%23b|resource must be an absolute URI without a fragment",
                "resource=https%3A%2F%2F%7B|resource must be an absolute URI without a fragment",
            })
    void invalidTarget(String more, String description) {
        isError(caller.token("shop", "s3cret", OK + "&" + more), 400, "invalid_target", description);
    }
}
