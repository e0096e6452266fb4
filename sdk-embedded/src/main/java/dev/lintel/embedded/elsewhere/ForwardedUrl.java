package dev.lintel.embedded.elsewhere;

import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RouteService;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a router of Cloud Foundry wanted a request to go before it sent it to a route service. It may name the route that
 * was said and no other host; its path and query take the place of those that came, before anything is decided.
 */
public final class ForwardedUrl {
    private static final Pattern URL =
            Pattern.compile("(?i)(https?)://([-.a-z0-9]+)(?::([0-9]{1,5}))?((?:/[\\x21\\x22\\x24-\\x3e\\x40-\\x7e]*)?)"
                    + "(?:\\?([\\x21\\x22\\x24-\\x7e]*))?");

    private ForwardedUrl() {}

    /**
     * Turns a request towards the URL.
     *
     * @param head what came
     * @param said what the router says about it
     * @param route host, with port if it is not the usual one
     * @return why the request is refused; null if it is not
     */
    public static @Nullable Refusal follow(RequestHead head, RouteService said, String route) {
        Matcher url = said.url() == null ? null : URL.matcher(said.url());
        if (!said.isWhole() || url == null || !url.matches()) {
            return new Refusal(
                    400, "the headers of a route service must be there together, each once, with a whole URL");
        }
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        String port = url.group(3);
        String named = url.group(2).toLowerCase(Locale.ROOT)
                + (port == null || port.equals(scheme.equals("https") ? "443" : "80") ? "" : ":" + port);
        String wanted = route.toLowerCase(Locale.ROOT);
        if (!named.equals(wanted) && !named.equals(bare(wanted))) {
            return new Refusal(400, "X-CF-Forwarded-Url names another host than the route of this API");
        }
        String path = url.group(4);
        head.target(path.isEmpty() ? "/" : path, url.group(5));
        return null;
    }

    /** A route on a port of its own is known to its router by its host alone. */
    private static String bare(String route) {
        int colon = route.indexOf(':');
        return colon < 0 ? route : route.substring(0, colon);
    }
}
