package dev.lintel.benchmarks.peers;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/** Undertow's own reverse proxy on two I/O threads. */
public final class UndertowProxy {
    private static final int IO_THREADS = 2;

    private UndertowProxy() {}

    /**
     * Starts the proxy and prints its port.
     *
     * @param arguments the upstream's port
     */
    public static void main(String[] arguments) {
        // The pool's size counts only for hosts that are added after it was set; the default of 10 refuses requests.
        LoadBalancingProxyClient upstream = new LoadBalancingProxyClient().setConnectionsPerThread(256);
        upstream.addHost(URI.create("http://127.0.0.1:" + arguments[0]));
        Undertow server = Undertow.builder()
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(IO_THREADS)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(ProxyHandler.builder().setProxyClient(upstream).build())
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        System.out.println("listening on " + address.getPort());
    }
}
