package dev.lintel.embedded.identity;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context that has sessions for each certificate apart: with a new certificate no session of the old one is taken up again,
 * which would show the old one and be refused, and be tried again by clients that keep it.
 */
final class FreshContext extends SSLContext {
    private FreshContext(Spi spi) {
        super(spi, spi.now().getProvider(), spi.now().getProtocol());
    }

    static SSLContext of(Holder holder) {
        return new FreshContext(new Spi(holder));
    }

    private static final class Spi extends SSLContextSpi {
        private final Holder holder;
        private @Nullable X509Certificate of;
        private @Nullable SSLContext made;

        Spi(Holder holder) {
            this.holder = holder;
        }

        synchronized SSLContext now() {
            X509Certificate certificate = holder.certificate();
            SSLContext known = made;
            if (known == null || !certificate.equals(of)) {
                known = holder.plainContext();
                made = known;
                of = certificate;
            }
            return known;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("this context has the keys of an identity");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new FreshSockets(() -> now().getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return now().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return now().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return now().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return now().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return now().getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return now().getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return now().getSupportedSSLParameters();
        }
    }
}
