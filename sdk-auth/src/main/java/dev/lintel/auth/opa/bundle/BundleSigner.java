package dev.lintel.auth.opa.bundle;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The key that bundles are signed with, under the name by which OPA knows it. Never prints a secret.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/management-bundles#signing">OPA, Signing</a>
 */
public final class BundleSigner {
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String keyId;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;
    private final @Nullable String publicKey;

    private BundleSigner(String keyId, JWSAlgorithm algorithm, JWSSigner signer, @Nullable String publicKey) {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException(
                    "a key's name must be 1 to 64 letters, digits, '.', '_' and '-', but was '" + keyId + "'");
        }
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.signer = signer;
        this.publicKey = publicKey;
    }

    /**
     * Signs with HS256, by a secret that OPA has as well.
     *
     * @param keyId the key's name in OPA's configuration
     * @param secret at least 32 bytes
     * @return the signer
     */
    public static BundleSigner hs256(String keyId, Secret secret) {
        try {
            byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
            return new BundleSigner(keyId, JWSAlgorithm.HS256, new MACSigner(key), null);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the secret of key '" + keyId + "' must have at least 32 bytes");
        }
    }

    /**
     * Signs with RS256 or ES256, by the private key of a pair.
     *
     * @param keyId the key's name in OPA's configuration
     * @param pair RSA of at least 2048 bits, or EC on P-256
     * @return the signer
     */
    public static BundleSigner of(String keyId, KeyPair pair) {
        try {
            if (pair.getPrivate() instanceof RSAPrivateKey rsa
                    && rsa.getModulus().bitLength() >= 2048) {
                return new BundleSigner(keyId, JWSAlgorithm.RS256, new RSASSASigner(rsa), pem(pair));
            }
            if (pair.getPrivate() instanceof ECPrivateKey ec
                    && ec.getParams().getOrder().bitLength() == 256) {
                return new BundleSigner(keyId, JWSAlgorithm.ES256, new ECDSASigner(ec), pem(pair));
            }
        } catch (JOSEException e) {
            // Told below: only another curve of the same size comes here.
            throw wrongKey(keyId);
        }
        throw wrongKey(keyId);
    }

    private static IllegalArgumentException wrongKey(String keyId) {
        return new IllegalArgumentException("key '" + keyId + "' must be RSA of at least 2048 bits, or EC on P-256");
    }

    /**
     * The key's name in OPA's configuration.
     *
     * @return its name
     */
    public String keyId() {
        return keyId;
    }

    /**
     * The signature's algorithm.
     *
     * @return {@code HS256}, {@code RS256} or {@code ES256}
     */
    public String algorithm() {
        return algorithm.getName();
    }

    /**
     * The public key that OPA verifies with.
     *
     * @return PEM; null where it is a secret
     */
    public @Nullable String publicKey() {
        return publicKey;
    }

    String sign(String payload) {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .keyID(keyId)
                .type(JOSEObjectType.JWT)
                .build();
        JWSObject jws = new JWSObject(header, new Payload(payload));
        try {
            jws.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("key '" + keyId + "' does not sign", e);
        }
        return jws.serialize();
    }

    private static String pem(KeyPair pair) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    /** The key's name and algorithm. */
    @Override
    public String toString() {
        return "key '" + keyId + "' (" + algorithm + ")";
    }
}
