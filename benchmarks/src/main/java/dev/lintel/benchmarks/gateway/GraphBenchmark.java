package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import dev.lintel.benchmarks.gateway.Wrk.Load;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one query of one object costs: our graph in front of a service and in front of a function, and others in front of the
 * same service, all up at once and asked in turns, by processor time per request.
 */
public final class GraphBenchmark {
    static final String USER = "{\"id\":\"1\",\"name\":\"Ada\"}";
    private static final String QUERY = "{\"query\":\"{getUser(id:\\\"1\\\"){id name}}\"}";
    private static final String ANSWER = "{\"data\":{\"getUser\":" + USER + "}}";
    private static final double MOST_MICROS = 250;
    private static final String OURS = "lintel";
    private static final String NO_HOP = "lintel, no hop";

    private GraphBenchmark() {}

    private record Side(String name, Server server) {}

    /**
     * Runs the comparison.
     *
     * @param arguments {@code --rounds}, {@code --seconds}, {@code --warm-up}, {@code --only}
     * @throws Exception if a contender does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Settings settings = Settings.parse(arguments);
        Path directory = Files.createTempDirectory("graph-benchmark");
        Report report = new Report();
        try (Children children = new Children(directory)) {
            List<Side> sides = started(settings, directory, children);
            Path script = Files.writeString(directory.resolve("query.lua"), """
                    function request()
                      return wrk.format("POST", "/graphql", {["Content-Type"] = "application/json", ["Host"] = "%s"}, [==[%s]==])
                    end
                    """.formatted(GraphProxy.HOST, QUERY));
            for (Side side : sides) {
                expect(side);
                Load unusedLoad =
                        Wrk.run(children, side.server.port(), Map.of(), settings.warmUp(), Optional.of(script));
            }
            for (int round = 0; round < settings.rounds(); round++) {
                List<Side> order = new ArrayList<>(sides);
                Collections.rotate(order, round);
                for (Side side : order) {
                    Sample sample = Measured.sample(
                            side.server,
                            () -> Wrk.run(
                                    children, side.server.port(), Map.of(), settings.time(), Optional.of(script)));
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
        System.out.println(report.ratios(OURS));
        judge(report, OURS, MOST_MICROS);
        judge(report, NO_HOP, MOST_MICROS / 2);
        System.exit(report.failed() == 0 ? 0 : 1);
    }

    private static List<Side> started(Settings settings, Path directory, Children children) throws Exception {
        int port = Children.freePort();
        children.listeningAt(
                port, "upstream", Upstream.command(directory.resolve("upstream"), Upstream.always(port, USER)));
        Path document = Files.writeString(directory.resolve("users.json"), GraphProxy.document(port));
        List<Side> sides = new ArrayList<>();
        for (String ours : List.of(OURS, NO_HOP)) {
            String service = ours.equals(OURS) ? Integer.toString(port) : GraphProxy.FUNCTION;
            sides.add(new Side(ours, children.listening(ours, java(document, service))));
        }
        for (String peer : List.of("openapi-to-graphql", "omnigraph")) {
            if (settings.includes(peer)) {
                sides.add(new Side(peer + " + yoga", children.listening(peer, GraphPeers.yoga(peer, document))));
            }
        }
        if (settings.includes("hive")) {
            int hive = Children.freePort();
            sides.add(new Side(
                    "mesh-compose + Hive Gateway",
                    children.listeningAt(hive, "hive", GraphPeers.hive(children, document, hive))));
        }
        return sides;
    }

    private static List<String> java(Path document, String service) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                GraphProxy.class.getName(),
                document.toString(),
                service);
    }

    /** Nobody is measured who answers something else. */
    private static void expect(Side side) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + side.server.port() + "/graphql"))
                .header("Content-Type", "application/json")
                .header("Host", GraphProxy.HOST)
                .POST(HttpRequest.BodyPublishers.ofString(QUERY))
                .build();
        // Hive Gateway takes an offer of HTTP/2 for another method.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().equals(ANSWER)) {
            throw new IllegalStateException(
                    side.name + " answered " + answer.statusCode() + " " + answer.body() + ", not " + ANSWER);
        }
    }

    private static void judge(Report report, String row, double most) {
        double micros = report.spread(row, Sample::cpuMicros).median();
        System.out.printf(
                Locale.ROOT,
                "| %s, CPU µs/request | ≤ %.0f | %.0f | %s |%n",
                row,
                most,
                micros,
                micros <= most ? "met" : "**missed**");
    }
}
