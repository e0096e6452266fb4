package dev.lintel.auth.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a request goes to (RFC 6454, 4). */
record WebOrigin(String scheme, String host, int port) {
    static WebOrigin of(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new WebOrigin(lower, bare.toLowerCase(Locale.ROOT), port >= 0 ? port : lower.equals("https") ? 443 : 80);
    }

    static WebOrigin of(URI uri) {
        return of(uri.getScheme(), uri.getHost(), uri.getPort());
    }

    /** Checks that each is an origin and nothing more. */
    static List<WebOrigin> all(URI first, URI... more) {
        List<URI> all = new ArrayList<>(List.of(more));
        all.add(0, first);
        List<WebOrigin> origins = new ArrayList<>();
        for (URI uri : all) {
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath();
            if (!web
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || path != null && !path.isEmpty() && !path.equals("/")) {
                throw new IllegalArgumentException("an origin must be scheme, host and port alone, as in"
                        + " 'https://orders.example', but was '" + uri + "'");
            }
            origins.add(of(uri));
        }
        return List.copyOf(origins);
    }

    @Override
    public String toString() {
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
