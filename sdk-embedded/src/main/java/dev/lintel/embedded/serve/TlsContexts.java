package dev.lintel.embedded.serve;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3, on both sides of the gateway. */
public final class TlsContexts {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private TlsContexts() {}

    /**
     * For clients.
     *
     * @throws IllegalArgumentException if certificate or key cannot be read; the message does not show them
     */
    public static SslContext forClients(String certificates, String key) {
        try {
            return SslContextBuilder.forServer(stream(certificates), stream(key))
                    .protocols(PROTOCOLS)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the gateway's certificate must be PEM and its key PEM in PKCS #8, and both must belong together",
                    e);
        }
    }

    /**
     * For workloads.
     *
     * @param trusted PEM; null for the JVM's own choice
     * @throws IllegalArgumentException if the certificates cannot be read
     */
    public static SslContext forWorkloads(@Nullable String trusted) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient().protocols(PROTOCOLS);
            return (trusted == null ? builder : builder.trustManager(stream(trusted))).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the certificates of workloads must be PEM", e);
        }
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
