package dev.lintel.embedded.authorization;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Where answers may be sent to (RFC 6749, 3.1.2; RFC 8252, 7): compared as text, but for the port of a loopback address. */
final class RedirectUris {
    /** An app's own scheme is its domain in reverse, and so has a dot (RFC 8252, 7.1): never {@code javascript}. */
    private static final Pattern OWN_SCHEME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

    private static final int LONGEST = 2_000;

    private RedirectUris() {}

    static void check(String client, URI uri) {
        if (!isGood(uri)) {
            throw new IllegalArgumentException("client '" + client + "': a redirect URI must be https://host…,"
                    + " http only for loopback, or have a scheme with a dot like com.example.app:/…, all without"
                    + " user and fragment, but was '" + uri + "'");
        }
    }

    private static boolean isGood(URI uri) {
        String text = uri.toString();
        if (!uri.isAbsolute()
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null
                || text.length() > LONGEST
                || !text.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            return false;
        }
        return switch (uri.getScheme()) {
            case "https" -> uri.getHost() != null;
            case "http" ->
                uri.getHost() != null
                        && (Issuers.isLoopback(uri.getHost()) || uri.getHost().endsWith(".localhost"));
            default -> OWN_SCHEME.matcher(uri.getScheme()).matches() && !uri.isOpaque();
        };
    }

    /** Whether what was asked for is one of those registered. */
    static boolean allow(List<URI> registered, URI asked) {
        return registered.stream().anyMatch(one -> one.toString().equals(asked.toString()) || differInPort(one, asked));
    }

    /** A native app takes the port that is free (RFC 8252, 7.3); a name like localhost may lead elsewhere (8.3). */
    private static boolean differInPort(URI one, URI asked) {
        return isLoopbackAddress(one)
                && isLoopbackAddress(asked)
                && asked.getRawUserInfo() == null
                && withoutPort(one).equals(withoutPort(asked));
    }

    private static boolean isLoopbackAddress(URI uri) {
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && !"localhost".equals(uri.getHost())
                && Issuers.isLoopback(uri.getHost());
    }

    private static String withoutPort(URI uri) {
        return uri.getHost()
                + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
    }
}
