package dev.lintel.auth.oauth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeyTest {
    private static boolean verifies(SigningKey key, String jwt)
            throws ParseException, JOSEException, GeneralSecurityException {
        JWK jwk = JWK.parse(key.publicJwk());
        if (jwk instanceof RSAKey rsa) {
            return JWSObject.parse(jwt).verify(new RSASSAVerifier(rsa));
        }
        if (jwk instanceof ECKey ec) {
            return JWSObject.parse(jwt).verify(new ECDSAVerifier(ec));
        }
        byte[] x = Base64.getUrlDecoder().decode(String.valueOf(key.publicJwk().get("x")));
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = new byte[prefix.length + x.length];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(x, 0, encoded, prefix.length, x.length);
        PublicKey edwards = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(edwards);
        int dot = jwt.lastIndexOf('.');
        check.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return check.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void whatIsSignedCanBeVerifiedByOthersAndTheKeyCanBeKept(SigningAlgorithm algorithm)
            throws ParseException, JOSEException, GeneralSecurityException {
        SigningKey key = SigningKey.generate(algorithm);
        String jwt = key.sign(Map.of("typ", "example"), Map.of("a", 1)).reveal();
        assertThat(verifies(key, jwt)).isTrue();
        assertThat(key.publicJwk()).doesNotContainKeys("d", "p", "q", "dp", "dq", "qi");
        assertThat(key).hasToString(algorithm + " key");

        SigningKey kept = SigningKey.jwk(key.privateJwk());
        assertThat(kept.thumbprint()).isEqualTo(key.thumbprint());
        String again = kept.sign(Map.of(), Map.of()).reveal();
        assertThat(verifies(key, again)).isTrue();
    }

    @Test
    void aKeyHasItsNameInTheHeader() {
        SigningKey key = SigningKey.jwk(Secret.of(TestKeys.RSA.toJSONString()));
        assertThat(key.algorithm()).isEqualTo(SigningAlgorithm.RS256);
        assertThat(key).hasToString("RS256 key 'rsa-1'");
        String header = key.sign(Map.of(), Map.of()).reveal().split("\\.")[0];
        assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}");
    }

    @Test
    void keysThatAreNoneAreRefusedWithoutQuotingThem() throws JOSEException, GeneralSecurityException {
        String kinds = "a signing key must be a JSON Web Key of EC, RSA or Ed25519";
        for (String bad : List.of("s3cret", "{\"kty\":\"EC\",\"d\":\"s3cret\"}")) {
            assertThatThrownBy(() -> SigningKey.jwk(Secret.of(bad)))
                    .hasMessage(kinds)
                    .hasNoCause();
        }
        assertThatThrownBy(
                        () -> SigningKey.jwk(Secret.of(TestKeys.EC.toPublicJWK().toJSONString())))
                .hasMessage("a signing key must have its private part");
        String other = "a signing key must be for ES256, ES384, EdDSA (Ed25519), RS256 or PS256, an RSA key of at least"
                + " 2048 bits, but was of type ";
        String weak = new RSAKeyGenerator(1024, true).generate().toJSONString();
        assertThatThrownBy(() -> SigningKey.jwk(Secret.of(weak))).hasMessage(other + "RSA");
        String curve = new ECKeyGenerator(Curve.P_521).generate().toJSONString();
        assertThatThrownBy(() -> SigningKey.jwk(Secret.of(curve))).hasMessage(other + "EC");
        assertThatThrownBy(() -> SigningKey.jwk(Secret.of("{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}")))
                .hasMessage(other + "oct");
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThatThrownBy(() -> SigningKey.of(pair, SigningAlgorithm.ES256, "k1"))
                .hasMessage("a key for ES256 must be of its kind, and an RSA key of at least 2048 bits, but was of type"
                        + " OKP");
        assertThat(SigningKey.of(pair, SigningAlgorithm.EdDSA, "k1").keyId()).isEqualTo("k1");
    }
}
