package dev.lintel.embedded;

import dev.lintel.core.Definition;
import dev.lintel.traffic.egress.EgressHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A gateway whose applications call hosts outside that are on this machine, by names that only a test knows. */
final class Outside implements AutoCloseable {
    static final String HOST = "api.psp.example";

    private final Gateway gateway = Gateway.start();
    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();

    /** All names below {@code psp.example} are this machine, unless a test says otherwise. */
    static Outside letting(Definition... definitions) {
        Outside outside = new Outside();
        outside.apply(definitions);
        return outside;
    }

    /** The host on a port, for one application. */
    static Definition psp(int port) {
        return EgressHost.of(HOST)
                .onlyFor("payments")
                .inNamespace("shop")
                .ports(port)
                .allowPrivateAddresses()
                .define();
    }

    void apply(Definition... definitions) {
        gateway.apply(gateway.plan(definitions).allowWidening("a test"));
    }

    void name(String host, InetAddress... addresses) {
        names.put(host, List.of(addresses));
    }

    static InetAddress address(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        List<InetAddress> found = names.get(host);
        if (found == null && !host.endsWith(".psp.example")) {
            throw new UnknownHostException(host);
        }
        return found == null ? List.of(InetAddress.getLoopbackAddress()) : found;
    }

    /** For tests that look names up themselves. */
    void countLookup() {
        lookups.incrementAndGet();
    }

    int lookups() {
        return lookups.get();
    }

    Gateway gateway() {
        return gateway;
    }

    EgressProxy payments() {
        return proxy("payments.shop");
    }

    EgressProxy proxy(String application) {
        return proxy(application, settings -> settings);
    }

    EgressProxy proxy(String application, UnaryOperator<EgressSettings> more) {
        return gateway.egress(application, settings -> more.apply(settings.resolver(this::resolve)));
    }

    static Raw to(EgressProxy proxy) {
        return Raw.to(proxy.uri().getPort());
    }

    static Raw.Answer ask(EgressProxy proxy, String text) {
        try (Raw raw = to(proxy)) {
            return raw.send(text).answer();
        }
    }

    static String connect(String authority) {
        return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    }

    /** A tunnel whose 200 has been read. */
    static Raw tunnel(EgressProxy proxy, String authority) {
        Raw raw = to(proxy).send(connect(authority));
        String head = raw.head();
        if (!head.equals("HTTP/1.1 200 Connection established\r\n\r\n")) {
            throw new AssertionError(head);
        }
        return raw;
    }

    @Override
    public void close() {
        gateway.close();
    }
}
