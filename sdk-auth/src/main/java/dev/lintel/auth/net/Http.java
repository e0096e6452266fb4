package dev.lintel.auth.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
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
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Fetches small documents and posts forms: one time limit over all of an exchange, a limit on the body, no redirects, no
 * cookies, no retries, nothing of it in a log.
 */
public final class Http implements AutoCloseable {
    private static final String SENT = "lintel.sent";

    private final Duration limit;
    private final Consumer<Reply> watcher;
    private final CloseableHttpClient client;

    /**
     * A client; it blocks, and may be used by many threads.
     *
     * @param limit how long one exchange may take, from connecting to the last byte
     */
    public Http(Duration limit) {
        this(limit, null, reply -> {});
    }

    /**
     * A client with a certificate, or with other certificates that it trusts.
     *
     * @param limit how long one exchange may take, from connecting to the last byte
     * @param tls what TLS works with; null for the JVM's own
     * @param watcher is shown every answer
     */
    public Http(Duration limit, @Nullable SSLContext tls, Consumer<Reply> watcher) {
        this.limit = limit;
        this.watcher = watcher;
        Timeout timeout = Timeout.of(limit);
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create();
        if (tls != null) {
            connections.setTlsSocketStrategy(
                    ClientTlsStrategyBuilder.create().setSslContext(tls).buildClassic());
        }
        this.client = HttpClientBuilder.create()
                .setConnectionManager(connections
                        .setConnectionFactory(socket -> new QuietConnection())
                        .setDnsResolver(new LocalDns())
                        .setMaxConnPerRoute(16)
                        .setMaxConnTotal(64)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), SENT, (request, scope, chain) -> {
                    // From here on there is a connection, and bytes may get through it.
                    scope.clientContext.setAttribute(SENT, true);
                    return chain.proceed(request, scope);
                })
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("lintel")
                .build();
    }

    /**
     * Fetches a document.
     *
     * @param uri where it is
     * @param bytes the most that the body may have
     * @return the answer, whatever its status
     * @throws FetchException if there is none within the limits
     */
    public Reply get(URI uri, int bytes) throws FetchException {
        return exchange(new HttpGet(Urls.checked("an address", uri)), bytes);
    }

    /**
     * Posts a form.
     *
     * @param uri where to
     * @param headers sent as they are
     * @param form already encoded as {@code application/x-www-form-urlencoded}
     * @param bytes the most that the body of the answer may have
     * @return the answer, whatever its status
     * @throws FetchException if there is none within the limits
     */
    public Reply post(URI uri, Map<String, String> headers, String form, int bytes) throws FetchException {
        HttpPost request = new HttpPost(Urls.checked("an address", uri));
        headers.forEach(request::setHeader);
        request.setEntity(new StringEntity(form, ContentType.create("application/x-www-form-urlencoded")));
        return exchange(request, bytes);
    }

    /**
     * Sends a request with a JSON body, or with none.
     *
     * @param method for example {@code PUT}
     * @param uri where to
     * @param headers sent as they are
     * @param json the body; null for none
     * @param bytes the most that the body of the answer may have
     * @return the answer, whatever its status
     * @throws FetchException if there is none within the limits
     */
    public Reply send(String method, URI uri, Map<String, String> headers, @Nullable String json, int bytes)
            throws FetchException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, Urls.checked("an address", uri));
        headers.forEach(request::setHeader);
        if (json != null) {
            request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        }
        return exchange(request, bytes);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Time-outs of sockets start anew with every byte, so a clock over the whole exchange stands beside them. */
    private Reply exchange(HttpUriRequestBase request, int bytes) throws FetchException {
        request.setHeader("Accept", "application/json");
        CompletableFuture<Boolean> over =
                new CompletableFuture<Boolean>().completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> unused = over.thenAccept(late -> {
            if (late) {
                request.cancel();
            }
        });
        HttpClientContext context = HttpClientContext.create();
        try {
            Reply reply = client.execute(request, context, response -> read(request, response, bytes));
            watcher.accept(reply);
            return reply;
        } catch (FetchException e) {
            throw e;
        } catch (IllegalStateException e) {
            // So it answers also if it is told to give up while it takes a connection.
            if (over.isDone()) {
                throw new FetchException(late(), context.getAttribute(SENT) != null);
            }
            throw new FetchException("was not asked, because its client is closed");
        } catch (IOException e) {
            throw new FetchException(over.isDone() ? late() : words(e), context.getAttribute(SENT) != null);
        } finally {
            over.complete(false);
        }
    }

    private static Reply read(HttpUriRequestBase request, ClassicHttpResponse response, int bytes) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : Reply.HEADERS) {
            Header header = response.getFirstHeader(name);
            if (header != null && header.getValue() != null) {
                headers.put(name, header.getValue());
            }
        }
        return new Reply(response.getCode(), headers, body(request, response, bytes));
    }

    private static byte[] body(HttpUriRequestBase request, ClassicHttpResponse response, int bytes) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        InputStream in = response.getEntity().getContent();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (body.size() + n > bytes) {
                // Closing the response would first read the rest, which may have no end.
                request.cancel();
                throw new FetchException("answered with more than " + bytes + " bytes", true);
            }
            body.write(buffer, 0, n);
        }
        return body.toByteArray();
    }

    private String late() {
        return "did not answer within " + limit.toMillis() + " ms";
    }

    private String words(IOException e) {
        if (e instanceof InterruptedIOException) {
            return late();
        }
        if (e instanceof ConnectException) {
            return "could not be connected to";
        }
        if (e instanceof UnknownHostException) {
            return "has a host that is not known";
        }
        return e instanceof SSLException ? "failed in TLS: " + e.getMessage() : "broke off the exchange";
    }
}
