package dev.lintel.traffic;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The checks of addresses of services elsewhere. */
final class ServiceAddress {
    private static final Pattern HOST = Pattern.compile(
            "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?" + "(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*|\\[[0-9a-f:.]{2,45}]");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[.*");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}");
    private static final int LONGEST = 253;

    private ServiceAddress() {}

    static URI parse(String text) {
        try {
            return checked(URI.create(text));
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    /** An address with its host in lower case and without a bare slash at its end. */
    static URI checked(URI address) {
        String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        boolean whole = address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && (path.isEmpty() || path.equals("/"));
        int port = address.getPort();
        if (!scheme.equals("https") && !scheme.equals("http")
                || !isHost(host)
                || !whole
                || port == 0
                || port > 65_535) {
            throw wrong(address.getRawUserInfo() == null ? address.toString() : "one with a user in it");
        }
        return URI.create(scheme + "://" + host + (port < 0 ? "" : ":" + port));
    }

    private static IllegalArgumentException wrong(String text) {
        String shown = text.indexOf('@') >= 0 ? "one with a user in it" : "'" + text + "'";
        return new IllegalArgumentException("a service elsewhere is at http:// or https://, a host and perhaps a port,"
                + " without path, but was given " + shown);
    }

    @CanIgnoreReturnValue
    static String authority(String authority) {
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        boolean port = colon < 0 || PORT.matcher(authority.substring(colon)).matches();
        if (!isHost(host) || !port) {
            throw new IllegalArgumentException(
                    "what a service elsewhere gets as Host is a host in lower case and perhaps" + " a port, but was '"
                            + authority + "'");
        }
        return authority;
    }

    static boolean isTls(URI address) {
        return "https".equals(address.getScheme());
    }

    /** Host and port, the port where it is not the scheme's own (RFC 9110, 7.2). */
    static String authorityOf(URI address) {
        int usual = isTls(address) ? 443 : 80;
        return address.getPort() < 0 || address.getPort() == usual
                ? address.getHost()
                : address.getHost() + ":" + address.getPort();
    }

    /** The same address with its port. */
    static URI withPort(URI address) {
        int port = address.getPort() < 0 ? isTls(address) ? 443 : 80 : address.getPort();
        return URI.create(address.getScheme() + "://" + address.getHost() + ":" + port);
    }

    /** Whether it is a name, which can be a server name in TLS, and not an address of numbers (RFC 6066, 3). */
    static boolean isName(String host) {
        return isHost(host) && !NUMBERS.matcher(host).matches();
    }

    /** The host without port. */
    static String hostOf(String authority) {
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private static boolean isHost(String host) {
        return host.length() <= LONGEST && HOST.matcher(host).matches();
    }
}
