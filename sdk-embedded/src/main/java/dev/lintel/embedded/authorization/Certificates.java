package dev.lintel.embedded.authorization;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** Certificates of clients (RFC 8705). */
final class Certificates {
    /** Extended key usage for clients, and for everything (RFC 5280, 4.2.1.12). */
    private static final Set<String> FOR_CLIENTS = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private Certificates() {}

    /** A distinguished name in the one spelling that is compared (RFC 4514). */
    static String canonicalName(String name) {
        try {
            return new X500Principal(name).getName(X500Principal.CANONICAL);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a certificate's subject must be a distinguished name, as in 'CN=shop,O=Example', but was '" + name
                            + "'");
        }
    }

    static String canonicalName(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.CANONICAL);
    }

    /** {@code x5t#S256} (RFC 8705, 3.1). */
    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was received can be written", e);
        }
    }

    static List<X509Certificate> parse(String pem) {
        try {
            List<X509Certificate> all = new ArrayList<>();
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                all.add((X509Certificate) one);
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in the PEM text");
            }
            return List.copyOf(all);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificates must be PEM");
        }
    }

    /** Whether one of these authorities vouches for a chain at this moment, for use by a client. */
    static boolean isVouchedFor(List<X509Certificate> chain, List<X509Certificate> authorities, Instant now) {
        if (chain.isEmpty() || authorities.isEmpty()) {
            return false;
        }
        try {
            List<String> uses = chain.get(0).getExtendedKeyUsage();
            if (uses != null && uses.stream().noneMatch(FOR_CLIENTS::contains)) {
                return false;
            }
            Set<TrustAnchor> anchors = new LinkedHashSet<>();
            authorities.forEach(one -> anchors.add(new TrustAnchor(one, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            List<X509Certificate> path = new ArrayList<>(chain);
            path.removeIf(authorities::contains);
            if (path.isEmpty()) {
                return false;
            }
            var ignored = CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
