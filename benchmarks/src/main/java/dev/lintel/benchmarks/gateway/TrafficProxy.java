package dev.lintel.benchmarks.gateway;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.BreakerRule.Outliers;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import dev.lintel.traffic.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
            Exposure said = orders.split("v1", 90, "v2", 10).retry(Retry.attempts(2));
            gateway.apply(withBreaker(gateway.plan(said.define())));
        }
        System.out.println("listening on " + gateway.port());
        // The gateway's threads keep no JVM alive that has nothing else to do.
        new CountDownLatch(1).await();
    }

    /** Adds ejection and all limits to what was planned. */
    private static Plan withBreaker(Plan plan) {
        Outliers outliers = new Outliers(
                5,
                5,
                false,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                Duration.ZERO,
                null);
        BreakerRule breaker = new BreakerRule(outliers, new Limits(PLENTY, PLENTY, PLENTY, null), Origin.unknown());
        ApiModel api = plan.desired().apis().get(0);
        Service service = api.service();
        Service broken = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                service.timeout(),
                new Traffic(List.of(), List.of(), null, breaker, null, null, null));
        MeshModel desired = new MeshModel(
                List.of(new ApiModel(api.name(), api.namespace(), api.entry(), broken, api.guards(), api.origin())));
        return new Plan(
                plan.world(),
                plan.base(),
                desired,
                plan.changes(),
                plan.effects(),
                plan.problems(),
                plan.warnings(),
                plan.deviations(),
                plan.widening());
    }
}
