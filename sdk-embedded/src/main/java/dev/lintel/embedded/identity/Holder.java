package dev.lintel.embedded.identity;

import dev.lintel.core.evaluate.Caller;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A workload's key, and a certificate for it that is made again when half of its life is over. Shows it to whoever asks a
 * client for one. Safe for use by many threads.
 */
public final class Holder extends X509ExtendedKeyManager {
    private static final String ALIAS = "workload";

    private final CertificateAuthority authority;
    private final Caller.Workload workload;
    private final KeyPair keys = CertificateAuthority.keyPair();
    private @Nullable X509Certificate current;

    /** A new key for a workload. */
    public Holder(CertificateAuthority authority, Caller.Workload workload) {
        this.authority = authority;
        this.workload = workload;
    }

    public Caller.Workload workload() {
        return workload;
    }

    public PrivateKey key() {
        return keys.getPrivate();
    }

    /** The certificate, with half of its life at least before it. */
    public synchronized X509Certificate certificate() {
        X509Certificate known = current;
        Instant now = authority.clock().instant();
        Instant half = now.plus(CertificateAuthority.LIFETIME.dividedBy(2));
        // A clock that was set back has not come to a certificate that was made before.
        if (known == null
                || known.getNotAfter().toInstant().isBefore(half)
                || known.getNotBefore().toInstant().isAfter(now)) {
            known = authority.client(workload, keys.getPublic());
            current = known;
        }
        return known;
    }

    /** A context that shows the certificate, whichever it is at the time, and trusts nobody but the authority. */
    public SSLContext context() {
        return FreshContext.of(this);
    }

    /** The same with one memory of sessions, whatever the certificate is. */
    SSLContext plainContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.root());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("this JVM does not speak TLS", e);
        }
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivate();
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    /** Names the workload, and not its key. */
    @Override
    public String toString() {
        return workload.spiffeId();
    }
}
