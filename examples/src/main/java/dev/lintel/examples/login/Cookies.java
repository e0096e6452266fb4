package dev.lintel.examples.login;

import java.net.CookieHandler;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one host, kept and sent as browsers do (RFC 6265): the JDK's own manager answers a cookie with {@code
 * Max-Age} in the form of an older paper.
 */
final class Cookies extends CookieHandler {
    private final Map<String, String> kept = new LinkedHashMap<>();

    @Override
    public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
        String line = kept.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return line.isEmpty() ? Map.of() : Map.of("Cookie", List.of(line));
    }

    @Override
    public synchronized void put(URI uri, Map<String, List<String>> headers) {
        headers.forEach((name, lines) -> {
            if (name.equalsIgnoreCase("Set-Cookie")) {
                lines.forEach(this::keep);
            }
        });
    }

    private void keep(String line) {
        String pair = line.split(";", 2)[0].strip();
        String name = pair.substring(0, pair.indexOf('='));
        String value = pair.substring(name.length() + 1);
        if (value.isEmpty() || line.contains("Max-Age=0")) {
            kept.remove(name);
        } else {
            kept.put(name, value);
        }
    }
}
