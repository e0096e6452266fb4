package dev.lintel.benchmarks.fleet;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.sdk.Api;
import dev.lintel.traffic.Split;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** How far the shares of 10,000 requests are from the weights; a version with weight 0 gets exactly none. */
public final class Shares {
    private static final int REQUESTS = 10_000;

    private Shares() {}

    /**
     * Calls a gateway and prints what each version got.
     *
     * @param args none
     * @throws Exception if a request cannot be sent
     */
    public static void main(String[] args) throws Exception {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("v1", 70);
        weights.put("v2", 25);
        weights.put("v3", 5);
        weights.put("v4", 0);
        boolean good = true;
        try (Gateway gateway = Gateway.start()) {
            weights.keySet()
                    .forEach(version ->
                            gateway.workload("orders.shop", version, Workload.function(call -> Reply.ok(version))));
            gateway.apply(gateway.plan(Api.expose("orders")
                    .inNamespace("shop")
                    .split(Split.split(weights))
                    .define()));
            call(gateway);
            SortedMap<String, Long> calls = gateway.stats().calls();
            System.out.println("| version | weight | share of " + REQUESTS + " |");
            System.out.println("|---|---|---|");
            for (Map.Entry<String, Integer> version : weights.entrySet()) {
                long got = calls.getOrDefault("orders.shop " + version.getKey(), 0L);
                double share = 100.0 * got / REQUESTS;
                good &= Math.abs(share - version.getValue()) <= 1 && (version.getValue() > 0 || got == 0);
                System.out.println("| " + version.getKey() + " | " + version.getValue() + " | " + share + " |");
            }
        }
        System.out.println(good ? "within a point of the weights" : "MISSED");
        System.exit(good ? 0 : 1);
    }

    private static void call(Gateway gateway) throws Exception {
        HttpClient http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        HttpRequest order = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"))
                .build();
        for (int i = 0; i < REQUESTS; i++) {
            var unused = http.send(order, BodyHandlers.discarding());
        }
    }
}
