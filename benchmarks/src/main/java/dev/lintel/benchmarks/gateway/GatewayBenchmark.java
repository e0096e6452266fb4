package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the gateway and its peers beside each other and prints a table, ratios and what was wanted. */
public final class GatewayBenchmark {
    private final Settings settings;
    private final Children children;
    private final Path directory;

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
        say(Machine.describe("shared by load generator, upstream and proxy", nginx, Wrk.version()));
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
        Rounds rounds = new Rounds(settings, children, directory, issuer);
        rounds.check(running);
        rounds.warmUp(running);
        rounds.measure(running);
        print(rounds, List.copyOf(running.keySet()));
        return rounds.report().failed();
    }

    private static void print(Rounds rounds, List<Contender> contenders) {
        Report report = rounds.report();
        List<String> rows = contenders.stream().map(Contender::row).toList();
        say("");
        say(rounds.legend());
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

    private static void say(String line) {
        System.out.println(line);
    }
}
