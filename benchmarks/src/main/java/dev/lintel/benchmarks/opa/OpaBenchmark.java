package dev.lintel.benchmarks.opa;

import dev.lintel.benchmarks.opa.Sides.Side;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.extauthz.AuthorizerBridge;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gateway without an authorizer, one that asks OPA by REST, one that asks it by ext_authz through the bridge, and the round
 * trips with the same questions, asked in turns by one connection. What is wanted: the gateway that asks takes no longer than
 * the gateway that does not and the round trip, one after the other, and a tenth of both.
 */
public final class OpaBenchmark {
    private static final String POLICY = "package envoy.authz\n\nallow if input.parsed_path == [\"p\"]\n";

    private OpaBenchmark() {}

    /**
     * Runs it.
     *
     * @param arguments the path of an OPA, how many rounds, how many requests in each
     * @throws Exception if something does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        int requests = Integer.parseInt(arguments[2]);
        Path policy = Files.writeString(Files.createTempFile("policy", ".rego"), POLICY);
        int port = Sides.freePort();
        Process opa = new ProcessBuilder(
                        arguments[0],
                        "run",
                        "--server",
                        "--addr=127.0.0.1:" + port,
                        "--log-level=error",
                        policy.toString())
                .inheritIO()
                .start();
        URI address = URI.create("http://127.0.0.1:" + port);
        try {
            Sides.awaitPort(port);
            try (AuthorizerBridge bridge =
                            AuthorizerBridge.start(b -> b.opa(address).port(0).threads(1));
                    Gateway plain = gateway();
                    Gateway rest = gateway();
                    Gateway grpc = gateway()) {
                plain.apply(plain.plan(List.of(Asks.orders(null))));
                rest.apply(rest.plan(List.of(Asks.orders(Asks.rule(Protocol.OPA_REST, address)))));
                grpc.apply(grpc.plan(List.of(Asks.orders(Asks.rule(Protocol.EXT_AUTHZ_GRPC, bridge.uri())))));
                measure(Sides.of(plain, rest, grpc, address, bridge.uri()), rounds, requests);
            }
        } finally {
            opa.destroy();
        }
    }

    static Gateway gateway() {
        Gateway gateway = Gateway.start(s -> s.threads(1));
        gateway.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
        return gateway;
    }

    private static void measure(List<Side> sides, int rounds, int requests) throws Exception {
        Map<String, List<Double>> medians = new TreeMap<>();
        for (Side side : sides) {
            median(side, requests);
        }
        for (int round = 0; round < rounds; round++) {
            List<Side> order = new ArrayList<>(sides);
            Collections.rotate(order, round);
            for (Side side : order) {
                medians.computeIfAbsent(side.name(), n -> new ArrayList<>()).add(median(side, requests));
            }
        }
        Map<String, Double> middle = new TreeMap<>();
        medians.forEach(
                (name, all) -> middle.put(name, all.stream().sorted().toList().get(all.size() / 2)));
        middle.forEach((name, micros) -> System.out.printf(Locale.ROOT, "%-28s %8.1f µs%n", name, micros));
        ratio("REST", middle.get("gateway, REST"), middle.get("gateway, then REST"));
        ratio("ext_authz", middle.get("gateway, ext_authz"), middle.get("gateway, then ext_authz"));
    }

    private static void ratio(String name, double with, double both) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f of the gateway and the round trip, one after the other (wanted: at most 1.10)%n",
                name,
                with / both);
    }

    private static double median(Side side, int requests) throws Exception {
        long[] nanos = new long[requests];
        for (int i = 0; i < requests; i++) {
            long begun = System.nanoTime();
            side.call().call();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[requests / 2] / 1000.0;
    }
}
