package dev.lintel.embedded;

import dev.lintel.core.Names;
import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.embedded.EgressStats.Destination;
import dev.lintel.embedded.egress.EgressListener;
import io.netty.channel.EventLoopGroup;
import java.net.ProxySelector;
import java.net.URI;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;

/**
 * The way out for one application: a forward proxy that lets out what the egress rules of its namespace say, and answers
 * 502 to everything else.
 *
 * <p>HTTPS goes by CONNECT. The tunnel is opened to the host that was asked for, its first bytes must be TLS for the same
 * host (SNI), and it is not opened: what is said inside is not seen. A ClientHello that hides its host (ECH) is refused.
 * Plain HTTP goes by requests for a whole {@code http} URI, one to a connection. The name is looked up once, by the proxy;
 * if one of its addresses is of the machine, the network or a cloud's metadata, and the rule does not allow that, nothing
 * is connected to. Addresses in place of names are refused.
 *
 * <p>When other definitions are applied, they hold for new calls at once, and calls that they do not let out any more are
 * cut, tunnels and plain requests alike.
 *
 * <p>The application is known by the port: HTTP clients send proxies no credentials with CONNECT unless they are made to.
 * So everything on this machine that knows the port can leave as this application; and whoever does not use the proxy is
 * not held by it. Safe for use by many threads.
 */
public final class EgressProxy implements AutoCloseable {
    private final String application;
    private final EgressListener listener;
    private final Consumer<EgressProxy> closed;

    private EgressProxy(String application, EgressListener listener, Consumer<EgressProxy> closed) {
        this.application = application;
        this.listener = listener;
        this.closed = closed;
    }

    static EgressProxy open(
            String application,
            EgressSettings settings,
            Supplier<Evaluator> evaluator,
            EventLoopGroup group,
            Consumer<EgressProxy> closed) {
        String[] parts = application.split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "an application is named 'name.namespace', for example 'payments.shop', but was '" + application
                            + "'");
        }
        Names.label("an application", parts[0]);
        Names.label("a namespace", parts[1]);
        EgressListener listener =
                new EgressListener(parts[1], parts[0], evaluator, settings.resolver::resolve, settings.limits(), group);
        return new EgressProxy(application, listener, closed);
    }

    /**
     * Whose way out it is.
     *
     * @return {@code name.namespace}
     */
    public String application() {
        return application;
    }

    /**
     * Where the proxy listens, for clients that are configured by an address.
     *
     * @return {@code http://127.0.0.1:port}
     */
    public URI uri() {
        return URI.create("http://" + listener.address().getAddress().getHostAddress() + ":"
                + listener.address().getPort());
    }

    /**
     * Sends everything through the proxy, for {@code java.net.http} and {@code HttpURLConnection}.
     *
     * @return to be given to {@code HttpClient.newBuilder().proxy(…)}
     */
    public ProxySelector proxySelector() {
        return ProxySelector.of(listener.address());
    }

    /**
     * Sends everything through the proxy, for Apache HttpClient 5.
     *
     * @return to be given to {@code HttpClients.custom().setRoutePlanner(…)}
     */
    public HttpRoutePlanner routePlanner() {
        URI uri = uri();
        return new DefaultProxyRoutePlanner(new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()));
    }

    /**
     * Decides a call as the proxy would before it looks the name up.
     *
     * @param host a host name
     * @param port the port
     * @return the decision with the rules that led to it; nothing is sent
     */
    public EgressDecision explain(String host, int port) {
        return listener.decide(host, port);
    }

    /**
     * What has been carried since it was opened.
     *
     * @return the counters at this moment
     */
    public EgressStats stats() {
        TreeMap<String, Destination> destinations = new TreeMap<>();
        listener.destinations()
                .counts()
                .forEach((name, count) -> destinations.put(
                        name, new Destination(count.connections(), count.open(), count.sent(), count.received())));
        return new EgressStats(
                listener.connections(),
                listener.destinations().refusals(),
                listener.destinations().failures(),
                destinations);
    }

    void reconsider() {
        listener.reconsider();
    }

    /** Stops, and cuts what is under way. */
    @Override
    public void close() {
        closed.accept(this);
        listener.stop();
    }

    @Override
    public String toString() {
        return "egress of " + application + " at " + uri();
    }
}
