package dev.lintel.judges.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A browser for pages without scripts, and the user before it: keeps cookies, follows redirects, fills in each first form. */
public final class Browser {
    private static final int HOPS = 25;

    private final Map<String, String> fields;
    private final HttpClient client;

    private Browser(Map<String, String> fields, HttpClient client) {
        this.fields = fields;
        this.client = client;
    }

    /** A user who types these values into fields of these names. */
    public static Browser of(Map<String, String> fields) {
        return new Browser(fields, client().build());
    }

    /** The same, for servers with a certificate of their own. */
    public static Browser of(Map<String, String> fields, SSLContext trusting) {
        return new Browser(fields, client().sslContext(trusting).build());
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().cookieHandler(new Cookies());
    }

    /** Goes on until sent to an address that begins so, which is not fetched. */
    public URI sentTo(URI start, String end) {
        Stop stop = go(start, end);
        if (stop.page() != null) {
            throw new IllegalStateException("was not sent to " + end + ", but saw " + stop);
        }
        return stop.at();
    }

    /** Goes on until there is a page without a form, and answers its text. */
    public String shown(URI start) {
        return String.valueOf(go(start, null).page());
    }

    private Stop go(URI start, String end) {
        HttpRequest.Builder next = HttpRequest.newBuilder(start);
        Map<String, Integer> forms = new HashMap<>();
        for (int hop = 0; hop < HOPS; hop++) {
            HttpRequest request = next.header("Accept", "text/html").build();
            if (end != null && request.uri().toString().startsWith(end)) {
                return new Stop(request.uri(), 0, null);
            }
            HttpResponse<String> response = send(request);
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 == 3 && location.isPresent()) {
                next = HttpRequest.newBuilder(request.uri().resolve(location.get()));
                continue;
            }
            Optional<Form> form = Form.of(response.body(), request.uri(), fields)
                    .filter(one -> response.statusCode() == 200
                            && forms.merge(one.action().getPath(), 1, Integer::sum) <= 2);
            if (form.isEmpty()) {
                return new Stop(request.uri(), response.statusCode(), response.body());
            }
            next = form.get().submitted();
        }
        throw new IllegalStateException("no end after " + HOPS + " pages from " + start);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Stop(URI at, int status, String page) {
        @Override
        public String toString() {
            String text = page.replaceAll("(?s)<style.*?</style>|<[^>]*>", " ").replaceAll("\\s+", " ");
            return status + " at " + at + ": " + text.substring(0, Math.min(text.length(), 300));
        }
    }
}
