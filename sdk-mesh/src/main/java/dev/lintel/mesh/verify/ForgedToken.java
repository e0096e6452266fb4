package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import dev.lintel.core.model.Issuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that say all that they should, signed by a key that nobody knows.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
final class ForgedToken {
    private static final long LIFETIME = 300;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private @Nullable KeyPair rsa;
    private @Nullable KeyPair elliptic;

    /** A token that an issuer's own would look like. */
    Secret of(Issuer issuer, List<String> audiences, List<String> scopes, Instant now) {
        boolean curve = issuer.algorithms().get(0).startsWith("ES256");
        String head = "{\"alg\":\"" + (curve ? "ES256" : "RS256") + "\",\"typ\":\"JWT\"}";
        StringBuilder said = new StringBuilder("{\"iss\":").append(text(issuer.issuer()));
        said.append(",\"sub\":\"").append(ProbePaths.NAME).append('"');
        if (!audiences.isEmpty()) {
            said.append(",\"aud\":").append(text(audiences.get(0)));
        }
        said.append(",\"iat\":").append(now.getEpochSecond());
        said.append(",\"exp\":").append(now.getEpochSecond() + LIFETIME);
        said.append(",\"scope\":").append(text(String.join(" ", scopes))).append('}');
        String signed = encoded(head) + "." + encoded(said.toString());
        return Secret.of(signed + "." + BASE64.encodeToString(signature(signed, curve)));
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String signed, boolean curve) {
        try {
            Signature signature = Signature.getInstance(curve ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(curve ? elliptic() : rsa());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey rsa() throws GeneralSecurityException {
        KeyPair known = rsa == null ? pair("RSA", 2048) : rsa;
        rsa = known;
        return known.getPrivate();
    }

    private PrivateKey elliptic() throws GeneralSecurityException {
        KeyPair known = elliptic == null ? pair("EC", 256) : elliptic;
        elliptic = known;
        return known.getPrivate();
    }

    private static KeyPair pair(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    /** JSON's form of a text (RFC 8259, 7). */
    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
