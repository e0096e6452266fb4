package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private final Issuing issuing = new Issuing(TestKeys.RSA, TestKeys.EC, TestKeys.ED);

    @AfterEach
    void close() {
        issuing.close();
    }

    @Test
    void aGoodTokenIsTakenApart() {
        String raw = issuing.token(TestKeys.RSA, "\"typ\":\"at+jwt\"", ",\"tenant\":\"acme\",\"gone\":null");
        assertThat(issuing.verify(raw))
                .isEqualTo(new Token.Verified(
                        issuing.server.url(),
                        "alice",
                        List.of("orders"),
                        List.of("a", "b"),
                        Map.of(
                                "iss", issuing.server.url(),
                                "sub", "alice",
                                "aud", "orders",
                                "scope", "a b",
                                "exp", (int) issuing.clock.seconds() + 3600,
                                "tenant", "acme")));
    }

    @Test
    void everyKindOfKeyVerifies() {
        for (JWK key : List.of(TestKeys.RSA, TestKeys.EC, TestKeys.ED)) {
            assertThat(issuing.refusal(issuing.good(key))).isEqualTo("accepted");
        }
        String pss = TestKeys.sign(TestKeys.RSA, "PS256", "{\"alg\":\"PS256\"}", issuing.claims(""));
        String ed = TestKeys.sign(TestKeys.ED, "Ed25519", "{\"alg\":\"Ed25519\",\"kid\":\"ed-1\"}", issuing.claims(""));
        assertThat(issuing.refusal(pss)).isEqualTo("accepted");
        assertThat(issuing.refusal(ed)).isEqualTo("accepted");
    }

    @Test
    void scopesAndAudiencesMayBeLists() {
        String raw = TestKeys.sign(
                TestKeys.RSA,
                "RS256",
                "{\"alg\":\"RS256\"}",
                "{\"iss\":\"" + issuing.server.url() + "\",\"aud\":[\"a\",\"b\"],\"scope\":[\"x\",\"y\"],\"exp\":"
                        + (issuing.clock.seconds() + 1) + ".5}");
        Token.Verified token = (Token.Verified) issuing.verify(raw);
        assertThat(token.audiences()).containsExactly("a", "b");
        assertThat(token.scopes()).containsExactly("x", "y");
        assertThat(token.subject()).isNull();
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String unsigned = TestKeys.encode("{\"alg\":\"none\"}") + "." + TestKeys.encode(issuing.claims("")) + ".";
        assertThat(issuing.refusal(unsigned)).isEqualTo("the token's signature algorithm is not accepted");
        String stripped = issuing.good(TestKeys.RSA);
        assertThat(issuing.refusal(stripped.substring(0, stripped.lastIndexOf('.') + 1)))
                .isEqualTo("the token's signature is wrong");
        for (String name : List.of("None", "NONE", "nOnE", "")) {
            assertThat(issuing.refusal(TestKeys.encode("{\"alg\":\"" + name + "\"}") + "."
                            + TestKeys.encode(issuing.claims("")) + "."))
                    .isEqualTo("the token's signature algorithm is not accepted");
        }
    }

    @Test
    void aPublicKeyIsNoSharedSecret() throws GeneralSecurityException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey(TestKeys.RSA))
                + "\n-----END PUBLIC KEY-----\n";
        String jwk = TestKeys.RSA.toPublicJWK().toJSONString();
        for (byte[] secret : List.of(
                publicKey(TestKeys.RSA),
                pem.getBytes(StandardCharsets.US_ASCII),
                jwk.getBytes(StandardCharsets.US_ASCII))) {
            String signed = TestKeys.encode("{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}") + "."
                    + TestKeys.encode(issuing.claims(""));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String signature = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
            assertThat(issuing.refusal(signed + "." + signature))
                    .isEqualTo("the token's signature algorithm is not accepted");
        }
    }

    private static byte[] publicKey(RSAKey key) {
        try {
            return key.toPublicKey().getEncoded();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAlgorithmGoesWithItsOwnKindOfKey() {
        String confused =
                TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}", issuing.claims(""));
        assertThat(issuing.refusal(confused)).isEqualTo("the token's key is not known");
        String notPinned =
                TestKeys.sign(TestKeys.RSA, "RS512", "{\"alg\":\"RS512\",\"kid\":\"rsa-1\"}", issuing.claims(""));
        assertThat(issuing.refusal(notPinned)).isEqualTo("the token's signature algorithm is not accepted");
        issuing.publish(TestKeys.EC384);
        issuing.clock.forward(KeySettings.DEFAULT.refetchAfter());
        String wrongCurve =
                TestKeys.sign(TestKeys.EC384, "ES384", "{\"alg\":\"ES256\",\"kid\":\"ec-384\"}", issuing.claims(""));
        assertThat(issuing.refusal(wrongCurve)).isEqualTo("the token's key is not known");
    }

    @Test
    void anotherKeyThanTheOneNamedDoesNotSign() {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";
        assertThat(issuing.refusal(TestKeys.sign(TestKeys.OTHER_RSA, "RS256", header, issuing.claims(""))))
                .isEqualTo("the token's signature is wrong");
        assertThat(issuing.refusal(issuing.good(TestKeys.OTHER_RSA))).isEqualTo("the token's key is not known");
    }

    @Test
    void aTokenWithoutKeyIdIsTriedWithEveryKeyThatFits() {
        issuing.publish(TestKeys.OTHER_RSA, TestKeys.EC, TestKeys.RSA);
        assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\"}", issuing.claims(""))))
                .isEqualTo("accepted");
    }

    @Test
    void keysInsideTheTokenAreNotLookedAt() {
        String own = TestKeys.OTHER_RSA.toPublicJWK().toJSONString();
        for (String header : List.of(
                "\"jwk\":" + own,
                "\"jku\":\"" + issuing.server.url() + "/evil\"",
                "\"x5u\":\"" + issuing.server.url() + "/evil\"",
                "\"x5c\":[\"AAAA\"]")) {
            assertThat(issuing.refusal(issuing.token(TestKeys.OTHER_RSA, header, "")))
                    .isEqualTo("the token's key is not known");
            assertThat(issuing.refusal(issuing.token(TestKeys.RSA, header, ""))).isEqualTo("accepted");
        }
        assertThat(issuing.server.asked("/evil")).isZero();
    }

    @Test
    void everyTimeIsChecked() {
        long now = issuing.clock.seconds();
        assertThat(issuing.refusal(timed("\"exp\":" + (now - 60)))).isEqualTo("the token has expired");
        assertThat(issuing.refusal(timed("\"exp\":" + (now - 59)))).isEqualTo("accepted");
        assertThat(issuing.refusal(timed("\"nbf\":1"))).isEqualTo("the token has no 'exp'");
        assertThat(issuing.refusal(timed("\"exp\":null"))).isEqualTo("the token has no 'exp'");
        assertThat(issuing.refusal(timed("\"exp\":\"" + (now + 60) + "\"")))
                .isEqualTo("the token's 'exp' is malformed");
        assertThat(issuing.refusal(timed("\"exp\":1e999999999"))).isEqualTo("the token's 'exp' is malformed");
        assertThat(issuing.refusal(timed("\"exp\":" + now + "000"))).isEqualTo("the token's 'exp' is malformed");
        assertThat(issuing.refusal(timed("\"exp\":-1"))).isEqualTo("the token's 'exp' is malformed");
        String exp = "\"exp\":" + (now + 600) + ",";
        assertThat(issuing.refusal(timed(exp + "\"nbf\":" + (now + 61)))).isEqualTo("the token is not valid yet");
        assertThat(issuing.refusal(timed(exp + "\"nbf\":" + (now + 60)))).isEqualTo("accepted");
        assertThat(issuing.refusal(timed(exp + "\"iat\":" + (now + 61))))
                .isEqualTo("the token was issued in the future");
        assertThat(issuing.refusal(timed("\"exp\":" + (now - 10) + ",\"iat\":" + now)))
                .isEqualTo("the token expired before it was issued");
    }

    private String timed(String claims) {
        return TestKeys.sign(
                TestKeys.RSA,
                "RS256",
                "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}",
                "{\"iss\":\"" + issuing.server.url() + "\"," + claims + "}");
    }

    @Test
    void onlyTrustedIssuersAreAsked() {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";
        String exp = ",\"exp\":" + (issuing.clock.seconds() + 60) + "}";
        for (String iss : List.of("\"https://evil.example\"", "\"" + issuing.server.url() + "/\"")) {
            assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", header, "{\"iss\":" + iss + exp)))
                    .isEqualTo("the token's issuer is not trusted here");
        }
        assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", header, "{\"iss\":[\"x\"]" + exp)))
                .isEqualTo("the token's 'iss' is malformed");
        assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", header, "{\"x\":1" + exp)))
                .isEqualTo("the token has no 'iss'");
        assertThat(issuing.fetches()).isZero();
    }

    @Test
    void onlyAccessTokensAreAccepted() {
        for (String type : List.of("at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt")) {
            assertThat(issuing.refusal(issuing.token(TestKeys.RSA, "\"typ\":\"" + type + "\"", "")))
                    .isEqualTo("accepted");
        }
        assertThat(issuing.refusal(issuing.token(TestKeys.RSA, "", ""))).isEqualTo("accepted");
        for (String type : List.of("\"id+jwt\"", "\"logout+jwt\"", "\"dpop+jwt\"", "\"\"", "7", "null", "[\"JWT\"]")) {
            assertThat(issuing.refusal(issuing.token(TestKeys.RSA, "\"typ\":" + type, "")))
                    .isEqualTo("the token's type is not that of an access token");
        }
        assertThat(issuing.refusal(issuing.token(TestKeys.RSA, "", ",\"at_hash\":\"x\"")))
                .isEqualTo("the token is an ID token");
        assertThat(issuing.refusal(issuing.token(TestKeys.RSA, "\"cty\":\"JWT\"", "")))
                .isEqualTo("the token holds another token");
    }

    @Test
    void extensionsAreRefused() {
        for (String header :
                List.of("\"crit\":[\"exp\"],\"exp\":1", "\"crit\":[]", "\"b64\":false", "\"zip\":\"DEF\"")) {
            assertThat(issuing.refusal(issuing.token(TestKeys.RSA, header, "")))
                    .isEqualTo("the token's header asks for an extension");
        }
    }

    @Test
    void aTokenHasExactlyOneForm() {
        String good = issuing.good(TestKeys.RSA);
        String malformed = "the token is not a well-formed JWT";
        for (String bad : List.of(
                "",
                ".",
                "..",
                "a.b",
                "a.b.c",
                good + ".",
                good + "." + good,
                " " + good,
                good + " ",
                good + "=",
                good + "\n",
                good.replace('.', ':'),
                good.substring(0, good.indexOf('.')),
                good + "\u0141",
                "\ud83d\ude00")) {
            assertThat(issuing.refusal(bad)).isEqualTo(malformed);
        }
        assertThat(issuing.refusal(good.substring(0, good.lastIndexOf('.')) + ".AAAA"))
                .isEqualTo("the token's signature is wrong");
        assertThat(issuing.refusal("a".repeat(16 * 1024 + 1))).isEqualTo("the token is too long");
    }

    @Test
    void spareBitsOfTheLastCharacterAreRefused() {
        String good = issuing.good(TestKeys.EC);
        char last = good.charAt(good.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char twin = alphabet.charAt(alphabet.indexOf(last) ^ 1);
        assertThat(issuing.refusal(good.substring(0, good.length() - 1) + twin))
                .isEqualTo("the token is not a well-formed JWT");
    }

    @Test
    void jsonIsReadStrictly() {
        String header = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";
        String malformed = "the token is not a well-formed JWT";
        String claims = issuing.claims("");
        for (String bad : List.of(
                claims.replace("}", ",\"sub\":\"eve\"}"),
                claims + "x",
                claims + claims,
                "[" + claims + "]",
                "null",
                "",
                claims.replace("}", ",\"x\":" + "[".repeat(20) + "]".repeat(20) + "}"),
                claims.replace("}", ",\"x\":" + "9".repeat(100) + "}"))) {
            assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", header, bad)))
                    .isEqualTo(malformed);
        }
        assertThat(issuing.refusal(TestKeys.sign(
                        TestKeys.RSA, "RS256", "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", claims)))
                .isEqualTo(malformed);
        assertThat(issuing.refusal(TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":7}", claims)))
                .isEqualTo(malformed);
    }

    @Test
    void claimsHaveTheirForms() {
        assertThat(issuing.refusal(claims("\"sub\":7"))).isEqualTo("the token's 'sub' is malformed");
        assertThat(issuing.refusal(claims("\"aud\":{}"))).isEqualTo("the token's 'aud' is malformed");
        assertThat(issuing.refusal(claims("\"aud\":[1]"))).isEqualTo("the token's 'aud' is malformed");
        assertThat(issuing.refusal(claims("\"scope\":true"))).isEqualTo("the token's 'scope' is malformed");
    }

    private String claims(String one) {
        return timed("\"exp\":" + (issuing.clock.seconds() + 60) + "," + one);
    }

    @Test
    void algorithmsThatCannotBeVerifiedAreRefusedAtTheStart() {
        Issuer shared = new Issuer("https://id.example", null, List.of("RS256", "HS256"), Origin.unknown());
        assertThatThrownBy(() -> issuing.verifiers.of(List.of(shared)))
                .hasMessage("issuer 'https://id.example' accepts the algorithm 'HS256',"
                        + " which is not one that can be verified");
        Issuer twice = issuing.issuer(null);
        assertThatThrownBy(() -> issuing.verifiers.of(List.of(twice, twice)))
                .hasMessage("issuer '" + twice.issuer() + "' is given twice");
    }
}
