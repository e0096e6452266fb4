package dev.lintel.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Sends hosts of one scheme that are ours to the gateway, and all others directly. */
final class GatewayProxySelector extends ProxySelector {
    private final String scheme;
    private final Predicate<String> ours;
    private final List<Proxy> gateway;

    GatewayProxySelector(String scheme, Predicate<String> ours, InetSocketAddress address) {
        this.scheme = scheme;
        this.ours = ours;
        gateway = List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        String lower = host == null ? "" : host.toLowerCase(Locale.ROOT);
        return scheme.equalsIgnoreCase(uri.getScheme()) && ours.test(lower) ? gateway : List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The client reports it itself.
    }
}
