package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.credential.PrivateKeyJwt;
import dev.lintel.auth.oauth.credential.SigningAlgorithm;
import dev.lintel.auth.oauth.credential.SigningKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.FakeServer.Asked;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a key (RFC 9449). */
class DPoPTest {
    private static final Answer BOUND =
            Answer.json("{\"access_token\":\"t1\",\"token_type\":\"DPoP\",\"expires_in\":60}");
    private static final Answer WANTS_NONCE =
            Answer.of(400, "application/json", "{\"error\":\"use_dpop_nonce\",\"error_description\":\"x\"}");

    private final FakeIssuer issuer = new FakeIssuer();
    private final DPoPKey key = DPoPKey.of(SigningKey.generate(SigningAlgorithm.ES256), issuer.clock, new Random(1));
    private final OAuthClient shop = issuer.client().withDPoP(key);

    @AfterEach
    void close() {
        issuer.close();
    }

    private String proof(int request) {
        return issuer.asked("/token").get(request).headers().get("Dpop").get(0);
    }

    private Map<String, Object> claims(int request) {
        return FakeIssuer.part(proof(request), 1);
    }

    @Test
    void aProofSaysWhatItIsForAndIsSignedWithTheKeyItCarries()
            throws TokenFetchException, ParseException, JOSEException {
        issuer.tokens(BOUND);
        assertThat(shop.clientCredentials().fetch().type()).isEqualTo(TokenType.DPOP);

        JWSObject proof = JWSObject.parse(proof(0));
        ECKey carried = (ECKey) proof.getHeader().getJWK();
        assertThat(proof.verify(new ECDSAVerifier(carried))).isTrue();
        assertThat(carried.isPrivate()).isFalse();
        assertThat(carried.computeThumbprint()).hasToString(key.thumbprint());
        assertThat(FakeIssuer.part(proof(0), 0))
                .containsOnlyKeys("alg", "typ", "jwk")
                .containsEntry("typ", "dpop+jwt");
        assertThat(claims(0))
                .containsOnlyKeys("jti", "htm", "htu", "iat")
                .containsEntry("htm", "POST")
                .containsEntry("htu", issuer.url() + "/token")
                .containsEntry("iat", issuer.clock.seconds());
    }

    @Test
    void noProofIsUsedTwice() throws TokenFetchException {
        issuer.tokens(BOUND);
        assertThat(shop.clientCredentials().fetch()).isNotNull();
        assertThat(shop.clientCredentials().fetch()).isNotNull();
        assertThat(claims(0).get("jti")).isNotEqualTo(claims(1).get("jti"));
    }

    @Test
    void aNonceThatTheServerAsksForIsSentAtOnce() throws TokenFetchException {
        issuer.tokens(Answer.inTurn(WANTS_NONCE.with("DPoP-Nonce", "n1"), BOUND));
        OAuthClient signing = issuer.client(PrivateKeyJwt.of(SigningKey.generate(SigningAlgorithm.ES256)))
                .withDPoP(key);
        assertThat(signing.refresh().refresh(Secret.of("r1")).value()).isEqualTo(Secret.of("t1"));

        assertThat(claims(0)).doesNotContainKey("nonce");
        assertThat(claims(1)).containsEntry("nonce", "n1");
        assertThat(issuer.asked("/token"))
                .extracting(asked -> FakeIssuer.parse(asked.body()).get("client_assertion"))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void theNonceOfEveryAnswerIsRemembered() throws TokenFetchException {
        issuer.tokens(Answer.inTurn(
                WANTS_NONCE.with("DPoP-Nonce", "n1"),
                BOUND.with("DPoP-Nonce", "n2"),
                BOUND.with("DPoP-Nonce", "n3"),
                BOUND));
        for (int i = 0; i < 4; i++) {
            assertThat(shop.clientCredentials().fetch()).isNotNull();
        }
        assertThat(List.of(claims(1), claims(2), claims(3), claims(4)))
                .extracting(claims -> claims.get("nonce"))
                .containsExactly("n1", "n2", "n3", "n3");
    }

    @Test
    void aServerThatAsksForEverNewNoncesIsAskedTwice() {
        issuer.tokens(Answer.inTurn(
                WANTS_NONCE.with("DPoP-Nonce", "n1"),
                WANTS_NONCE.with("DPoP-Nonce", "n2"),
                WANTS_NONCE.with("DPoP-Nonce", "n3")));
        fails(
                issuer,
                () -> shop.clientCredentials().fetch(),
                Kind.PERMANENT,
                "ISSUER/token answered 400 use_dpop_nonce; the server asks for a nonce again and again");
        assertThat(issuer.asked("/token")).hasSize(2);
    }

    @Test
    void aServerThatRepeatsItsNonceOrNamesNoneIsNotAskedAgain() {
        issuer.tokens(WANTS_NONCE);
        assertThat(Fetching.failure(() -> shop.clientCredentials().fetch()).error())
                .isEqualTo("use_dpop_nonce");
        assertThat(issuer.asked("/token")).hasSize(1);

        assertThat(key.nonce(issuer.server.uri("/"), "n1")).isTrue();
        issuer.tokens(WANTS_NONCE.with("DPoP-Nonce", "n1"));
        assertThat(Fetching.failure(() -> shop.clientCredentials().fetch()).error())
                .isEqualTo("use_dpop_nonce");
        assertThat(issuer.asked("/token")).hasSize(2);

        issuer.tokens(WANTS_NONCE.with("DPoP-Nonce", "not a nonce"));
        assertThat(Fetching.failure(() -> shop.clientCredentials().fetch()).error())
                .isEqualTo("use_dpop_nonce");
        assertThat(issuer.asked("/token")).hasSize(3);
    }

    @Test
    void aNonceThatAnotherRequestLearnedMeanwhileIsNewToThisOne() {
        URI here = URI.create("https://id.example/token");
        String without = key.proof("POST", here);
        assertThat(key.nonce(here, "n1")).isTrue();
        assertThat(key.nonce(here, "n1")).isFalse();
        assertThat(key.nonce(here, "n1", without)).isTrue();
        assertThat(key.nonce(here, "n1", key.proof("POST", here))).isFalse();
        assertThat(key.nonce(here, "n1", "garbage")).isTrue();
        assertThat(key.nonce(here, "bad nonce", without)).isFalse();
    }

    @Test
    void aProofForAResourceIsBoundToTheTokenAndLeavesTheQueryOut() {
        AccessToken token = new AccessToken(Secret.of("t1"), TokenType.DPOP, List.of(), Instant.EPOCH);
        assertThat(key.nonce(URI.create("https://API.example:443/other"), "n-api"))
                .isTrue();

        String proof = key.proof("GET", URI.create("HTTPS://Api.Example:443/orders/7?secret=1#part"), token);
        assertThat(FakeIssuer.part(proof, 1))
                .containsEntry("htm", "GET")
                .containsEntry("htu", "https://api.example/orders/7")
                .containsEntry("nonce", "n-api")
                // Base64url of the SHA-256 of "t1".
                .containsEntry("ath", "YotJ2W3N6XpDDdT1l3BYmeCalo95NJHktwTK4zpA3AI");
        String elsewhere = key.proof("GET", URI.create("https://api.example:8443"), token);
        assertThat(FakeIssuer.part(elsewhere, 1))
                .doesNotContainKey("nonce")
                .containsEntry("htu", "https://api.example:8443/");
    }

    @Test
    void noncesOfManyOriginsDoNotFillTheMemory() {
        for (int i = 0; i < 300; i++) {
            assertThat(key.nonce(URI.create("https://h" + i + ".example"), "n")).isTrue();
        }
        assertThat(FakeIssuer.part(key.proof("GET", URI.create("https://h0.example")), 1))
                .doesNotContainKey("nonce");
        assertThat(FakeIssuer.part(key.proof("GET", URI.create("https://h299.example")), 1))
                .containsEntry("nonce", "n");
    }

    @Test
    void anAlgorithmThatTheServerDoesNotTakeIsToldBeforeAnythingIsSent() {
        issuer.publish(",\"dpop_signing_alg_values_supported\":[\"ES384\",\"EdDSA\"]");
        fails(
                issuer,
                () -> shop.clientCredentials().fetch(),
                Kind.PERMANENT,
                "The server ISSUER takes no proofs signed with ES256; use a DPoPKey of an algorithm that it names in"
                        + " dpop_signing_alg_values_supported");
        assertThat(issuer.asked("/token")).isEmpty();
    }

    @Test
    void edwardsKeysSignToo() throws TokenFetchException {
        DPoPKey edwards = DPoPKey.of(SigningKey.generate(SigningAlgorithm.EdDSA));
        issuer.tokens(BOUND);
        assertThat(issuer.client().withDPoP(edwards).clientCredentials().fetch().type())
                .isEqualTo(TokenType.DPOP);
        assertThat(FakeIssuer.part(proof(0), 0)).containsEntry("alg", "EdDSA");
    }

    @Test
    void aKeyThatWasKeptIsTheSameKey() {
        DPoPKey again = DPoPKey.of(SigningKey.jwk(key.key().privateJwk()));
        assertThat(again.thumbprint()).isEqualTo(key.thumbprint());
    }

    @Test
    void questionsAboutTokensCarryNoProof() throws TokenFetchException {
        issuer.server.on("/introspect", Answer.json("{\"active\":false}"));
        assertThat(shop.introspect(Secret.of("t")).active()).isFalse();
        List<Asked> asked = issuer.asked("/introspect");
        assertThat(asked.get(0).headers()).doesNotContainKey("Dpop");
    }

    @Test
    void aNonceAndASecondCredentialDoNotMultiply() {
        issuer.tokens(Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}")
                .with("DPoP-Nonce", "n1"));
        ClientAuthentication both = ClientAuthentication.firstOf(
                ClientSecret.basic(Secret.of("old")), ClientSecret.basic(Secret.of("new")));
        OAuthClient two = issuer.client(both).withDPoP(key);
        assertThat(Fetching.failure(() -> two.clientCredentials().fetch()).error())
                .isEqualTo("invalid_client");
        assertThat(issuer.asked("/token")).hasSize(2);
    }
}
