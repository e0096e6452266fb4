package dev.lintel.embedded.served;

import dev.lintel.auth.net.LocalDns;
import dev.lintel.auth.net.QuietConnection;
import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontHeader;
import dev.lintel.core.front.FrontReply;
import dev.lintel.embedded.upstream.Address;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Calls workloads in other processes: HTTP/1.1 over connections that are kept, one answer for one request, no redirects. */
public final class Remote implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 << 20;
    private static final int MOST_PER_ADDRESS = 256;
    private static final int MOST = 1_024;

    private final CloseableHttpClient client;
    private final Deadlines deadlines;

    /** Ends a call that takes too long. */
    @FunctionalInterface
    public interface Deadlines {
        /** Does something after a time, unless what is answered runs before. */
        Runnable after(Duration delay, Runnable task);
    }

    /**
     * A client without connections.
     *
     * @param trusted PEM; null for the JVM's own choice
     * @param connect how long connecting may take
     * @param deadlines ends calls that take too long
     */
    public Remote(@Nullable String trusted, Duration connect, Deadlines deadlines) {
        this.deadlines = deadlines;
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create();
        if (trusted != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(context(trusted)));
        }
        this.client = HttpClientBuilder.create()
                .setConnectionManager(connections
                        .setConnectionFactory(socket -> new QuietConnection())
                        .setDnsResolver(new LocalDns())
                        .setMaxConnPerRoute(MOST_PER_ADDRESS)
                        .setMaxConnTotal(MOST)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(connect))
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                                .build())
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    private static SSLContext context(String trusted) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            InputStream pem = new ByteArrayInputStream(trusted.getBytes(StandardCharsets.US_ASCII));
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("trusted-" + store.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates of workloads must be PEM", e);
        }
    }

    /**
     * Calls a workload.
     *
     * @throws SocketTimeoutException if the answer is not there in time
     * @throws IOException if there is none, or it is too long; the message names no address
     */
    FrontReply call(Address address, String host, FrontCall call, String target) throws IOException {
        HttpHost where = new HttpHost(address.tls() ? "https" : "http", address.host(), address.port());
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create("/"));
        request.setPath(target);
        request.setScheme(where.getSchemeName());
        request.setAuthority(new URIAuthority(host));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(call.timeout()))
                .setResponseTimeout(Timeout.of(call.timeout()))
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .build());
        String type = null;
        for (FrontHeader header : call.headers()) {
            if (header.name().equalsIgnoreCase("content-type")) {
                type = header.value();
            } else {
                request.addHeader(header.name(), header.value());
            }
        }
        if (call.body().hasRemaining() || type != null) {
            byte[] body = new byte[call.body().remaining()];
            call.body().get(body);
            request.setEntity(new ByteArrayEntity(body, type == null ? null : ContentType.parseLenient(type)));
        }
        AtomicBoolean late = new AtomicBoolean();
        Runnable over = deadlines.after(call.timeout(), () -> {
            late.set(true);
            request.abort();
        });
        try {
            return client.execute(where, request, Remote::reply);
        } catch (IOException e) {
            if (late.get() || e instanceof InterruptedIOException) {
                throw new SocketTimeoutException("the service did not answer in time");
            }
            // What the client says may name the address.
            throw new IOException("no answer from the service: " + e.getClass().getSimpleName());
        } finally {
            over.run();
        }
    }

    private static FrontReply reply(ClassicHttpResponse response) throws IOException {
        List<FrontHeader> headers = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            headers.add(new FrontHeader(header.getName(), header.getValue() == null ? "" : header.getValue()));
        }
        byte[] body = new byte[0];
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try (InputStream content = entity.getContent()) {
                body = content == null ? body : content.readNBytes(LONGEST_ANSWER + 1);
            }
        }
        if (body.length > LONGEST_ANSWER) {
            throw new IOException("an answer is longer than " + LONGEST_ANSWER + " bytes");
        }
        return new FrontReply(response.getCode(), headers, ByteBuffer.wrap(body));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
