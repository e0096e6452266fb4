package dev.lintel.traffic;

import dev.lintel.core.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a service elsewhere.
 *
 * @param sni the server name that is sent; null is the host that the service is called by
 * @param subjectAltNames names of which the certificate must have one; empty for the server name
 * @param ca where the trusted certificates are kept, as PEM; null is what the machine trusts
 * @param certificate where our certificate is kept, as PEM; null for none
 * @param key where its key is kept, PKCS#8 as PEM; null for none
 */
public record TlsOrigination(
        @Nullable String sni,
        List<String> subjectAltNames,
        @Nullable SecretRef ca,
        @Nullable SecretRef certificate,
        @Nullable SecretRef key) {
    private static final TlsOrigination USUAL = new TlsOrigination(null, List.of(), null, null, null);

    /** Checks the names, and that a certificate comes with its key. */
    public TlsOrigination {
        subjectAltNames = List.copyOf(subjectAltNames);
        if (sni != null && !ServiceAddress.isName(sni)) {
            throw new IllegalArgumentException(
                    "a server name in TLS is a host name in lower case, but was '" + sni + "'");
        }
        for (String name : subjectAltNames) {
            if (!ServiceAddress.isName(name)) {
                throw new IllegalArgumentException(
                        "a certificate's name is a host name in lower case, but was '" + name + "'");
            }
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate of ours and its key are said together or not at all");
        }
    }

    static TlsOrigination orUsual(@Nullable TlsOrigination said) {
        return said == null ? USUAL : said;
    }

    TlsOrigination sni(String name) {
        return new TlsOrigination(name, subjectAltNames, ca, certificate, key);
    }

    TlsOrigination names(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("subjectAltNames(…) must name at least one host");
        }
        return new TlsOrigination(sni, names, ca, certificate, key);
    }

    TlsOrigination authorities(SecretRef certificates) {
        return new TlsOrigination(sni, subjectAltNames, certificates, certificate, key);
    }

    TlsOrigination ours(SecretRef ourCertificate, SecretRef itsKey) {
        return new TlsOrigination(sni, subjectAltNames, ca, ourCertificate, itsKey);
    }
}
