package dev.lintel.kubernetes.preflight;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.TrustedIssuer.issuer;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.TrustedIssuer;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.preflight.ClusterReader.Got;
import dev.lintel.mesh.Target.Wanted;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preflight makes of the keys that an issuer publishes. */
class PreflightKeysTest {
    private static final TrustedIssuer USUAL = issuer("https://id.example");

    private static PreflightReport check(TrustedIssuer issuer, String keys) {
        ApiDefinition orders = new ApiDefinition(
                ServiceRef.service("orders"),
                "shop",
                List.of(new Said(oauth2(issuer).audience("orders").scope("/**", "orders.read"), Origin.unknown())),
                Origin.unknown());
        MeshModel model = new ModelCompiler(Kinds.installed())
                .compile(List.of(orders), istio().domain("example.com").world())
                .model();
        Wanted wanted = new Wanted(istio().domain("example.com").write(model).manifests(), model);
        Preflight preflight = Preflight.preflight()
                .fetching(address ->
                        address.getPath().endsWith("/keys") ? keys : "{\"jwks_uri\": \"https://id.example/keys\"}");
        return preflight.check(
                paths -> paths.stream().map(path -> new Got(404, Map.of())).toList(), wanted, List.of());
    }

    private static Stream<String> told(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.code().startsWith("preflight.issuer"))
                .map(Problem::render);
    }

    @Test
    void keysOfOtherAlgorithmsThanTheDefinitionTakesAreAProblem() {
        PreflightReport report = check(
                USUAL.algorithms("ES256"),
                "{\"keys\": [{\"kty\": \"RSA\", \"alg\": \"RS512\"}, {\"kty\": \"EC\", \"crv\": \"P-384\"}]}");

        assertThat(told(report.problems())).containsExactly("""
                preflight.issuer-keys RequestAuthentication shop/orders: the keys of 'https://id.example' at \
                https://id.example/keys are for [ES384, RS512], and the definitions take tokens by [ES256]: none is ever good
                      let the issuer sign by one of these, or say algorithms(…) of the issuer in the definitions""");
    }

    @Test
    void keysWhoseMembersDoNotBelongTogetherAreAProblem() {
        PreflightReport report = check(
                USUAL,
                "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"alg\": \"RS256\"}, {\"kty\": \"RSA\", \"use\": \"enc\"},"
                        + " {\"kty\": \"OKP\", \"crv\": \"X25519\"}]}");

        assertThat(told(report.problems()))
                .singleElement()
                .asString()
                .contains("are for no signature ([EC crv P-256 alg RS256, RSA use enc, OKP crv X25519])")
                .contains("kty, crv and alg belong together (RFC 7518, 3.1)");
    }

    @Test
    void aSymmetricKeyIsAProblemAlsoBesideOneThatIsGood() {
        PreflightReport report = check(
                USUAL, "{\"keys\": [{\"kty\": \"RSA\", \"alg\": \"RS256\"}, {\"kty\": \"oct\", \"k\": \"canary\"}]}");

        assertThat(told(report.problems()))
                .singleElement()
                .asString()
                .contains("hold 1 symmetric ones: whoever reads them can make tokens")
                .doesNotContain("canary");
        assertThat(told(report.warnings())).isEmpty();
    }

    @Test
    void aKeyThatTheDefinitionDoesNotTakeBesideOneThatItTakesIsAWarning() {
        PreflightReport report = check(
                USUAL, "{\"keys\": [{\"kty\": \"RSA\", \"alg\": \"RS256\"}, {\"kty\": \"EC\", \"crv\": \"P-521\"}]}");

        assertThat(told(report.problems())).isEmpty();
        assertThat(told(report.warnings())).singleElement().asString().contains("[EC crv P-521]");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, kty: RSA",
        "PS384, kty: RSA",
        "PS384, 'kty: RSA, alg: PS384, use: sig'",
        "ES256, 'kty: EC, crv: P-256, alg: ES256'",
        "ES512, 'kty: EC, crv: P-521, key_ops: [verify]'",
        "EdDSA, 'kty: OKP, crv: Ed25519'",
        "EdDSA, 'kty: OKP, crv: Ed25519, alg: Ed25519'",
    })
    void aKeyThatFitsSaysNothing(String algorithm, String key) {
        PreflightReport report = check(USUAL.algorithms(algorithm), "keys: [{" + key + "}]");

        assertThat(told(report.problems())).isEmpty();
        assertThat(told(report.warnings())).isEmpty();
    }
}
