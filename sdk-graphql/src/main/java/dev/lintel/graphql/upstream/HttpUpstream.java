package dev.lintel.graphql.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A service behind HTTP/1.1, called over connections that are kept. No redirects, no cookies of its own, no repetitions, no
 * decoding of contents, nothing of it in a log; what belongs to a connection is not passed on. {@code http} is allowed:
 * where the service is, is the operator's word and not the document's.
 */
public final class HttpUpstream implements Upstream, AutoCloseable {
    private static final String SENT = "lintel.sent";

    /** Answers true once a time has passed. */
    @FunctionalInterface
    interface Alarm {
        CompletableFuture<Boolean> after(Duration time);
    }

    private static final Alarm CLOCK =
            time -> new CompletableFuture<Boolean>().completeOnTimeout(true, time.toMillis(), TimeUnit.MILLISECONDS);

    private final URI base;
    private final HttpHost host;
    private final String prefix;
    private final HttpLimits limits;
    private final Alarm alarm;
    private final CloseableHttpClient client;

    private HttpUpstream(URI base, HttpLimits limits, @Nullable SSLContext tls, Alarm alarm) {
        this.base = base;
        this.host = HttpHost.create(base);
        String path = base.getRawPath() == null ? "" : base.getRawPath();
        this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.limits = limits;
        this.alarm = alarm;
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create();
        if (tls != null) {
            connections.setTlsSocketStrategy(
                    ClientTlsStrategyBuilder.create().setSslContext(tls).buildClassic());
        }
        this.client = HttpClientBuilder.create()
                .setConnectionManager(connections
                        .setConnectionFactory(socket -> new QuietConnection())
                        .setMaxConnPerRoute(limits.connections())
                        .setMaxConnTotal(limits.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(limits.connect()))
                                .setSocketTimeout(Timeout.of(limits.read()))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                // So that a service that moves is found again.
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(limits.connect()))
                        .setResponseTimeout(Timeout.of(limits.read()))
                        .setDefaultKeepAlive(30, TimeUnit.SECONDS)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), SENT, (request, scope, chain) -> {
                    // From here on there is a connection, and bytes may get through it.
                    scope.clientContext.setAttribute(SENT, true);
                    return chain.proceed(request, scope);
                })
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("lintel")
                .build();
    }

    /**
     * A service with {@link HttpLimits#DEFAULT}.
     *
     * @param base where it is, such as {@code https://orders.example/v2}; targets of requests stand behind it
     * @return to be closed
     */
    public static HttpUpstream open(URI base) {
        return open(base, HttpLimits.DEFAULT, null);
    }

    /**
     * A service.
     *
     * @param base where it is, such as {@code https://orders.example/v2}; targets of requests stand behind it
     * @param limits how much it may take
     * @param tls what TLS works with, null for the JVM's own
     * @return to be closed
     */
    public static HttpUpstream open(URI base, HttpLimits limits, @Nullable SSLContext tls) {
        return open(base, limits, tls, CLOCK);
    }

    /** The same with somebody else who says when a call has taken too long. */
    static HttpUpstream open(URI base, HttpLimits limits, @Nullable SSLContext tls, Alarm alarm) {
        boolean web = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!web
                || base.getHost() == null
                || base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a service is at an http or https address with a host, without user, query and fragment");
        }
        return new HttpUpstream(base, limits, tls, alarm);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Time-outs of sockets start anew with every byte, so a clock over the whole call stands beside them. */
    @Override
    public UpstreamAnswer call(UpstreamRequest request) throws UpstreamException {
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), base);
        sent.setPath(prefix + request.target());
        for (Header header : HopByHop.without(request.headers())) {
            sent.addHeader(header.name(), header.value());
        }
        sent.setHeader("Accept-Encoding", "identity");
        SentBody body = request.body() == null ? null : new SentBody(request.body());
        sent.setEntity(body);
        HttpClientContext context = HttpClientContext.create();
        Exchange exchange = new Exchange(context, body);
        CompletableFuture<Boolean> over = deadline(request.timeout(), sent);
        try {
            return client.execute(host, sent, context, response -> {
                exchange.answered = true;
                return read(sent, response, limits.bytes());
            });
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException | IllegalStateException e) {
            // The client is in an illegal state if it is told to give up while it takes a connection, or if it is
            // closed.
            throw exchange.failed(e, over.isDone());
        } finally {
            over.complete(false);
        }
    }

    private CompletableFuture<Boolean> deadline(Duration timeout, HttpUriRequestBase sent) {
        long millis = Math.max(1, Math.min(timeout.toMillis(), limits.total().toMillis()));
        CompletableFuture<Boolean> over = alarm.after(Duration.ofMillis(millis));
        CompletableFuture<Void> unused = over.thenAccept(late -> {
            if (late) {
                boolean unusedCancelled = sent.cancel();
            }
        });
        return over;
    }

    private static UpstreamAnswer read(HttpUriRequestBase sent, ClassicHttpResponse response, int most)
            throws IOException {
        List<Header> headers = new ArrayList<>();
        boolean encoded = false;
        for (org.apache.hc.core5.http.Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            encoded |= header.getName().equalsIgnoreCase("content-encoding") && !value.equalsIgnoreCase("identity");
            if (Header.fits(header.getName(), value)) {
                headers.add(new Header(header.getName(), value));
            }
        }
        byte[] body = response.getEntity() == null ? new byte[0] : body(sent, response, most);
        int status = response.getCode();
        if (status < 200 || status > 599 || encoded && body.length > 0) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_INVALID), true, null);
        }
        return new UpstreamAnswer(status, HopByHop.without(headers), body);
    }

    private static byte[] body(HttpUriRequestBase sent, ClassicHttpResponse response, int most) throws IOException {
        long said = response.getEntity().getContentLength();
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(Math.max(said, 512), 65_536));
        byte[] buffer = new byte[8192];
        InputStream in = response.getEntity().getContent();
        for (int n = said > most ? most : in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (said > most || body.size() + n > most) {
                // Closing the response would first read the rest, which may have no end.
                boolean unusedCancelled = sent.cancel();
                throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_TOO_LARGE), true, null);
            }
            body.write(buffer, 0, n);
        }
        return body.toByteArray();
    }

    /** What is known of a call when it fails. */
    private static final class Exchange {
        private final HttpClientContext context;
        private final @Nullable SentBody body;
        private boolean answered;

        Exchange(HttpClientContext context, @Nullable SentBody body) {
            this.context = context;
            this.body = body;
        }

        UpstreamException failed(Exception e, boolean late) {
            boolean sent = context.getAttribute(SENT) != null;
            return new UpstreamException(UpstreamProblem.of(Failures.code(e, late, answered, body)), sent, e);
        }
    }

    @Override
    public String toString() {
        return "a service over " + host.getSchemeName();
    }
}
