package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static dev.lintel.embedded.authorization.People.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes that only the holder of a key can redeem, and what their tokens open (RFC 9449, 7 and 10). */
class BoundCodesTest {
    private final People people = new People();
    private final Caller caller = new Caller(people.server);
    private final Signer holder = Signer.es256();
    private final Signer thief = Signer.es256();

    @BeforeEach
    void login() {
        people.server.loginAs("carol");
    }

    @AfterEach
    void stop() {
        people.close();
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String... proof) {
        List<String> headers = new ArrayList<>(List.of(
                "Content-Type", "application/x-www-form-urlencoded", "Authorization", Caller.basic("shop", "s3cret")));
        for (String one : proof) {
            headers.addAll(List.of("DPoP", one));
        }
        return caller.send("POST", path, Browser.encoded(form), headers.toArray(String[]::new));
    }

    private String proof(Signer signer, String method, String path, Object... more) {
        return signer.proof(method, people.server.issuer() + path, people.clock.instant(), more);
    }

    private HttpResponse<String> redeem(String code, String... proof) {
        return post(
                "/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        People.CALLBACK,
                        "code_verifier",
                        People.VERIFIER),
                proof);
    }

    private static String error(HttpResponse<String> answer) {
        return Caller.json(answer.body()).get("error").textValue();
    }

    private String authorized(String... more) {
        return people.browser().open(authorize(more)).told("code");
    }

    private String pushed(Signer signer, String... more) {
        HttpResponse<String> answer = post("/par", request(more), proof(signer, "POST", "/par"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String uri = Caller.json(answer.body()).get("request_uri").textValue();
        return people.browser()
                .open("/authorize?" + Browser.encoded(Map.of("client_id", "shop", "request_uri", uri)))
                .told("code");
    }

    @Test
    void aRequestMayNameTheKey() {
        String jkt = holder.thumbprint();
        assertThat(redeem(authorized("dpop_jkt", jkt), proof(holder, "POST", "/token"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(error(redeem(authorized("dpop_jkt", jkt), proof(thief, "POST", "/token"))))
                .isEqualTo("invalid_dpop_proof");
        assertThat(error(redeem(authorized("dpop_jkt", jkt)))).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void aPushedRequestMayProveTheKey() {
        assertThat(redeem(pushed(holder), proof(holder, "POST", "/token")).statusCode())
                .isEqualTo(200);
        assertThat(error(redeem(pushed(holder), proof(thief, "POST", "/token"))))
                .isEqualTo("invalid_dpop_proof");
        assertThat(error(redeem(pushed(holder)))).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void aPushedRequestMustProveTheKeyThatItNames() {
        assertThat(pushed(holder, "dpop_jkt", holder.thumbprint())).isNotEmpty();
        HttpResponse<String> answer =
                post("/par", request("dpop_jkt", holder.thumbprint()), proof(thief, "POST", "/par"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_dpop_proof\",\"error_description\":"
                        + "\"the proof is not of the key that dpop_jkt names\"}");
    }

    @Test
    void aProofForAnotherEndpointPushesNothing() {
        assertThat(error(post("/par", request(), proof(holder, "POST", "/token"))))
                .isEqualTo("invalid_dpop_proof");
    }

    @Test
    void aTokenThatIsBoundTellsItsHolderAlone() throws Exception {
        String token = Caller.json(
                        redeem(authorized(), proof(holder, "POST", "/token")).body())
                .get("access_token")
                .textValue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        String ath = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        assertThat(userInfo("DPoP " + token, proof(holder, "GET", "/userinfo", "ath", ath)))
                .isEqualTo(200);
        assertThat(userInfo("DPoP " + token, proof(thief, "GET", "/userinfo", "ath", ath)))
                .isEqualTo(401);
        assertThat(userInfo("Bearer " + token, proof(holder, "GET", "/userinfo", "ath", ath)))
                .isEqualTo(401);
        assertThat(userInfo("DPoP " + token)).isEqualTo(401);
        assertThat(userInfo("Bearer " + token)).isEqualTo(401);
        assertThat(userInfo("DPoP " + token, proof(holder, "GET", "/userinfo"))).isEqualTo(400);
    }

    private int userInfo(String authorization, String... proof) {
        return proof.length == 0
                ? caller.send("GET", "/userinfo", "", "Authorization", authorization)
                        .statusCode()
                : caller.send("GET", "/userinfo", "", "Authorization", authorization, "DPoP", proof[0])
                        .statusCode();
    }
}
