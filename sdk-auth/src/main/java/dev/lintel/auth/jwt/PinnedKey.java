package dev.lintel.auth.jwt;

import com.nimbusds.jose.jwk.JWK;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One key of a set that is said. A set that is fetched may hold what nobody here understands, and that is passed over; what is
 * said must be understood by all who read it, and Istio refuses a whole set for one key that it cannot read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517, 4</a>
 */
final class PinnedKey {
    private static final Set<String> KINDS = Set.of("RSA", "EC", "OKP");
    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", "Ed25519", "Ed448", "X25519", "X448");
    private static final Set<String> USES = Set.of("sig", "enc");
    private static final List<String> TEXTS = List.of("kid", "alg", "x5t", "x5t#S256", "x5u");
    private static final String CHAIN = "x5c";

    private PinnedKey() {}

    /** Whether it is a key that everybody can read, whatever it is for. */
    static boolean isReadable(Object key) {
        if (!(key instanceof Map<?, ?> members) || !KINDS.contains(String.valueOf(members.get("kty")))) {
            return false;
        }
        Map<String, Object> bare = new LinkedHashMap<>();
        members.forEach((name, value) -> bare.put(String.valueOf(name), value));
        Object chain = bare.remove(CHAIN);
        return (!bare.containsKey("crv") || CURVES.contains(String.valueOf(bare.get("crv"))))
                && (!bare.containsKey("use") || USES.contains(String.valueOf(bare.get("use"))))
                && TEXTS.stream().allMatch(name -> !bare.containsKey(name) || bare.get(name) instanceof String)
                && (!members.containsKey(CHAIN) || isChain(chain))
                && isWhole(bare);
    }

    private static boolean isWhole(Map<String, Object> members) {
        try {
            return !JWK.parse(members).isPrivate();
        } catch (ParseException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isChain(@Nullable Object chain) {
        return chain instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(PinnedKey::isCertificate);
    }

    private static boolean isCertificate(Object text) {
        try {
            byte[] bytes = text instanceof String encoded ? Base64.getDecoder().decode(encoded) : new byte[0];
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes))
                    instanceof X509Certificate;
        } catch (CertificateException | IllegalArgumentException e) {
            return false;
        }
    }
}
