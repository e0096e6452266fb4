package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the browser to tokens that tell who the user is (OpenID Connect Core). */
class UserTokensTest {
    private final People people = new People();
    private final Caller caller = new Caller(people.server);

    @AfterEach
    void stop() {
        people.close();
    }

    private HttpResponse<String> redeem(String code, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", People.CALLBACK);
        form.put("code_verifier", People.VERIFIER);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return caller.token("shop", "s3cret", Browser.encoded(form));
    }

    private JsonNode tokens(String... request) {
        HttpResponse<String> answer =
                redeem(people.browser().open(authorize(request)).told("code"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Caller.json(answer.body());
    }

    private HttpResponse<String> userInfo(String method, String... headers) {
        return caller.send(method, "/userinfo", "", headers);
    }

    @Test
    void aCodeOfAUserGivesTokensOfTheUser() throws Exception {
        Browser browser = people.browser().open(authorize("nonce", "n-1")).login("alice", "wonderland");
        people.clock.forward(Duration.ofSeconds(30));
        HttpResponse<String> answer = redeem(browser.submit("action", "allow").told("code"));
        JsonNode json = Caller.json(answer.body());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token");

        String access = json.get("access_token").textValue();
        assertThat(new Verifier(people.server, SigningAlgorithm.ES256, people.clock)
                        .verify(access, "orders")
                        .getClaims())
                .containsEntry("sub", "alice")
                .containsEntry("client_id", "shop")
                .containsEntry("scope", "openid orders.read");

        SignedJWT idToken = SignedJWT.parse(json.get("id_token").textValue());
        assertThat(idToken.getHeader().getType().getType()).isEqualTo("JWT");
        JWTClaimsSet claims = idToken.getJWTClaimsSet();
        assertThat(claims.getClaims())
                .containsOnlyKeys("iss", "sub", "aud", "exp", "iat", "jti", "auth_time", "nonce", "at_hash", "sid")
                .containsEntry("iss", people.server.issuer().toString())
                .containsEntry("sub", "alice")
                .containsEntry("aud", List.of("shop"))
                .containsEntry(
                        "auth_time", Instant.parse("2030-01-01T12:00:00Z").getEpochSecond())
                .containsEntry("nonce", "n-1")
                .containsEntry("at_hash", leftHalf(access));
        assertThat(claims.getIssueTime()).isEqualTo(Instant.parse("2030-01-01T12:00:30Z"));
        assertThat(claims.getExpirationTime()).isEqualTo(Instant.parse("2030-01-01T12:05:30Z"));
    }

    private static String leftHalf(String token) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    }

    @Test
    void whoDoesNotAskWhoItIsIsNotTold() {
        people.server.loginAs("carol");
        assertThat(tokens("scope", "orders.read").has("id_token")).isFalse();
    }

    @Test
    void loginAsGivesTokensOfThatUser() throws Exception {
        people.server.loginAs("carol");
        SignedJWT token = SignedJWT.parse(tokens().get("id_token").textValue());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("carol");
        assertThat(token.getJWTClaimsSet().getClaims()).doesNotContainKey("nonce");
    }

    @Test
    void aCodeIsGoodOnceAndItsCopyEndsWhatItGave() {
        people.server.loginAs("carol");
        String code = people.browser().open(authorize()).told("code");
        JsonNode first = Caller.json(redeem(code).body());
        assertThat(error(redeem(code))).isEqualTo("invalid_grant");
        String bearer = "Bearer " + first.get("access_token").textValue();
        assertThat(userInfo("GET", "Authorization", bearer).statusCode()).isEqualTo(401);
        String refresh = "grant_type=refresh_token&refresh_token="
                + first.get("refresh_token").textValue();
        assertThat(error(caller.token("shop", "s3cret", refresh))).isEqualTo("invalid_grant");
    }

    @Test
    void aCodeIsGoodForAMinute() {
        people.server.loginAs("carol");
        String code = people.browser().open(authorize()).told("code");
        people.clock.forward(Duration.ofSeconds(60));
        assertThat(error(redeem(code))).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "code_verifier,E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "code_verifier,''",
        "redirect_uri,https://app.example/other"
    })
    void aCodeIsWorthNothingWithoutWhatBelongsToIt(String name, String value) {
        people.server.loginAs("carol");
        String code = people.browser().open(authorize()).told("code");
        assertThat(error(redeem(code, name, value))).isEqualTo("invalid_grant");
        assertThat(error(redeem(code))).as("tried once").isEqualTo("invalid_grant");
    }

    private static String error(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Caller.json(answer.body()).get("error").textValue();
    }

    @Test
    void anAccessTokenTellsWhoItsUserIs() {
        people.server.loginAs("carol");
        String token = tokens().get("access_token").textValue();
        for (String method : List.of("GET", "POST")) {
            HttpResponse<String> answer = userInfo(method, "Authorization", "Bearer " + token);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"sub\":\"carol\"}");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
        HttpResponse<String> posted = caller.send(
                "POST", "/userinfo", "access_token=" + token, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(posted.body()).isEqualTo("{\"sub\":\"carol\"}");
    }

    @Test
    void theScopeProfileTellsTheUsersName() {
        people.server.loginAs("carol");
        people.server.client(People.shop("club").scopes("openid", "profile"));
        String code = people.browser()
                .open(authorize("client_id", "club", "scope", "openid profile"))
                .told("code");
        String token = caller.accessToken(
                "club",
                "s3cret",
                Browser.encoded(Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        People.CALLBACK,
                        "code_verifier",
                        People.VERIFIER)));
        assertThat(userInfo("GET", "Authorization", "Bearer " + token).body())
                .isEqualTo("{\"sub\":\"carol\",\"preferred_username\":\"carol\"}");
    }

    @Test
    void aTokenThatIsNotGoodTellsNothing() {
        people.server.loginAs("carol");
        JsonNode json = tokens();
        String token = json.get("access_token").textValue();
        assertThat(userInfo("GET").statusCode()).isEqualTo(401);
        assertThat(userInfo("GET").headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        for (String header : List.of(
                "Bearer x",
                "Bearer",
                token,
                "Basic " + token,
                "DPoP " + token,
                "Bearer " + json.get("id_token").textValue(),
                "Bearer " + json.get("refresh_token").textValue(),
                "Bearer " + token + "x")) {
            assertThat(userInfo("GET", "Authorization", header).statusCode())
                    .as(header)
                    .isEqualTo(401);
        }
        people.clock.forward(Duration.ofMinutes(5));
        assertThat(userInfo("GET", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aTokenWithoutTheScopeTellsNothing() {
        people.server.loginAs("carol");
        String token = tokens("scope", "orders.read").get("access_token").textValue();
        HttpResponse<String> answer = userInfo("GET", "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer error=\"insufficient_scope\"");
    }

    @Test
    void anIdTokenSaysWhoMustBeLoggedIn() {
        Browser alice = people.known();
        String hint = Caller.json(redeem(alice.open(authorize()).told("code")).body())
                .get("id_token")
                .textValue();
        assertThat(alice.open(authorize("id_token_hint", hint, "prompt", "none"))
                        .told())
                .containsKey("code");

        Browser bob = people.browser().open(authorize()).login("bob", "builder").submit("action", "allow");
        assertThat(bob.open(authorize("id_token_hint", hint, "prompt", "none")).told("error"))
                .isEqualTo("login_required");
        assertThat(bob.open(authorize("id_token_hint", hint)).title()).isEqualTo("Log in");
        assertThat(bob.login("bob", "builder").told())
                .containsEntry("error", "login_required")
                .containsEntry("error_description", "another user than asked for has logged in");
    }

    @Test
    void anIdTokenOfTheUserLogsOutWithoutAsking() {
        Browser alice = people.known();
        String hint = Caller.json(redeem(alice.open(authorize()).told("code")).body())
                .get("id_token")
                .textValue();
        String target = "/logout?"
                + Browser.encoded(Map.of("id_token_hint", hint, "post_logout_redirect_uri", "https://app.example/bye"));
        Browser bob = people.browser().open(authorize()).login("bob", "builder");
        assertThat(bob.open(target).title()).as("a token of somebody else").isEqualTo("Log out?");

        people.clock.forward(Duration.ofHours(1));
        assertThat(alice.open(target).away()).hasValue(java.net.URI.create("https://app.example/bye"));
        assertThat(alice.open(authorize("prompt", "none")).told("error")).isEqualTo("login_required");
        assertThat(alice.open(target + "&client_id=other").text())
                .contains("client_id and id_token_hint are of different clients");
    }

    @Test
    void anIdTokenOfAKeyThatIsNoLongerPublishedIsNone() {
        people.server.loginAs("carol");
        String hint = tokens().get("id_token").textValue();
        people.server.rotateKeys();
        assertThat(people.browser().open(authorize("id_token_hint", hint)).told())
                .containsKey("code");
        people.server.retireOldKeys();
        assertThat(people.browser().open(authorize("id_token_hint", hint)).told("error"))
                .isEqualTo("invalid_request");
    }
}
