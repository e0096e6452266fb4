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

/** Sends hosts below a domain and hosts that are exposed to the gateway, and all others directly. */
final class GatewayProxySelector extends ProxySelector {
    private final String suffix;
    private final Predicate<String> exposed;
    private final List<Proxy> gateway;

    GatewayProxySelector(String domain, Predicate<String> exposed, InetSocketAddress address) {
        suffix = "." + domain;
        this.exposed = exposed;
        gateway = List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        String lower = host == null ? "" : host.toLowerCase(Locale.ROOT);
        boolean ours = lower.endsWith(suffix) || exposed.test(lower);
        return ours && "http".equalsIgnoreCase(uri.getScheme()) ? gateway : List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The client reports it itself.
    }
}
