package dev.lintel.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as far as logins need one: keeps cookies for each host, says that it navigates, follows redirects if told to. */
final class Visitor {
    private static final Pattern INPUT = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final Pattern ACTION = Pattern.compile("<form [^>]*action=\"([^\"]*)\"");

    private final HttpClient http;
    /** By host, as browsers keep them: the port does not matter (RFC 6265, 8.5). */
    final Map<String, Map<String, String>> cookies = new TreeMap<>();

    private HttpResponse<String> last;

    Visitor(HttpClient http) {
        this.http = http;
    }

    /** Opens a page as a user does, with these header fields as well. */
    @CanIgnoreReturnValue
    Visitor open(URI uri, String... more) {
        return send("GET", uri, null, true, more);
    }

    /** The same, as a script or a program does. */
    @CanIgnoreReturnValue
    Visitor call(String method, URI uri, String... more) {
        return send(method, uri, null, false, more);
    }

    @CanIgnoreReturnValue
    Visitor post(URI uri, String form, String... more) {
        return send("POST", uri, form, false, more);
    }

    /** Sends the form of this page, with these fields and what is hidden in it. */
    @CanIgnoreReturnValue
    Visitor submit(String... fields) {
        Map<String, String> all = new LinkedHashMap<>();
        INPUT.matcher(body()).results().forEach(input -> all.put(input.group(1), input.group(2)));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        Matcher action = ACTION.matcher(body());
        if (!action.find()) {
            throw new AssertionError("no form in " + body());
        }
        String form = all.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return post(last.uri().resolve(action.group(1)), form);
    }

    /** Goes wherever it is sent, until it is sent nowhere. */
    @CanIgnoreReturnValue
    Visitor follow() {
        for (int i = 0; i < 10 && status() >= 300 && status() < 400; i++) {
            open(location());
        }
        return this;
    }

    private Visitor send(String method, URI uri, String form, boolean navigates, String... more) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, form == null ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (navigates) {
            request.header("Sec-Fetch-Mode", "navigate").header("Accept", "text/html");
        }
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        Map<String, String> kept = of(uri);
        if (!kept.isEmpty()) {
            request.header("Cookie", header(kept));
        }
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        try {
            last = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        last.headers().allValues("Set-Cookie").forEach(line -> keep(uri, line));
        return this;
    }

    private void keep(URI uri, String line) {
        String pair = line.substring(0, line.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            of(uri).remove(name);
        } else {
            of(uri).put(name, pair.substring(name.length() + 1));
        }
    }

    Map<String, String> of(URI uri) {
        return cookies.computeIfAbsent(uri.getHost(), host -> new LinkedHashMap<>());
    }

    static String header(Map<String, String> kept) {
        return kept.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("; "));
    }

    HttpResponse<String> answer() {
        return last;
    }

    int status() {
        return last.statusCode();
    }

    String body() {
        return last.body();
    }

    String header(String name) {
        return last.headers().firstValue(name).orElse("");
    }

    URI location() {
        return last.uri().resolve(header("Location"));
    }

    /** A parameter of where it is sent. */
    String parameter(String name) {
        for (String pair : location().getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
