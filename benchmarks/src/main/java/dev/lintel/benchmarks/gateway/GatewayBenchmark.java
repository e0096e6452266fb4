package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import dev.lintel.benchmarks.gateway.Wrk.Load;
import java.io.IOException;
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

/**
 * Runs the gateway and its peers beside each other and prints a table, ratios and what was wanted.
 *
 * <p>All contenders are up at once and are asked one after the other, in another order each round, so that a machine that
 * becomes slower or faster meanwhile does so for all of them.
 */
public final class GatewayBenchmark {
    private static final String HOST = "orders.shop.localhost";

    private final Settings settings;
    private final Children children;
    private final Path directory;
    private final Report report = new Report();

    private GatewayBenchmark(Settings settings, Children children, Path directory) {
        this.settings = settings;
        this.children = children;
        this.directory = directory;
    }

    /**
     * Runs the comparison.
     *
     * @param arguments {@code --rounds}, {@code --seconds}, {@code --warm-up}, {@code --only}, {@code --peers}
     * @throws Exception if a contender does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Settings settings = Settings.parse(arguments);
        Path directory = Files.createTempDirectory("gateway-benchmark");
        long failed;
        try (Children children = new Children(directory)) {
            failed = new GatewayBenchmark(settings, children, directory).run();
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private long run() throws Exception {
        int port = Children.freePort();
        Identity issuer = new Identity("http://127.0.0.1:" + port);
        Server service = children.listeningAt(
                port, "upstream", Upstream.command(directory.resolve("upstream"), Upstream.service(port, issuer)));
        String nginx = children.output(List.of("nginx", "-v")).strip().replace("nginx version: ", "");
        say(Machine.describe(nginx, wrkVersion()));
        say("logs and configurations: " + directory);

        Map<Contender, Server> running = new LinkedHashMap<>();
        running.put(new Contender("direct", "to the upstream", false, List.of()), service);
        if (settings.includes("nginx")) {
            int own = Children.freePort();
            List<String> command = Upstream.command(directory.resolve("nginx"), Upstream.proxy(own, port));
            Contender contender = new Contender("nginx", nginx.replace("nginx/", ""), false, command);
            running.put(contender, children.listeningAt(own, "nginx", command));
        }
        for (Contender contender : new Contenders(settings, port, issuer).all()) {
            running.put(contender, children.listening(contender.row().replaceAll("\\W+", "-"), contender.command()));
        }
        String token = issuer.token();
        for (Map.Entry<Contender, Server> each : running.entrySet()) {
            check(each.getKey(), each.getValue(), token);
        }
        warmUp(running, token);
        measure(running, token);
        print(List.copyOf(running.keySet()));
        return report.failed();
    }

    private void check(Contender contender, Server server, String token) throws Exception {
        Probe.expect(contender.row(), server.port(), headers(contender, token), 200, Upstream.ANSWER);
        if (contender.withToken()) {
            String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
            Probe.expect(contender.row(), server.port(), Map.of("Host", HOST), 401, "");
            Probe.expect(contender.row(), server.port(), headers(contender, forged), 401, "");
        }
        say(contender.row() + " runs as process " + server.process().pid());
    }

    private void warmUp(Map<Contender, Server> running, String token) throws Exception {
        for (Map.Entry<Contender, Server> each : running.entrySet()) {
            Load load = load(each.getKey(), each.getValue(), token, settings.warmUp());
            progress("warm-up", each.getKey(), load.perSecond());
        }
    }

    private void measure(Map<Contender, Server> running, String token) throws Exception {
        for (int round = 0; round < settings.rounds(); round++) {
            List<Map.Entry<Contender, Server>> order = new ArrayList<>(running.entrySet());
            Collections.rotate(order, round * 3);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Map.Entry<Contender, Server> each : order) {
                Sample sample = sample(each.getKey(), each.getValue(), token);
                report.add(each.getKey().row(), sample);
                progress("round " + (round + 1) + "/" + settings.rounds(), each.getKey(), sample.perSecond());
            }
        }
    }

    private Sample sample(Contender contender, Server server, String token) throws Exception {
        Duration before = ProcFs.cpuTime(server.process());
        Load load = load(contender, server, token, settings.time());
        Duration used = ProcFs.cpuTime(server.process()).minus(before);
        return new Sample(
                load.perSecond(),
                used.toNanos() / 1_000.0 / load.requests(),
                load.p50(),
                load.p99(),
                ProcFs.residentKib(server.process()) / 1024.0,
                load.failed());
    }

    private Load load(Contender contender, Server server, String token, Duration time)
            throws IOException, InterruptedException {
        return Wrk.run(children, server.port(), headers(contender, token), time);
    }

    private static Map<String, String> headers(Contender contender, String token) {
        return contender.withToken() ? Map.of("Host", HOST, "Authorization", "Bearer " + token) : Map.of("Host", HOST);
    }

    private void print(List<Contender> contenders) {
        List<String> rows = contenders.stream().map(Contender::row).toList();
        say("");
        say("Each figure: least – **median** – most of " + settings.rounds() + " rounds of "
                + settings.time().toSeconds() + " s, after " + settings.warmUp().toSeconds()
                + " s of warm-up. RSS: the most. Ratios are taken round by round.");
        say("");
        say(report.table());
        row(contenders, "nginx", false).ifPresent(nginx -> say(report.ratios(nginx)));
        row(contenders, Contenders.LINTEL, false).ifPresent(own -> {
            say(report.ratios(own));
            row(contenders, "nginx", false)
                    .ifPresent(nginx -> say(Bars.judge(
                            report,
                            own,
                            row(contenders, Contenders.LINTEL, true).orElseThrow(),
                            nginx,
                            rows.stream()
                                    .filter(row -> !row.endsWith("JWT")
                                            && (row.startsWith(Contenders.VERTX)
                                                    || row.startsWith(Contenders.UNDERTOW)
                                                    || row.startsWith(Contenders.SPRING)))
                                    .toList())));
        });
    }

    private static Optional<String> row(List<Contender> contenders, String name, boolean withToken) {
        return contenders.stream()
                .filter(contender -> contender.name().equals(name) && contender.withToken() == withToken)
                .map(Contender::row)
                .findFirst();
    }

    private static String wrkVersion() throws IOException, InterruptedException {
        // wrk -v prints its version and its usage, and ends with 1.
        Process process =
                new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().findFirst().orElse("wrk").replaceAll(" \\[.*", "");
    }

    private static void progress(String step, Contender contender, double perSecond) {
        say(String.format(Locale.ROOT, "%-12s %-40s %,10.0f requests/s", step, contender.row(), perSecond));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
