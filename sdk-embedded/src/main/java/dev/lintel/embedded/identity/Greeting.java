package dev.lintel.embedded.identity;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.2 and 1.3 with workloads: each asks for a name that somebody here has, and shows a certificate.
 *
 * <p>The JDK's TLS by name, whatever else is on the class path: what is chosen and judged here is chosen and judged by its
 * rules.
 */
public final class Greeting {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Much less than what is left of a workload's certificate when it is shown, so that no session outlives it. */
    private static final Duration SESSION = Duration.ofHours(1);
    /** So many sessions may be taken up again; a connection beyond them shakes hands anew. */
    private static final int SESSIONS = 4096;

    private final CertificateAuthority authority;
    private final ServerCertificates certificates;
    private final SslContext context;

    /** Prepares to greet. */
    public Greeting(CertificateAuthority authority, Hosts hosts) {
        this.authority = authority;
        this.certificates = new ServerCertificates(authority, hosts);
        try {
            this.context = SslContextBuilder.forServer(certificates)
                    .sslProvider(SslProvider.JDK)
                    .trustManager(new ClientTrust(authority))
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols(PROTOCOLS)
                    .sessionTimeout(SESSION.toSeconds())
                    .sessionCacheSize(SESSIONS)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("this JVM does not speak TLS 1.3 and 1.2", e);
        }
    }

    /** A handler for one connection. */
    public SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setSNIMatchers(List.of(new Matcher()));
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /**
     * What a finished handshake has proven; also of a session that was taken up again, in which the JDK does not ask for
     * the certificate once more.
     *
     * @return null if it has proven nothing that may be used now
     */
    public @Nullable Proven proven(SslHandler handler) {
        try {
            if (!(handler.engine().getSession() instanceof ExtendedSSLSession session)
                    || !(session.getPeerCertificates()[0] instanceof X509Certificate leaf)) {
                return null;
            }
            String name = name(session);
            Instant from = leaf.getNotBefore().toInstant();
            Instant until = leaf.getNotAfter().toInstant();
            Instant now = authority.clock().instant();
            if (name == null || now.isBefore(from) || now.isAfter(until)) {
                return null;
            }
            return new Proven(
                    SpiffeIds.caller(leaf, authority.trustDomain()), name, hash(leaf), from, until, authority.clock());
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return null;
        }
    }

    private static @Nullable String name(ExtendedSSLSession session) {
        for (SNIServerName asked : session.getRequestedServerNames()) {
            if (asked instanceof SNIHostName host) {
                return ServerCertificates.plain(host.getAsciiName());
            }
        }
        return null;
    }

    private static String hash(X509Certificate leaf) throws CertificateEncodingException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** How many names have a certificate at hand. */
    public int kept() {
        return certificates.kept();
    }

    /** A client that asks for a name that nobody has is told so by an alert, unrecognized_name. */
    private final class Matcher extends SNIMatcher {
        Matcher() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName asked) {
            try {
                return certificates.isKnown(
                        ServerCertificates.plain(new SNIHostName(asked.getEncoded()).getAsciiName()));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
