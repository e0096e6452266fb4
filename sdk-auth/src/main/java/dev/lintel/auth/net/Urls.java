package dev.lintel.auth.net;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The checks of addresses that tokens and keys come from: {@code https}, except on this machine. */
public final class Urls {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private Urls() {}

    /**
     * An issuer's identifier: a URL without query and fragment (RFC 8414, 2).
     *
     * @param issuer exactly as it stands in tokens
     * @return the same as a URI
     * @throws IllegalArgumentException if it is not one, or not safe
     */
    @CanIgnoreReturnValue
    public static URI issuer(String issuer) {
        Objects.requireNonNull(issuer, "issuer");
        URI uri;
        try {
            uri = new URI(issuer);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("an issuer must be a URL, but was '" + issuer + "': " + e.getReason());
        }
        checked("an issuer", uri);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("an issuer must not have a query, but was '" + issuer + "'");
        }
        return uri;
    }

    /**
     * An address to fetch from or to send to.
     *
     * @param what what it is, used in the message
     * @param uri the address
     * @return the address
     * @throws IllegalArgumentException if it is not absolute, not {@code https} (loopback excepted), or carries a fragment
     *     or credentials
     */
    @CanIgnoreReturnValue
    public static URI checked(String what, URI uri) {
        Objects.requireNonNull(uri, "uri");
        if (uri.getRawUserInfo() != null
                || uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            throw new IllegalArgumentException(what + " must not carry a user or a password");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(
                    what + " must be an absolute URL, as in 'https://id.example', but was '" + uri + "'");
        }
        if (scheme.equals("http") && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException(
                    what + " must be https, because anybody on the way could forge what plain http brings;"
                            + " only loopback is excepted, but was '" + uri + "'");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException(what + " must have a port of 1 to 65535, but was '" + uri + "'");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException(what + " must not have a fragment, but was '" + uri + "'");
        }
        return uri;
    }

    /**
     * Whether a host is this machine by its name alone, without asking a resolver (RFC 6761, 6.3).
     *
     * @param host as it stands in a URI, with brackets around an IPv6 address
     * @return true for {@code localhost}, names below it, 127.0.0.0/8 and {@code ::1}
     */
    public static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost")
                || lower.endsWith(".localhost")
                || lower.equals("[::1]")
                || lower.equals("::1")
                || LOOPBACK_V4.matcher(lower).matches();
    }
}
