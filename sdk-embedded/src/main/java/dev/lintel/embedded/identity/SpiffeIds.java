package dev.lintel.embedded.identity;

import dev.lintel.core.evaluate.Caller;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads who calls out of a certificate that the authority vouches for. Only a URI among its subject alternative names
 * counts, and only if it is the only one; nothing is mended, and no reason repeats what the certificate says.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">SPIFFE, X509-SVID</a>
 */
public final class SpiffeIds {
    private static final int URI = 6;
    private static final int LONGEST = 2048;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final String LABEL = "([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)";
    private static final Pattern ID = Pattern.compile("spiffe://([a-z0-9._-]{1,255})/ns/" + LABEL + "/sa/" + LABEL);

    private SpiffeIds() {}

    /** Who calls; {@link Caller.Rejected} if the certificate does not say it, or says it of another trust domain. */
    public static Caller caller(X509Certificate leaf, String trustDomain) {
        if (leaf.getBasicConstraints() >= 0 || signs(leaf.getKeyUsage())) {
            return new Caller.Rejected("the certificate is one of an authority, and not of a workload");
        }
        int uris = 0;
        String found = "";
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (Integer.valueOf(URI).equals(name.get(0))) {
                    uris++;
                    found = String.valueOf(name.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            return new Caller.Rejected("the names in the certificate cannot be read");
        }
        if (uris != 1) {
            return new Caller.Rejected(
                    uris == 0
                            ? "the certificate has no URI that says who calls"
                            : "the certificate has more than one URI, and a workload has one");
        }
        return read(found, trustDomain);
    }

    private static Caller read(String uri, String trustDomain) {
        Matcher id = uri.length() > LONGEST ? null : ID.matcher(uri);
        if (id == null || !id.matches()) {
            return new Caller.Rejected(
                    "the URI in the certificate is not spiffe://{trust domain}/ns/{namespace}/sa/{name}");
        }
        return id.group(1).equals(trustDomain)
                ? new Caller.Workload(trustDomain, id.group(2), id.group(3))
                : new Caller.Rejected("the certificate is of another trust domain");
    }

    private static boolean signs(boolean @Nullable [] usage) {
        return usage != null && (usage[KEY_CERT_SIGN] || usage[CRL_SIGN]);
    }
}
