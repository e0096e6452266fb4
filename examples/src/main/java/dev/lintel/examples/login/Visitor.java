package dev.lintel.examples.login;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen, and the person in front of it: logs in, agrees, reads, asks for a new token. */
final class Visitor {
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern FACT = Pattern.compile("<dt>(.*?)</dt><dd>(.*?)</dd>");

    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final URI shop;
    private final PrintStream out;

    Visitor(URI shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
    }

    /** The whole visit; answers the last page. */
    String visit() throws IOException, InterruptedException {
        HttpResponse<String> page = get(shop);
        out.println("The shop says: " + (page.body().contains("Nobody is logged in") ? "nobody is logged in" : "?"));
        page = get(shop.resolve("/login"));
        out.println("The login page is at " + page.uri().getPath());
        page = submit(
                page, Map.of("username", UserLogin.USER, "password", UserLogin.PASSWORD.reveal(), "action", "login"));
        if (!page.uri().getPath().equals("/")) {
            out.println("The question of consent is at " + page.uri().getPath());
            page = submit(page, Map.of("action", "allow"));
        }
        tell(page);
        out.println("Now with the refresh token:");
        page = send(HttpRequest.newBuilder(shop.resolve("/refresh")).POST(HttpRequest.BodyPublishers.noBody()));
        tell(page);
        return page.body();
    }

    private void tell(HttpResponse<String> page) {
        for (MatchResult fact : FACT.matcher(page.body()).results().toList()) {
            out.println("  " + fact.group(1) + ": " + fact.group(2));
        }
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri));
    }

    /** Fills in the form of a page, with what it carries along itself. */
    private HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> typed)
            throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (MatchResult input : INPUT.matcher(page.body()).results().toList()) {
            if (attribute(input.group(), "type").equals("hidden")) {
                fields.put(attribute(input.group(), "name"), attribute(input.group(), "value"));
            }
        }
        fields.putAll(typed);
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        Matcher action = Pattern.compile("<form[^>]* action=\"([^\"]*)\"").matcher(page.body());
        URI where = action.find() ? page.uri().resolve(action.group(1)) : page.uri();
        return send(HttpRequest.newBuilder(where)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile(" " + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? value.group(1) : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
