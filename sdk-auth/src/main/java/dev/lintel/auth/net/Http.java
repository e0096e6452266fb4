package dev.lintel.auth.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches small documents and posts forms: one time limit over all of an exchange, a limit on the body, no redirects, no
 * cookies, no retries, nothing of it in a log.
 */
public final class Http implements AutoCloseable {
    private final Duration limit;
    private final CloseableHttpClient client;

    /**
     * A client; it blocks, and may be used by many threads.
     *
     * @param limit how long one exchange may take, from connecting to the last byte
     */
    public Http(Duration limit) {
        this.limit = limit;
        Timeout timeout = Timeout.of(limit);
        this.client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
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
        try {
            return client.execute(request, response -> read(request, response, bytes));
        } catch (FetchException e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new FetchException("was not asked, because its client is closed");
        } catch (IOException e) {
            throw new FetchException(over.isDone() ? late() : words(e));
        } finally {
            over.complete(false);
        }
    }

    private static Reply read(HttpUriRequestBase request, ClassicHttpResponse response, int bytes) throws IOException {
        Header type = response.getFirstHeader("Content-Type");
        Header after = response.getFirstHeader("Retry-After");
        return new Reply(
                response.getCode(),
                type == null ? null : type.getValue(),
                after == null ? null : after.getValue(),
                body(request, response, bytes));
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
                throw new FetchException("answered with more than " + bytes + " bytes");
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
