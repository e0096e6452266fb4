package dev.lintel.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Sends hosts below a domain to the gateway, and all others directly. */
final class GatewayProxySelector extends ProxySelector {
    private final String suffix;
    private final List<Proxy> gateway;

    GatewayProxySelector(String domain, InetSocketAddress address) {
        suffix = "." + domain;
        gateway = List.of(new Proxy(Proxy.Type.HTTP, address));
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        boolean ours = host != null && host.toLowerCase(Locale.ROOT).endsWith(suffix);
        return ours && "http".equalsIgnoreCase(uri.getScheme()) ? gateway : List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The client reports it itself.
    }
}
