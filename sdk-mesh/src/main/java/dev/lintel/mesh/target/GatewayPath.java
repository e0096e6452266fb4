package dev.lintel.mesh.target;

import dev.lintel.mesh.verify.DataPath;
import dev.lintel.mesh.verify.ProbeAnswer;
import dev.lintel.mesh.verify.ProbeRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way through a gateway: one connection for each request, by HTTP/1.1, to one address, whatever the host is that the
 * request names. In TLS the name is that of the request too, and the certificate must be for it.
 *
 * @param scheme {@code http} or {@code https}
 * @param address of the gateway: a name or an IP address
 * @param port of the gateway
 * @param patience how long one request may take, from connecting to the last header
 * @param tls which certificates are trusted; null for those of the JVM
 */
public record GatewayPath(
        String scheme,
        String address,
        int port,
        Duration patience,
        @Nullable SSLContext tls) implements DataPath {
    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String BEHIND = "x-envoy-upstream-service-time";
    private static final String TLS = "https";
    private static final int LAST_PORT = 65_535;

    /** Checks the address. */
    public GatewayPath {
        if (!scheme.equals("http") && !scheme.equals(TLS) || port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("a gateway has an address by http or https, and a port");
        }
        Objects.requireNonNull(address, "address");
        if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a request takes some time, up to " + LONGEST + ", not " + patience);
        }
    }

    /**
     * The way to a gateway.
     *
     * @param gateway for example {@code http://10.0.0.7} or {@code https://gateway.example.com:8443}
     * @return a way that gives up a request after five seconds
     * @throws IllegalArgumentException if that is no such address, or has a path, a query or a user
     */
    public static GatewayPath at(URI gateway) {
        String scheme = String.valueOf(gateway.getScheme()).toLowerCase(Locale.ROOT);
        String path = String.valueOf(gateway.getRawPath());
        if (gateway.getHost() == null
                || gateway.getRawUserInfo() != null
                || gateway.getRawQuery() != null
                || gateway.getRawFragment() != null
                || !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException(
                    "a gateway has an address such as 'http://10.0.0.7', with nothing behind it");
        }
        int port = gateway.getPort() < 0 ? scheme.equals(TLS) ? 443 : 80 : gateway.getPort();
        String host = gateway.getHost();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new GatewayPath(scheme, bracketed ? host.substring(1, host.length() - 1) : host, port, USUAL, null);
    }

    /**
     * The same way with another patience.
     *
     * @param time how long one request may take
     * @return a new value
     */
    public GatewayPath within(Duration time) {
        return new GatewayPath(scheme, address, port, time, tls);
    }

    /**
     * The same way with other certificates that are trusted.
     *
     * @param context what TLS works with
     * @return a new value
     */
    public GatewayPath trusting(SSLContext context) {
        return new GatewayPath(scheme, address, port, patience, Objects.requireNonNull(context, "context"));
    }

    @Override
    public ProbeAnswer send(ProbeRequest request) {
        SSLSocketFactory factory = !scheme.equals(TLS)
                ? null
                : tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls.getSocketFactory();
        RawExchange.Reply reply = new RawExchange(address, port, factory, patience).send(request);
        if (reply.status() == 0) {
            return ProbeAnswer.none(reply.words());
        }
        boolean behind = reply.headers().containsKey(BEHIND);
        String location = reply.headers().getOrDefault("location", "");
        int end = location.indexOf('?');
        return location.isEmpty()
                ? ProbeAnswer.of(reply.status(), behind)
                : new ProbeAnswer(
                        reply.status(),
                        behind,
                        reply.status() + " to " + (end < 0 ? location : location.substring(0, end) + "?[redacted]"));
    }
}
