package dev.lintel.embedded.upstream;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a workload listens.
 *
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 * @param tls whether TLS is spoken
 * @param origination how connections begin; null as to any workload. It is part of the address, so that no connection is
 *     used again where other names or keys were asked for
 */
public record Address(
        String host, int port, boolean tls, @Nullable Origination origination) {
    /** The address of a workload. */
    public Address(String host, int port, boolean tls) {
        this(host, port, tls, null);
    }

    /**
     * Reads an address.
     *
     * @param uri {@code http://host:port} or {@code https://host:port}, the port where it is not the scheme's own
     * @return the address
     * @throws IllegalArgumentException if the URI says more or less than that
     */
    public static Address of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String path = uri.getRawPath();
        boolean tls = scheme.equals("https");
        boolean good = (tls || scheme.equals("http"))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && (path == null || path.isEmpty() || path.equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= 65_535
                && uri.getPort() != 0;
        if (!good) {
            throw new IllegalArgumentException(
                    "a workload is 'http://host:port' or 'https://host:port', without path, but was '" + shown(uri)
                            + "'");
        }
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address(bare, uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort(), tls);
    }

    /** User information may hold a password. */
    private static String shown(URI uri) {
        String info = uri.getRawUserInfo();
        return info == null ? uri.toString() : uri.toString().replace(info, "[redacted]");
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
