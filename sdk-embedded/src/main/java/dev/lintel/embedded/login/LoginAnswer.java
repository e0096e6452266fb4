package dev.lintel.embedded.login;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a login answers a request. Prints without its location, which tells what belongs to the user.
 *
 * @param status of the answer
 * @param headers beside {@code Content-Type}, each once
 * @param cookies what is set
 * @param contentType of the body; empty without one
 * @param body the body
 */
public record LoginAnswer(
        int status, Map<String, String> headers, List<String> cookies, String contentType, String body) {
    private static final String HTML = "text/html; charset=utf-8";

    /** Keeps the parts unchangeable. */
    public LoginAnswer {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        cookies = List.copyOf(cookies);
    }

    private static LoginAnswer guarded(int status, Map<String, String> more, String contentType, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cache-Control", "no-store");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.putAll(more);
        return new LoginAnswer(status, headers, List.of(), contentType, body);
    }

    static LoginAnswer redirect(String location) {
        return guarded(302, Map.of("Location", location), "", "");
    }

    static LoginAnswer page(int status, String html) {
        return guarded(
                status, Map.of("Content-Security-Policy", LoginPages.POLICY, "X-Frame-Options", "DENY"), HTML, html);
    }

    static LoginAnswer json(int status, String json) {
        return guarded(status, Map.of(), "application/json", json);
    }

    static LoginAnswer problem(int status, String detail) {
        return guarded(
                status,
                Map.of(),
                "application/problem+json",
                "{\"status\":" + status + ",\"detail\":\"" + detail + "\"}\n");
    }

    static LoginAnswer empty(int status) {
        return guarded(status, Map.of(), "", "");
    }

    LoginAnswer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new LoginAnswer(status, more, cookies, contentType, body);
    }

    /** The same, setting cookies as well. */
    LoginAnswer cookies(List<String> more) {
        List<String> all = new ArrayList<>(cookies);
        all.addAll(more);
        return new LoginAnswer(status, headers, all, contentType, body);
    }

    @Override
    public String toString() {
        return "answer of the login, " + status;
    }
}
