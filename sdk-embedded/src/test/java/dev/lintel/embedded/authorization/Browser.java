package dev.lintel.embedded.authorization;

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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Walks through the pages of a server as a browser does: keeps cookies, follows redirects within the server, fills in the form
 * of the page. It stops where the server sends it elsewhere.
 */
final class Browser {
    private static final Pattern FORM =
            Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input [^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z]+)=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI issuer;
    final Map<String, String> cookies = new LinkedHashMap<>();
    private HttpResponse<String> page;

    Browser(AuthorizationServer server) {
        this.issuer = server.issuer();
    }

    Browser open(String target) {
        return follow(get(target));
    }

    /** Opens nothing further than what this names. */
    Browser openOnly(String target) {
        page = get(target);
        return this;
    }

    /** Sends the form of this page, with these fields and what is in it already. */
    Browser submit(String... fields) {
        return post(action(), form(fields));
    }

    Browser post(String path, Map<String, String> fields) {
        return post(path, encoded(fields));
    }

    Browser post(String path, String body) {
        return follow(send(to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))));
    }

    /** Types a name and a password where they are asked for. */
    Browser login(String user, String password) {
        return submit("username", user, "password", password, "action", "login");
    }

    int status() {
        return page.statusCode();
    }

    String html() {
        return page.body();
    }

    HttpResponse<String> page() {
        return page;
    }

    String title() {
        return unescaped(between("<title>", "</title>"));
    }

    String problem() {
        return unescaped(between("role=\"alert\">", "</p>"));
    }

    /** The text of the page, without its marks. */
    String text() {
        return unescaped(between("<main>", "</main>")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip());
    }

    String action() {
        Matcher form = FORM.matcher(html());
        if (!form.find()) {
            throw new AssertionError("no form in " + status() + " " + html());
        }
        return form.group(1);
    }

    /** What is in the form of this page, and these fields. */
    Map<String, String> form(String... fields) {
        Map<String, String> all = new LinkedHashMap<>();
        Matcher form = FORM.matcher(html());
        if (!form.find()) {
            throw new AssertionError("no form in " + status() + " " + html());
        }
        INPUT.matcher(form.group(2)).results().forEach(input -> {
            Map<String, String> attributes = ATTRIBUTE
                    .matcher(input.group())
                    .results()
                    .collect(Collectors.toMap(one -> one.group(1), one -> unescaped(one.group(2))));
            all.put(attributes.get("name"), attributes.getOrDefault("value", ""));
        });
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return all;
    }

    /** Where the server has sent the browser, if that is elsewhere. */
    Optional<URI> away() {
        return page.headers().firstValue("Location").map(URI::create).filter(uri -> !isHere(uri));
    }

    /** What the client is told. */
    Map<String, String> told() {
        URI uri = away().orElseThrow(() -> new AssertionError("still here: " + status() + " " + html()));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : uri.getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    String told(String name) {
        return told().getOrDefault(name, "nothing in " + told());
    }

    private HttpResponse<String> get(String target) {
        return send(to(target).GET());
    }

    private Browser follow(HttpResponse<String> answer) {
        HttpResponse<String> now = answer;
        for (int hops = 0; now.statusCode() == 303 && hops < 10; hops++) {
            String location = now.headers().firstValue("Location").orElseThrow();
            if (!isHere(URI.create(location))) {
                break;
            }
            now = get(location);
        }
        page = now;
        return this;
    }

    private boolean isHere(URI uri) {
        return !uri.isAbsolute() || uri.toString().startsWith(issuer + "/");
    }

    private HttpRequest.Builder to(String target) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(issuer.resolve(target)).timeout(Duration.ofSeconds(20));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(one -> one.getKey() + "=" + one.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        String pair = cookie.substring(0, cookie.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    private String between(String start, String end) {
        int from = html().indexOf(start);
        if (from < 0) {
            throw new AssertionError("no " + start + " in " + status() + " " + html());
        }
        return html().substring(from + start.length(), html().indexOf(end, from));
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> escaped(one.getKey()) + "=" + escaped(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
