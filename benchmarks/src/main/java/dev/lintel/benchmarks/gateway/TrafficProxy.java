package dev.lintel.benchmarks.gateway;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import dev.lintel.traffic.Retry;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** The gateway with and without rules about the workloads behind it, of which there are two, both the upstream. */
public final class TrafficProxy {
    static final String PLAIN = "plain";
    static final String RULED = "ruled";

    private static final int EVENT_LOOPS = 2;
    private static final int PLENTY = 10_000;

    private TrafficProxy() {}

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the upstream's port, and {@code plain} or {@code ruled}
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        URI upstream = URI.create("http://127.0.0.1:" + arguments[0]);
        Exposure orders = Api.expose("orders").inNamespace("shop");
        Gateway gateway = Gateway.start(GatewaySettings.defaults().threads(EVENT_LOOPS));
        if (arguments[1].equals(PLAIN)) {
            gateway.workload("orders.shop", upstream, upstream);
            gateway.apply(gateway.plan(orders.define()));
        } else {
            gateway.workload("orders.shop", "v1", upstream, upstream);
            gateway.workload("orders.shop", "v2", upstream, upstream);
            gateway.apply(gateway.plan(orders.split("v1", 90, "v2", 10)
                    .retry(Retry.attempts(2))
                    .breaker(b -> b.consecutive5xx(5)
                            .consecutiveGatewayErrors(5)
                            .maxConnections(PLENTY)
                            .maxPending(PLENTY)
                            .maxRequests(PLENTY))
                    .define()));
        }
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }
}
