package dev.lintel.benchmarks.gateway;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** The gateway as a contender: one API, split over two versions that are both the upstream. */
public final class LintelProxy {
    /** The system property that says how many event loops there are. */
    static final String LOOPS = "lintel.benchmark.loops";

    private static final int EVENT_LOOPS = Integer.getInteger(LOOPS, 2);

    private LintelProxy() {}

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the upstream's port; then, to ask for tokens, issuer, audience and scope
     * @throws InterruptedException never
     */
    public static void main(String[] arguments) throws InterruptedException {
        URI upstream = URI.create("http://127.0.0.1:" + arguments[0]);
        Exposure orders = Api.expose("orders").inNamespace("shop").split("v1", 90, "v2", 10);
        if (arguments.length > 1) {
            orders = orders.withOAuth2(
                    arguments[1], oauth2 -> oauth2.audience(arguments[2]).scope("/**", arguments[3]));
        }
        Gateway gateway = Gateway.start(GatewaySettings.defaults().threads(EVENT_LOOPS));
        gateway.workload("orders.shop", "v1", upstream);
        gateway.workload("orders.shop", "v2", upstream);
        gateway.apply(gateway.plan(orders.define()));
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }
}
