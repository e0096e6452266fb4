package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a query for one object costs through HTTP: with a call of a service, and with a function in the same process. */
public final class GraphBenchmark {
    private static final Map<String, String> HEADERS = Map.of("Host", "catalog.shop.localhost");
    private static final String SCRIPT = """
            wrk.method = "POST"
            wrk.path = "/graphql"
            wrk.headers["Content-Type"] = "application/json"
            wrk.headers["Accept"] = "application/graphql-response+json"
            wrk.body = '{"query": "{ order(id: 4711) { order status } }"}'
            """;
    private static final int ROUNDS = 5;

    private GraphBenchmark() {}

    /**
     * Runs the rounds and prints a table.
     *
     * @param arguments seconds of a round, 10 unless said
     * @throws Exception if a server does not start
     */
    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10);
        Path directory = Files.createTempDirectory("graph-benchmark");
        boolean fine;
        try (Children children = new Children(directory)) {
            fine = run(children, directory, time);
        }
        System.exit(fine ? 0 : 1);
    }

    private static boolean run(Children children, Path directory, Duration time) throws Exception {
        int port = Children.freePort();
        Identity issuer = new Identity("http://127.0.0.1:" + port);
        Server unusedService = children.listeningAt(
                port, "upstream", Upstream.command(directory.resolve("upstream"), Upstream.service(port, issuer)));
        Optional<Path> script = Optional.of(Files.writeString(directory.resolve("query.lua"), SCRIPT));
        Map<String, Server> servers = new LinkedHashMap<>();
        servers.put("with a call", children.listening("call", java(Integer.toString(port))));
        servers.put("with a function", children.listening("function", java(GraphProxy.FUNCTION)));
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        long failed = 0;
        for (int round = -2; round < ROUNDS; round++) {
            for (Map.Entry<String, Server> each : servers.entrySet()) {
                Duration before = ProcFs.cpuTime(each.getValue().process());
                Wrk.Load load = Wrk.run(children, each.getValue().port(), HEADERS, time, script);
                Duration used = ProcFs.cpuTime(each.getValue().process()).minus(before);
                failed += load.failed();
                if (round >= 0) {
                    micros.computeIfAbsent(each.getKey(), name -> new ArrayList<>())
                            .add(used.toNanos() / 1_000.0 / load.requests());
                }
            }
        }
        System.out.println(Machine.describe("all of them for everything", "nginx", Wrk.version()));
        System.out.println(
                "| query for one object | CPU for a request, µs: median | least | most | wanted |\n|---|---|---|---|---|");
        row("with a call", micros, "≤ 250");
        row("with a function", micros, "≤ 125");
        System.out.println("failed: " + failed);
        return failed == 0;
    }

    private static void row(String name, Map<String, List<Double>> micros, String wanted) {
        List<Double> sorted = new ArrayList<>(micros.getOrDefault(name, List.of()));
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %s |%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                wanted);
    }

    private static List<String> java(String argument) {
        String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return List.of(
                program,
                "-Xms256m",
                "-Xmx256m",
                "-XX:+UseParallelGC",
                "-cp",
                classPath,
                GraphProxy.class.getName(),
                argument);
    }
}
