package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Envoy.Asks;
import dev.lintel.benchmarks.gateway.Report.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The embedded gateway beside Envoy as an ingress gateway of Istio, with the same route and the same check of tokens. Each has
 * one processor for itself, where it has one event loop; load generator and upstream have another one.
 */
public final class EnvoyBenchmark {
    private static final double LEAST = 0.8;
    /** The processor of the gateways; this process, and what it starts otherwise, was put on others. */
    private static final List<String> PINNED = List.of("taskset", "--cpu-list", "0");

    private final Settings settings;
    private final Children children;
    private final Path directory;
    private final Path program;

    private EnvoyBenchmark(Settings settings, Children children, Path directory, Path program) {
        this.settings = settings;
        this.children = children;
        this.directory = directory;
        this.program = program;
    }

    /**
     * Runs the comparison.
     *
     * @param arguments where Envoy's program is; {@code --rounds}, {@code --seconds}, {@code --warm-up}
     * @throws Exception if a contender does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Settings settings = Settings.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
        Path directory = Files.createTempDirectory("envoy-benchmark");
        long failed;
        try (Children children = new Children(directory)) {
            failed = new EnvoyBenchmark(settings, children, directory, Path.of(arguments[0])).run();
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private long run() throws Exception {
        int port = Children.freePort();
        Identity issuer = new Identity("http://127.0.0.1:" + port);
        Server service = children.listeningAt(
                port, "upstream", Upstream.command(directory.resolve("upstream"), Upstream.service(port, issuer)));
        String nginx = children.output(List.of("nginx", "-v")).strip().replace("nginx version: ", "");
        System.out.println(Machine.describe("one of them for the gateway that is asked", nginx, Wrk.version()));
        System.out.println("logs and configurations: " + directory);

        Map<Contender, Server> running = new LinkedHashMap<>();
        running.put(new Contender("direct", "to the upstream", false, List.of()), service);
        Contenders ours = new Contenders(settings, port, issuer);
        Contender open = start(running, Envoy.NAME, Asks.NO_TOKEN, port, issuer);
        Contender peer = start(running, Envoy.NAME, Asks.TOKEN, port, issuer);
        Contender remembering =
                start(running, Envoy.NAME + " with its cache of tokens", Asks.TOKEN_REMEMBERED, port, issuer);
        Contender plain = start(running, ours, false);
        Contender own = start(running, ours, true);

        Rounds rounds = new Rounds(settings, children, directory, issuer);
        rounds.check(running);
        rounds.warmUp(running);
        rounds.measure(running);
        Report report = rounds.report();
        System.out.println("\n" + rounds.legend() + " Load average at the end " + ProcFs.loadAverage() + ".\n");
        System.out.println(report.table());
        System.out.println("| ours against Envoy | requests/s | requests for the same CPU |\n|---|---|---|");
        compare(report, "without tokens", plain, open);
        compare(report, "with JWT", own, peer);
        compare(report, "with JWT, Envoy with its cache", own, remembering);
        double rate = report.ratio(own.row(), peer.row(), Sample::perSecond).median();
        double cost = report.ratio(peer.row(), own.row(), Sample::cpuMicros).median();
        System.out.println("\n| figure | wanted | median | |\n|---|---|---|---|");
        judge("with JWT, requests/s against Envoy", rate);
        judge("with JWT, requests for the same CPU against Envoy", cost);
        return report.failed();
    }

    private Contender start(Map<Contender, Server> running, String name, Asks asks, int service, Identity issuer)
            throws Exception {
        int port = Children.freePort();
        Path file = directory.resolve("envoy-" + asks.name().toLowerCase(Locale.ROOT) + ".yaml");
        List<String> command = pinned(Envoy.command(program, file, Envoy.configuration(port, service, issuer, asks)));
        Contender contender = new Contender(name, version(), asks != Asks.NO_TOKEN, command);
        running.put(contender, children.listeningAt(port, file.getFileName().toString(), command));
        return contender;
    }

    private Contender start(Map<Contender, Server> running, Contenders ours, boolean withToken) throws Exception {
        Contender contender = ours.lintel(withToken, List.of("-D" + LintelProxy.LOOPS + "=1"));
        running.put(contender, children.listening("lintel-" + withToken, pinned(contender.command())));
        return contender;
    }

    /** Envoy prints its revision, version and build between slashes, after its own path. */
    private String version() throws Exception {
        String printed = children.output(List.of(program.toString(), "--version"));
        return printed.substring(printed.indexOf("version: ")).split("/")[1];
    }

    private static List<String> pinned(List<String> command) {
        List<String> all = new ArrayList<>(PINNED);
        all.addAll(command);
        return all;
    }

    private static void compare(Report report, String what, Contender ours, Contender theirs) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                what,
                report.ratio(ours.row(), theirs.row(), Sample::perSecond).text("%.2f"),
                report.ratio(theirs.row(), ours.row(), Sample::cpuMicros).text("%.2f"));
    }

    private static void judge(String figure, double median) {
        System.out.printf(
                Locale.ROOT,
                "| %s | ≥ %.1f | %.2f | %s |%n",
                figure,
                LEAST,
                median,
                median >= LEAST ? "met" : "**missed**");
    }
}
