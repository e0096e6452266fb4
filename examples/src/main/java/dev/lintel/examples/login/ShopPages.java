package dev.lintel.examples.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the shop shows: a page, the way to the login and back from it, and a button that asks for a new token. */
final class ShopPages implements HttpHandler {
    private static final String VISIT = "visit";
    private static final String PENDING = "pending";

    private final Shop shop;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Visit> visits = new ConcurrentHashMap<>();

    ShopPages(Shop shop) {
        this.shop = shop;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // The answer must be there before the exchange is closed, also the one that tells of a failure.
        try (exchange) {
            try {
                answer(exchange);
            } catch (TokenFetchException | TokenException e) {
                page(exchange, 502, "<p>" + escaped(String.valueOf(e.getMessage())) + "</p>");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException, TokenFetchException {
        switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /" -> home(exchange);
            case "GET /login" -> login(exchange);
            case "GET /back" -> back(exchange);
            case "POST /refresh" -> refresh(exchange);
            default -> page(exchange, 404, "<p>There is nothing here.</p>");
        }
    }

    private void home(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<Visit> visit = visit(exchange);
        if (visit.isEmpty()) {
            page(exchange, 200, "<p>Nobody is logged in.</p><p><a href=\"/login\">Log in</a></p>");
            return;
        }
        String orders = shop.ordersOf(visit.get());
        AccessToken token = visit.get().tokens().token();
        page(
                exchange,
                200,
                "<p>Hello, " + escaped(visit.get().user()) + ".</p><dl>"
                        + row("orders, with your token", orders)
                        + row("billing, with the shop's own token", shop.invoices())
                        + row("your token", token.id() + ", for " + token.scopes() + ", until " + token.expires())
                        + "</dl><form method=\"post\" action=\"/refresh\"><button>Use the refresh token</button></form>");
    }

    private void login(HttpExchange exchange) throws IOException, TokenFetchException {
        WebLogin.Begun begun = shop.begin();
        cookie(exchange, PENDING, begun.pending().reveal());
        redirect(exchange, begun.uri().toString());
    }

    private void back(HttpExchange exchange) throws IOException, TokenFetchException {
        Optional<String> pending = cookie(exchange, PENDING);
        if (pending.isEmpty()) {
            page(exchange, 400, "<p>No login has begun in this browser.</p>");
            return;
        }
        cookie(exchange, PENDING, "");
        Visit visit = shop.finish(Secret.of(pending.get()), exchange.getRequestURI());
        byte[] name = new byte[32];
        random.nextBytes(name);
        String key = HexFormat.of().formatHex(name);
        visits.put(key, visit);
        cookie(exchange, VISIT, key);
        redirect(exchange, "/");
    }

    /** Throws the token away, so that the page that comes next needs another. */
    private void refresh(HttpExchange exchange) throws IOException {
        visit(exchange)
                .ifPresent(visit -> visit.tokens().invalidate(visit.tokens().token()));
        redirect(exchange, "/");
    }

    private Optional<Visit> visit(HttpExchange exchange) {
        return cookie(exchange, VISIT).map(visits::get);
    }

    private static Optional<String> cookie(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split("; ")))
                .filter(pair -> pair.startsWith(name + "=") && pair.length() > name.length() + 1)
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    private static void cookie(HttpExchange exchange, String name, String value) {
        String more = value.isEmpty() ? "; Max-Age=0" : "";
        exchange.getResponseHeaders().add("Set-Cookie", name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + more);
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void page(HttpExchange exchange, int status, String body) throws IOException {
        byte[] html = ("<!DOCTYPE html><html lang=\"en\"><title>The shop</title><body><h1>The shop</h1>" + body)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, html.length);
        exchange.getResponseBody().write(html);
    }

    private static String row(String what, String value) {
        return "<dt>" + what + "</dt><dd>" + escaped(value) + "</dd>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
