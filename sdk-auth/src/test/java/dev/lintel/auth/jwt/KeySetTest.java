package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.lintel.auth.testing.TestKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static Optional<KeySet> parse(String json) {
        return KeySet.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<VerificationKey> usable(String key) {
        return parse("{\"keys\":[" + key + "]}").orElseThrow().keys();
    }

    private static String member(String key, String more) {
        return key.substring(0, key.length() - 1) + "," + more + "}";
    }

    @Test
    void keysThatCannotVerifyArePassedOver() {
        String rsa = TestKeys.RSA.toPublicJWK().toJSONString();
        assertThat(usable(rsa)).hasSize(1);
        assertThat(usable(member(rsa, "\"use\":\"sig\",\"key_ops\":[\"verify\"]")))
                .hasSize(1);
        assertThat(usable(member(rsa, "\"use\":\"enc\""))).isEmpty();
        assertThat(usable(member(rsa, "\"key_ops\":[\"encrypt\"]"))).isEmpty();
        assertThat(usable(TestKeys.RSA.toJSONString())).isEmpty();
        assertThat(usable("{\"kty\":\"oct\",\"k\":\"AAAA\"}")).isEmpty();
        assertThat(usable("{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\"}")).isEmpty();
        assertThat(usable("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + "A".repeat(43) + "\"}"))
                .isEmpty();
        assertThat(usable("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}"))
                .isEmpty();
        assertThat(usable("7,null,\"x\",[],{}," + rsa)).hasSize(1);
    }

    @Test
    void certificatesAreNotLookedAt() {
        String rsa = TestKeys.RSA.toPublicJWK().toJSONString();
        assertThat(usable(member(rsa, "\"x5c\":[\"garbage\"],\"x5u\":\"http://evil.example\",\"x5t\":7")))
                .hasSize(1);
    }

    @Test
    void weakAndMonstrousKeysArePassedOver() {
        Random random = new Random(7);
        for (int bits : new int[] {512, 1024, 2047, 8193}) {
            assertThat(usable(rsa(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), BigInteger.valueOf(65537))))
                    .isEmpty();
        }
        BigInteger modulus = TestKeys.RSA.getModulus().decodeToBigInteger();
        assertThat(usable(rsa(modulus, BigInteger.valueOf(3)))).hasSize(1);
        assertThat(usable(rsa(modulus, BigInteger.ONE))).isEmpty();
        assertThat(usable(rsa(modulus, new BigInteger(2000, random).setBit(0)))).isEmpty();
    }

    private static String rsa(BigInteger modulus, BigInteger exponent) {
        return new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(exponent))
                .build()
                .toJSONString();
    }

    @Test
    void aPointOffItsCurveIsPassedOver() {
        ECKey good = TestKeys.EC.toPublicJWK();
        String off = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + good.getX() + "\",\"y\":\"" + good.getX() + "\"}";
        assertThat(usable(off)).isEmpty();
        assertThat(usable(good.toJSONString())).hasSize(1);
    }

    @Test
    void aKeyThatNamesItsAlgorithmIsForThatOneOnly() {
        String rsa = member(TestKeys.RSA.toPublicJWK().toJSONString(), "\"alg\":\"PS256\"");
        KeySet set = parse("{\"keys\":[" + rsa + "]}").orElseThrow();
        assertThat(set.candidates(Algorithm.PS256, "rsa-1")).hasSize(1);
        assertThat(set.candidates(Algorithm.RS256, "rsa-1")).isEmpty();
        String ed = member(TestKeys.ED.toJSONString(), "\"alg\":\"EdDSA\"");
        assertThat(usable(ed).get(0).fits(Algorithm.Ed25519)).isTrue();
        assertThat(TestKeys.ED.getCurve()).isEqualTo(Curve.Ed25519);
    }

    @Test
    void keysOfTheNamedIdComeFirstThenThoseWithoutOne() {
        String nameless = new RSAKey.Builder(TestKeys.OTHER_RSA.toPublicJWK())
                .keyID(null)
                .build()
                .toJSONString();
        String named = TestKeys.RSA.toPublicJWK().toJSONString();
        KeySet set = parse("{\"keys\":[" + nameless + "," + named + "]}").orElseThrow();
        assertThat(set.candidates(Algorithm.RS256, "rsa-1"))
                .extracting(VerificationKey::id)
                .containsExactly("rsa-1", null);
        assertThat(set.candidates(Algorithm.RS256, null)).hasSize(2);
        assertThat(set.candidates(Algorithm.ES256, null)).isEmpty();
    }

    @Test
    void onlyAFewKeysAreKeptAndTried() {
        String rsa = TestKeys.RSA.toPublicJWK().toJSONString();
        KeySet set = parse("{\"keys\":[" + (rsa + ",").repeat(100) + rsa + "]}").orElseThrow();
        assertThat(set.keys()).hasSize(64);
        assertThat(set.candidates(Algorithm.RS256, null)).hasSize(8);
    }

    @Test
    void nothingThatIsPublishedCanThrow() {
        String good = TestKeys.jwks(TestKeys.RSA, TestKeys.EC, TestKeys.ED);
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(good);
            for (int i = 0; i <= random.nextInt(4); i++) {
                text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            }
            assertThat(parse(text.toString())).as("seed %s", seed).isNotNull();
        }
    }
}
