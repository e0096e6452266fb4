package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What split, breaker and retry cost on a healthy route: the gateway with them and without, both up at once and asked in
 * turns, by processor time per request.
 */
public final class TrafficBenchmark {
    private static final Map<String, String> HEADERS = Map.of("Host", "orders.shop.localhost");
    private static final double MOST = 1.05;

    private TrafficBenchmark() {}

    /**
     * Runs the comparison.
     *
     * @param arguments {@code --rounds}, {@code --seconds}, {@code --warm-up}
     * @throws Exception if a gateway does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Settings settings = Settings.parse(arguments);
        Path directory = Files.createTempDirectory("traffic-benchmark");
        Report report = new Report();
        try (Children children = new Children(directory)) {
            int port = Children.freePort();
            String configuration = Upstream.service(port, new Identity("http://127.0.0.1:" + port));
            children.listeningAt(port, "upstream", Upstream.command(directory.resolve("upstream"), configuration));
            List<Side> sides = List.of(
                    new Side(TrafficProxy.PLAIN, start(children, port, TrafficProxy.PLAIN)),
                    new Side(TrafficProxy.RULED, start(children, port, TrafficProxy.RULED)));
            for (Side side : sides) {
                Probe.expect(side.name, side.server.port(), HEADERS, 200, Upstream.ANSWER);
                Wrk.run(children, side.server.port(), HEADERS, settings.warmUp());
            }
            for (int round = 0; round < settings.rounds(); round++) {
                List<Side> order = new ArrayList<>(sides);
                Collections.rotate(order, round);
                for (Side side : order) {
                    Sample sample = Measured.sample(
                            side.server, () -> Wrk.run(children, side.server.port(), HEADERS, settings.time()));
                    report.add(side.name, sample);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d/%d %s %,.0f requests/s %.1f µs/request%n",
                            round + 1,
                            settings.rounds(),
                            side.name,
                            sample.perSecond(),
                            sample.cpuMicros());
                }
            }
        }
        System.out.println(report.table());
        System.out.println(report.ratios(TrafficProxy.PLAIN));
        Spread cost = report.ratio(TrafficProxy.RULED, TrafficProxy.PLAIN, Sample::cpuMicros);
        System.out.printf(
                Locale.ROOT,
                "| split, breaker and retry, CPU/request against pass-through | ≤ %.2f | %.3f | %s |%n",
                MOST,
                cost.median(),
                cost.median() <= MOST ? "met" : "**missed**");
        System.exit(report.failed() == 0 ? 0 : 1);
    }

    private record Side(String name, Server server) {}

    private static Server start(Children children, int upstream, String mode) throws Exception {
        return children.listening(
                mode,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrafficProxy.class.getName(),
                        Integer.toString(upstream),
                        mode));
    }
}
