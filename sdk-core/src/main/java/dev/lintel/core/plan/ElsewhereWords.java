package dev.lintel.core.plan;

import dev.lintel.core.Durations;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.ClientToken;
import dev.lintel.core.model.Elsewhere.Credential;
import dev.lintel.core.model.Elsewhere.SecretHeader;
import dev.lintel.core.model.Elsewhere.Tls;
import java.util.ArrayList;
import java.util.List;

/** Where a service is, in a few words; secrets by their place. */
final class ElsewhereWords {
    private ElsewhereWords() {}

    static List<String> parts(Elsewhere elsewhere) {
        List<String> parts = new ArrayList<>();
        parts.add(TrafficWords.lower(elsewhere.kind()) + " at "
                + (elsewhere.address() == null ? "where it is bound" : elsewhere.address()) + ", called as "
                + elsewhere.authority());
        if (elsewhere.tls() != null) {
            parts.add(tls(elsewhere.tls()));
        }
        if (elsewhere.connectTimeout() != null) {
            parts.add("connected to within " + Durations.write(elsewhere.connectTimeout()));
        }
        if (elsewhere.credential() != null) {
            parts.add(credential(elsewhere.credential()));
        }
        return parts;
    }

    static String all(Elsewhere elsewhere) {
        return String.join(", ", parts(elsewhere));
    }

    private static String tls(Tls tls) {
        return "TLS to " + tls.sni() + " with a certificate for " + String.join(" or ", tls.subjectAltNames())
                + (tls.ca() == null ? "" : " of the authorities in " + tls.ca())
                + (tls.certificate() == null ? "" : ", ours in " + tls.certificate() + " with the key in " + tls.key());
    }

    private static String credential(Credential credential) {
        if (credential instanceof ClientToken token) {
            return "with a token from " + token.issuer() + " for client " + token.clientId() + " with the secret in "
                    + token.secret()
                    + (token.scopes().isEmpty() ? "" : " and scopes " + String.join(" ", token.scopes()));
        }
        SecretHeader header = (SecretHeader) credential;
        return "with header " + header.name() + " made of '" + header.prefix() + "' and the secret in "
                + header.value();
    }
}
