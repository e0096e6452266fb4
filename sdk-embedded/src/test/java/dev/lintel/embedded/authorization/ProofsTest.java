package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9449. */
class ProofsTest {
    private static final String FORM = "grant_type=client_credentials";

    private final Signer key = Signer.es256();
    private final Office office = new Office();

    @BeforeEach
    void register() {
        office.server.client(Office.shop("shop").grants(GrantTypes.CLIENT_CREDENTIALS));
        office.server.client(Office.shop("bound")
                .grants(GrantTypes.CLIENT_CREDENTIALS, GrantTypes.AUTHORIZATION_CODE)
                .proofNeeded());
        office.server.client(Office.orders());
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private static HttpResponse<String> ask(Office office, String client, String... proofs) {
        String[] headers = new String[2 + 2 * proofs.length];
        headers[0] = "Authorization";
        headers[1] = Caller.basic(client, "s3cret");
        for (int i = 0; i < proofs.length; i++) {
            headers[2 + 2 * i] = "DPoP";
            headers[3 + 2 * i] = proofs[i];
        }
        return office.caller.form(FORM, headers);
    }

    private HttpResponse<String> ask(String... proofs) {
        return ask(office, "shop", proofs);
    }

    private String uri() {
        return office.server.issuer() + "/token";
    }

    private String proof(Object... more) {
        return key.proof("POST", uri(), office.clock.instant(), more);
    }

    private void refused(String proof, String why) {
        Office.isError(ask(proof), "invalid_dpop_proof", why);
    }

    @Test
    void aProofBindsTheToken() throws Exception {
        JsonNode tokens = Office.good(ask(proof()));
        assertThat(tokens.get("token_type").textValue()).isEqualTo("DPoP");
        String token = tokens.get("access_token").textValue();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getClaim("cnf")).isEqualTo(Map.of("jkt", key.thumbprint()));
        JsonNode said = office.introspect(token);
        assertThat(said.get("token_type").textValue()).isEqualTo("DPoP");
        assertThat(said.get("cnf").get("jkt").textValue()).isEqualTo(key.thumbprint());
    }

    @Test
    void aProofIsGoodOnce() {
        String proof = proof();
        Office.good(ask(proof));
        refused(proof, "the proof has been used before");
    }

    @Test
    void whatIsWrongWithProofs() {
        Instant now = office.clock.instant();
        refused("x", "the proof is not a well-formed JWT");
        refused(key.proof("GET", uri(), now), "htm is not the method of this request");
        refused(proof("htm", null), "htm is not the method of this request");
        String address = "htu is not the address of this endpoint";
        refused(proof("htu", null), address);
        refused(proof("htu", office.server.issuer() + "/par"), address);
        refused(proof("htu", uri() + "?a=b"), address);
        refused(proof("htu", uri() + "#a"), address);
        refused(proof("htu", uri().replace("http:", "https:")), address);
        refused(proof("htu", "https://evil.example/token"), address);
        refused(proof("htu", "::"), address);
        String time = "iat is too long ago or ahead: a proof is good for a minute, check the clock";
        refused(proof("iat", now.getEpochSecond() - 60), time);
        refused(proof("iat", now.getEpochSecond() + 11), time);
        refused(proof("iat", null), "iat is missing or not a time");
        refused(proof("jti", null), "jti must be 1 to 256 characters");
        refused(proof("jti", "x".repeat(257)), "jti must be 1 to 256 characters");
        Map<String, Object> claims = Signer.proofClaims("POST", uri(), now);
        refused(key.sign("JWT", true, claims), "the type of a proof is dpop+jwt");
        String jwk = "the header jwk must be a public key for signatures: RSA of 2048 bits or more, EC, or Ed25519";
        refused(key.sign("dpop+jwt", claims), jwk);
        refused(Signer.rs256(1024).proof("POST", uri(), now), jwk);
        String[] parts = proof().split("\\.");
        String[] others = proof().split("\\.");
        refused(parts[0] + "." + others[1] + "." + parts[2], "the proof is not signed by its key");
        refused(
                Signer.es256().proof("POST", uri(), now).split("\\.")[0] + "." + parts[1] + "." + parts[2],
                "the proof is not signed by its key");
    }

    @Test
    void twoProofsAreOneTooMany() {
        Office.isError(ask(proof(), proof()), "invalid_dpop_proof", "there must be one proof only");
    }

    @Test
    void theAddressIsComparedWhateverTheCaseOfItsHost() {
        Office.good(ask(proof("htu", uri().replace("http://", "HTTP://"))));
    }

    @Test
    void aClientThatMustProveIsRefusedWithoutProof() {
        Office.isError(
                ask(office, "bound"), "invalid_dpop_proof", "this client must send a proof with its token requests");
        Office.good(ask(office, "bound", proof()));
    }

    @Test
    void aCodeIsBoundToTheKeyThatTheRequestNamed() {
        String[] headers = {
            "Authorization",
            Caller.basic("bound", "s3cret"),
            "DPoP",
            Signer.es256().proof("POST", uri(), office.clock.instant())
        };
        String code = office.code("bound", "dpop_jkt", key.thumbprint());
        Office.isError(
                office.caller.form(Office.redeem(code), headers),
                "invalid_dpop_proof",
                "the code is bound to a key, and there is no proof of that key");
        headers[3] = proof();
        String next = office.code("bound", "dpop_jkt", key.thumbprint());
        Office.good(office.caller.form(Office.redeem(next), headers));
    }

    private static Office with(ProofNoncePolicy policy) {
        Office office = new Office(s -> s.proofNonces(policy, Duration.ofMinutes(1)));
        office.server.client(Office.shop("shop").grants(GrantTypes.CLIENT_CREDENTIALS));
        return office;
    }

    private String proof(Office office, Object... more) {
        return key.proof("POST", office.server.issuer() + "/token", office.clock.instant(), more);
    }

    private static String nonce(HttpResponse<String> answer) {
        return answer.headers().firstValue("DPoP-Nonce").orElseThrow();
    }

    @Test
    void aNonceThatIsRequiredIsToldAndTurns() {
        try (Office strict = with(ProofNoncePolicy.REQUIRED)) {
            HttpResponse<String> first = ask(strict, "shop", proof(strict));
            Office.isError(first, "use_dpop_nonce", "the proof must carry the nonce of the header DPoP-Nonce");
            String nonce = nonce(first);
            HttpResponse<String> second = ask(strict, "shop", proof(strict, "nonce", nonce));
            Office.good(second);
            assertThat(nonce(second)).isEqualTo(nonce);

            strict.clock.forward(Duration.ofMinutes(1));
            HttpResponse<String> late = ask(strict, "shop", proof(strict, "nonce", nonce));
            Office.good(late);
            assertThat(nonce(late)).isNotEqualTo(nonce);
            strict.clock.forward(Duration.ofMinutes(1));
            Office.isError(
                    ask(strict, "shop", proof(strict, "nonce", nonce)),
                    "use_dpop_nonce",
                    "the proof must carry the nonce of the header DPoP-Nonce");
        }
    }

    @Test
    void aProofThatLacksItsNonceCanBeMadeAgainWithTheSameCode() {
        try (Office strict = with(ProofNoncePolicy.REQUIRED)) {
            strict.server.client(Office.app("app"));
            String form = Office.redeem(strict.code("app")) + "&client_id=app";
            HttpResponse<String> first = strict.caller.form(form, "DPoP", proof(strict));
            assertThat(first.statusCode()).isEqualTo(400);
            Office.good(strict.caller.form(form, "DPoP", proof(strict, "nonce", nonce(first))));
        }
    }

    @Test
    void aNonceThatIsOptionalIsCheckedIfItComes() {
        try (Office soft = with(ProofNoncePolicy.OPTIONAL)) {
            HttpResponse<String> first = ask(soft, "shop", proof(soft));
            Office.good(first);
            Office.good(ask(soft, "shop", proof(soft, "nonce", nonce(first))));
            Office.isError(
                    ask(soft, "shop", proof(soft, "nonce", "made up")),
                    "use_dpop_nonce",
                    "the proof must carry the nonce of the header DPoP-Nonce");
        }
    }

    @Test
    void whoMakesNoProofsIsToldNoNonce() {
        try (Office strict = with(ProofNoncePolicy.REQUIRED)) {
            assertThat(ask(strict, "shop").headers().firstValue("DPoP-Nonce")).isEmpty();
            assertThat(ask("x").headers().firstValue("DPoP-Nonce")).isEmpty();
        }
    }

    @Test
    void rememberedProofsAreForgottenWhenTheyAreTooOldAnyway() {
        SpentIds spent = new SpentIds(office.clock);
        Instant end = office.clock.instant().plusSeconds(1);
        assertThat(spent.isFirst("a", "1", end)).isTrue();
        assertThat(spent.isFirst("a", "1", end)).isFalse();
        assertThat(spent.isFirst("b", "1", end)).isTrue();
        office.clock.forward(Duration.ofSeconds(1));
        assertThat(spent.all()).isEmpty();
    }

    @Test
    void whenTooManyAreRememberedNoneIsAccepted() {
        SpentIds spent = new SpentIds(office.clock);
        Instant end = office.clock.instant().plusSeconds(1);
        for (int i = 0; i < 200_000; i++) {
            assertThat(spent.isFirst("a", Integer.toString(i), end)).isTrue();
        }
        assertThat(spent.isFirst("a", "new", end)).isFalse();
        office.clock.forward(Duration.ofSeconds(1));
        assertThat(spent.isFirst("a", "new", end.plusSeconds(1))).isTrue();
    }

    @Test
    void whoHasUsedUpAShareIsRefusedAlone() {
        SpentIds spent = new SpentIds(office.clock);
        Instant end = office.clock.instant().plusSeconds(1);
        SpentIds.Share app = new SpentIds.Share("client app", 2);
        assertThat(spent.isFirst("key 1", "1", end, app)).isTrue();
        assertThat(spent.isFirst("key 2", "1", end, app)).isTrue();
        assertThat(spent.isFirst("key 3", "1", end, app)).isFalse();
        assertThat(spent.isFirst("key 3", "1", end, new SpentIds.Share("client shop", 2)))
                .isTrue();
        office.clock.forward(Duration.ofSeconds(1));
        assertThat(spent.isFirst("key 4", "1", end.plusSeconds(1), app)).isTrue();
    }

    @Test
    void proofsInTheNameOfAPublicClientTakeNoRoomFromOthers() {
        office.server.client(Office.app("app"));
        String form = Office.refresh("unknown", "client_id", "app");
        String why = "the refresh token is not known, has expired, or is another client's";
        for (int i = 0; i < 10_000; i++) {
            Office.isError(office.caller.form(form, "DPoP", proof()), "invalid_grant", why);
        }
        Office.isError(
                office.caller.form(form, "DPoP", proof()), "invalid_dpop_proof", "the proof has been used before");
        Office.good(ask(proof()));
    }

    @Test
    void algorithmsWithSharedSecretsAreNotOffered() {
        assertThat(Proofs.algorithms()).isNotEmpty().noneMatch(name -> name.startsWith("HS"));
        assertThat(Proofs.algorithms()).containsAll(List.of("ES256", "RS256", "EdDSA"));
    }
}
