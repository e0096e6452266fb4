package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two halves of a login of a web application. */
class WebLoginTest {
    private static final URI BACK = URI.create("https://shop.example/back");
    private static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");
    private static final String REFUSED = "The answer to the login at ISSUER is refused: ";
    private static final String AGAIN = "; begin the login again";

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();
    private final WebLogin login = shop.webLogin(BACK, LoginRequest.of("orders.read"));

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Map<String, String> query(URI uri) {
        return FakeIssuer.parse(uri.getRawQuery());
    }

    private static URI back(WebLogin.Begun begun, String more) {
        return URI.create(BACK + "?state=" + query(begun.uri()).get("state") + more);
    }

    private void refused(Secret pending, URI came, String why) {
        fails(issuer, () -> login.finish(pending, came), Kind.PERMANENT, REFUSED + why + AGAIN);
    }

    @Test
    void aLoginGoesThereAndBack() throws TokenFetchException {
        WebLogin.Begun begun = login.begin();
        Login alice = login.finish(begun.pending(), back(begun, "&code=c1"));

        assertThat(alice.token().value()).isEqualTo(Secret.of("t1"));
        assertThat(query(begun.uri())).containsEntry("redirect_uri", BACK.toString());
        assertThat(issuer.form("/token"))
                .containsOnlyKeys("grant_type", "code", "redirect_uri", "code_verifier")
                .containsEntry("redirect_uri", BACK.toString());
        assertThat(begun).hasToString("login at 127.0.0.1");
        assertThat(login).hasToString("web login of 'shop' at " + issuer.url() + " for [orders.read]");
    }

    @Test
    void whatIsKeptTellsNothingAndIsDifferentEachTime() throws TokenFetchException {
        WebLogin.Begun first = login.begin();
        WebLogin.Begun second = login.begin();
        assertThat(first.pending().reveal())
                .matches("[\\w-]+")
                .doesNotContain(query(first.uri()).get("state"))
                .isNotEqualTo(second.pending().reveal());
    }

    @Test
    void anAnswerToAnotherLoginIsRefused() throws TokenFetchException {
        WebLogin.Begun mine = login.begin();
        WebLogin.Begun evil = login.begin();
        String why = "its state is not that of this login, so it may have been begun by somebody else";
        refused(mine.pending(), back(evil, "&code=c1"), why);
        refused(mine.pending(), URI.create(BACK + "?code=c1"), why);
        refused(mine.pending(), BACK, why);
        refused(mine.pending(), back(mine, "&state=x&code=c1"), "it has a parameter twice");
        refused(mine.pending(), back(mine, "&code=c1&code=c2"), "it has a parameter twice");
        refused(mine.pending(), back(mine, "&code=" + "x".repeat(17_000)), "it has more than 16384 characters");
        refused(
                mine.pending(),
                back(mine, "&code=c1&iss=https%3A%2F%2Fevil.example"),
                "it is of another issuer, so a server may be passing off another's answers (RFC 9207, 2.4)");
        assertThat(issuer.asked("/token")).isEmpty();
    }

    @Test
    void whatWasChangedOrSealedByAnotherIsRefused() throws TokenFetchException {
        WebLogin.Begun begun = login.begin();
        String kept = begun.pending().reveal();
        String why = "what was kept of this login was changed, or sealed with another key";
        String turned = (kept.charAt(20) == 'A' ? 'B' : 'A') + kept.substring(21);
        refused(Secret.of(kept.substring(0, 20) + turned), back(begun, "&code=c1"), why);
        refused(Secret.of("garbage"), back(begun, "&code=c1"), why);
        refused(Secret.of("not base64!"), back(begun, "&code=c1"), why);
        WebLogin elsewhere = shop.webLogin(URI.create("https://shop.example/other"), LoginRequest.of())
                .sealedWith(KEY);
        WebLogin.Begun other = elsewhere.begin();
        refused(other.pending(), back(other, "&code=c1"), why);
        fails(
                issuer,
                () -> login.sealedWith(KEY).finish(other.pending(), back(other, "&code=c1")),
                Kind.PERMANENT,
                REFUSED + why + AGAIN);
    }

    @Test
    void anotherInstanceWithTheSameKeyCanEndIt() throws TokenFetchException {
        WebLogin.Begun begun = login.sealedWith(KEY).begin();
        WebLogin twin =
                issuer.client().webLogin(BACK, LoginRequest.of("orders.read")).sealedWith(KEY);
        assertThat(twin.finish(begun.pending(), back(begun, "&code=c1"))).isNotNull();
    }

    @Test
    void aLoginThatTakesTooLongIsRefused() throws TokenFetchException {
        WebLogin.Begun begun = login.begin();
        issuer.clock.forward(Duration.ofMinutes(10));
        refused(begun.pending(), back(begun, "&code=c1"), "it came more than 10 minutes late");
    }

    @Test
    void aServerThatTakesPushedRequestsGetsThem() throws TokenFetchException {
        issuer.publish(",\"pushed_authorization_request_endpoint\":\"" + issuer.url() + "/par\"");
        issuer.server.on(
                "/par", Answer.of(201, "application/json", "{\"request_uri\":\"urn:example:1&x\",\"expires_in\":60}"));
        WebLogin.Begun begun = login.begin();

        assertThat(begun.uri().toString())
                .isEqualTo(issuer.url() + "/authorize?client_id=shop&request_uri=urn%3Aexample%3A1%26x");
        Map<String, String> pushed = issuer.form("/par");
        assertThat(pushed)
                .containsOnlyKeys(
                        "response_type",
                        "client_id",
                        "redirect_uri",
                        "scope",
                        "state",
                        "code_challenge",
                        "code_challenge_method");
        assertThat(issuer.asked("/par").get(0).headers()).containsKey("Authorization");
        URI came = URI.create(BACK + "?code=c1&state=" + pushed.get("state"));
        assertThat(login.finish(begun.pending(), came)).isNotNull();
    }

    @Test
    void aPushedRequestHasItsCredentialAndItsProof() throws TokenFetchException {
        DPoPKey key = DPoPKey.generate();
        issuer.publish(",\"pushed_authorization_request_endpoint\":\"" + issuer.url() + "/par\"");
        Answer nonce = Answer.of(400, "application/json", "{\"error\":\"use_dpop_nonce\"}")
                .with("DPoP-Nonce", "n1");
        issuer.server.on("/par", Answer.inTurn(nonce, Answer.json("{\"request_uri\":\"urn:x\"}")));
        OAuthClient posting =
                issuer.client(ClientSecret.post(Secret.of("s3cret"))).withDPoP(key);
        assertThat(posting.webLogin(BACK, LoginRequest.of()).begin()).isNotNull();

        assertThat(issuer.form("/par"))
                .containsEntry("client_secret", "s3cret")
                .containsEntry("dpop_jkt", key.thumbprint());
        String proof = issuer.asked("/par").get(1).headers().get("Dpop").get(0);
        assertThat(FakeIssuer.part(proof, 1)).containsEntry("nonce", "n1").containsEntry("htu", issuer.url() + "/par");
    }

    @Test
    void aServerThatWantsPushedRequestsAloneMustSayWhere() {
        issuer.publish(",\"require_pushed_authorization_requests\":true");
        fails(
                issuer,
                login::begin,
                Kind.PERMANENT,
                "The server ISSUER names no pushed_authorization_request_endpoint, so it cannot be asked for that; if it"
                        + " has one, say it with ServerMetadata");
    }

    @Test
    void aPushedRequestThatIsAnsweredBadlyIsTold() {
        issuer.publish(",\"pushed_authorization_request_endpoint\":\"" + issuer.url() + "/par\"");
        issuer.server.on("/par", Answer.json("{\"request_uri\":7}"));
        fails(
                issuer,
                login::begin,
                Kind.RETRYABLE,
                "ISSUER/par answered with 'request_uri' as a number, which must be a string (RFC 9126, 2.2)");
        issuer.server.on("/par", Answer.json("{}"));
        fails(
                issuer,
                login::begin,
                Kind.RETRYABLE,
                "ISSUER/par answered without 'request_uri', which must be a string (RFC 9126, 2.2)");
    }

    @Test
    void howLongAgoTheUserLoggedInIsAskedForAndChecked() throws TokenFetchException {
        issuer.server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        WebLogin recent = shop.webLogin(BACK, LoginRequest.of("openid").maxAge(Duration.ofMinutes(5)));
        WebLogin.Begun begun = recent.begin();
        assertThat(query(begun.uri())).containsEntry("max_age", "300");
        id(begun, ",\"auth_time\":" + (issuer.clock.seconds() - 200));
        assertThat(recent.finish(begun.pending(), back(begun, "&code=c1")).user())
                .isNotNull();
        id(begun, ",\"auth_time\":" + (issuer.clock.seconds() - 400));
        fails(
                issuer,
                () -> recent.finish(begun.pending(), back(begun, "&code=c1")),
                Kind.PERMANENT,
                "The ID token of ISSUER is refused: its 'auth_time' is not as recent as this login asks for" + AGAIN);
    }

    private void id(WebLogin.Begun begun, String more) {
        String id = issuer.idToken(
                TestKeys.RSA, ",\"nonce\":\"" + query(begun.uri()).get("nonce") + "\"" + more);
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("60}", "60,\"id_token\":\"" + id + "\"}")));
    }

    @Test
    void aQueryOfTheAuthorizationEndpointIsKept() throws TokenFetchException {
        issuer.server.on(
                "/.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + issuer.url() + "\",\"authorization_endpoint\":\"" + issuer.url()
                        + "/authorize?tenant=7\"}"));
        assertThat(login.begin().uri().toString())
                .startsWith(issuer.url() + "/authorize?tenant=7&response_type=code&client_id=shop");
    }

    @Test
    void webLoginsAreCheckedAtTheCall() {
        assertThatThrownBy(() -> shop.webLogin(URI.create("/back"), LoginRequest.of()))
                .hasMessage("a redirect address must be absolute and without fragment (RFC 6749, 3.1.2), but was"
                        + " '/back'");
        assertThatThrownBy(() -> login.sealedWith(Secret.of("short")))
                .hasMessage("the key of a seal must have at least 32 characters");
    }
}
