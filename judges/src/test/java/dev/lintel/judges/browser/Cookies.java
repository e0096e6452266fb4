package dev.lintel.judges.browser;

import java.net.CookieHandler;
import java.net.HttpCookie;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The cookies of one host, which are sent everywhere: browsers take loopback for secure, which the JDK's own manager does not. */
final class Cookies extends CookieHandler {
    private final Map<String, String> kept = new LinkedHashMap<>();

    @Override
    public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
        String all = kept.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? Map.of() : Map.of("Cookie", List.of(all));
    }

    @Override
    public synchronized void put(URI uri, Map<String, List<String>> headers) {
        headers.forEach((name, lines) -> {
            if (name != null && name.equalsIgnoreCase("Set-Cookie")) {
                lines.stream().flatMap(line -> HttpCookie.parse(line).stream()).forEach(this::keep);
            }
        });
    }

    private void keep(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
            kept.remove(cookie.getName());
        } else {
            kept.put(cookie.getName(), cookie.getValue());
        }
    }
}
