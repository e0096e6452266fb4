package dev.lintel.embedded.identity;

import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate of the name that a client asks for, made when it is first asked for and again when half of its
 * life is over. A name that nobody has gets none. All share one key, and the last 1024 names that were asked for are kept.
 */
final class ServerCertificates extends X509ExtendedKeyManager {
    private static final int KEPT = 1024;
    private static final String KEY_TYPE = "EC";
    private static final String NAME = "dev.lintel.name";

    private final CertificateAuthority authority;
    private final Hosts hosts;
    private final KeyPair keys = CertificateAuthority.keyPair();
    private final Map<String, Made> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
            return size() > KEPT;
        }
    };

    private record Made(X509Certificate certificate, List<String> uris, Instant renewed) {}

    ServerCertificates(CertificateAuthority authority, Hosts hosts) {
        this.authority = authority;
        this.hosts = hosts;
    }

    /** A name as it is looked up: in lower case, without the dot that may end it. */
    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    boolean isKnown(String name) {
        return hosts.identities(name) != null;
    }

    int kept() {
        synchronized (made) {
            return made.size();
        }
    }

    @Nullable
    X509Certificate certificate(String name) {
        List<String> uris = hosts.identities(name);
        if (uris == null) {
            return null;
        }
        synchronized (made) {
            Made known = made.get(name);
            if (known == null || !known.uris().equals(uris) || Instant.now().isAfter(known.renewed())) {
                X509Certificate fresh = authority.server(name, uris, keys.getPublic());
                Instant renewed = Instant.now().plus(CertificateAuthority.LIFETIME.dividedBy(2));
                known = new Made(fresh, uris, renewed);
                made.put(name, known);
            }
            return known.certificate();
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        if (!KEY_TYPE.equals(keyType) || !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return null;
        }
        for (SNIServerName asked : session.getRequestedServerNames()) {
            if (asked instanceof SNIHostName host) {
                String name = plain(host.getAsciiName());
                if (!isKnown(name)) {
                    return null;
                }
                // A session that carries a value is kept here and not in a ticket: what a ticket holds is restored
                // before the name is known, so newer JDKs would not find the certificate again. (In TLS 1.2 the JDK has
                // promised the ticket by now; there a newer JDK shakes hands anew.)
                if ("TLSv1.3".equals(session.getProtocol())) {
                    session.putValue(NAME, name);
                }
                return name;
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        X509Certificate certificate = certificate(alias);
        return certificate == null ? null : new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivate();
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket s) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
