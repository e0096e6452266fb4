package dev.lintel.embedded;

import dev.lintel.core.Origin;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Credential;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.core.model.Elsewhere.Tls;
import dev.lintel.embedded.authorization.Papers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Services elsewhere, as tests say them. */
final class Far {
    static final String NAME = "api.psp.example";
    static final SecretRef CA = new SecretRef("shop", "psp", "ca.crt");
    static final SecretRef CERTIFICATE = new SecretRef("shop", "psp", "tls.crt");
    static final SecretRef KEY = new SecretRef("shop", "psp", "tls.key");
    static final SecretRef SECRET = new SecretRef("shop", "psp", "secret");
    static final Tls TLS = new Tls(NAME, List.of(NAME), CA, null, null);

    private Far() {}

    static Elsewhere over(Kind kind, @Nullable URI address, @Nullable Tls tls, @Nullable Credential credential) {
        return new Elsewhere(kind, address, NAME, tls, Duration.ofSeconds(10), credential, Origin.unknown());
    }

    /** Reached over TLS, under the name that the certificate must have. */
    static Elsewhere tls(URI address) {
        return over(Kind.EXTERNAL, address, TLS, null);
    }

    /** Reached without TLS, with something that the gateway proves itself with. */
    static Elsewhere proven(URI address, Credential credential) {
        return over(Kind.EXTERNAL, address, null, credential);
    }

    static Said orders(Elsewhere elsewhere) {
        return Said.orders().shaped(draft -> draft.elsewhere(elsewhere));
    }

    static Secrets trusting(Papers authority) {
        return Secrets.of(Map.of(CA, Secret.of(authority.pem())));
    }

    /** The server name that the client of a service sent. */
    static String sni(FakeService.Asked asked) {
        ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) asked.socket()).getSession();
        return session.getRequestedServerNames().toString();
    }

    static void apply(Gateway gateway, Elsewhere elsewhere) {
        gateway.apply(gateway.plan(orders(elsewhere).define()));
    }
}
