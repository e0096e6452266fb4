package dev.lintel.embedded.elsewhere;

import dev.lintel.core.Secret;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3 to a far side. */
final class FarTls {
    private static final int PORT = 443;

    private FarTls() {}

    /**
     * What a far side is trusted by, and what it is shown.
     *
     * @throws IOException if something cannot be read; neither the message nor a cause shows it
     */
    static SslContext context(
            List<String> names, @Nullable Secret ca, @Nullable Secret certificate, @Nullable Secret key)
            throws IOException {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .trustManager(new NamedTrust(vouching(ca), names));
            if (certificate != null && key != null) {
                builder.keyManager(stream(certificate), stream(key));
            }
            return builder.build();
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            // The parsers' messages may quote what they could not parse.
            throw new IOException(
                    "the certificates of the far side must be PEM, its key PEM in PKCS #8, and certificate"
                            + " and key must belong together (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static X509ExtendedTrustManager vouching(@Nullable Secret ca) throws GeneralSecurityException, IOException {
        KeyStore trusted = null;
        if (ca != null) {
            trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(stream(ca))) {
                trusted.setCertificateEntry("ca" + number++, one);
            }
            if (number == 0) {
                throw new IOException("no certificate is there");
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }

    /** Names are checked by {@link NamedTrust} alone: the JVM's own check would take the server name as well. */
    static SslHandler handler(SslContext context, ByteBufAllocator buffers, String sni) {
        SslHandler handler = context.newHandler(buffers, sni, PORT);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(sni)));
        parameters.setEndpointIdentificationAlgorithm("");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    private static InputStream stream(Secret pem) {
        return new ByteArrayInputStream(pem.reveal().getBytes(StandardCharsets.UTF_8));
    }
}
