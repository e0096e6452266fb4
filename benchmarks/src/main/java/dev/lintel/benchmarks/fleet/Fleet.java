package dev.lintel.benchmarks.fleet;

import static dev.lintel.core.match.Condition.header;

import dev.lintel.benchmarks.gateway.Children;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.embedded.Gateway;
import dev.lintel.sdk.Api;
import dev.lintel.traffic.Retry;
import dev.lintel.traffic.Split;
import dev.lintel.traffic.Sticky;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A gateway before six origins in processes of their own: three of v1, two of v2, one that gets copies. All of them fail a
 * little; for a while one is sick, then a whole version, and at last one is killed. Ends with 1 if an answer is left
 * unexplained or a bound is broken.
 */
public final class Fleet {
    static final String MIRROR = "v3";
    static final String KILLED = "v1-c killed";
    static final String NONE_LEFT = "no healthy workload";

    private static final long PER_SECOND = 250;
    private static final int RETRIES = 2;
    private static final int FAILURES = 5;
    private static final Duration PER_TRY = Duration.ofMillis(500);
    private static final Duration EJECT = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Map<String, List<String>> ORIGINS = new LinkedHashMap<>();

    static {
        ORIGINS.put("v1", List.of("v1-a", "v1-b", "v1-c"));
        ORIGINS.put("v2", List.of("v2-a", "v2-b"));
        ORIGINS.put(MIRROR, List.of("v3-a"));
    }

    private final Map<String, Children.Server> servers = new LinkedHashMap<>();
    private final Map<String, Long> moments = new LinkedHashMap<>();
    private final Path folder;
    private final int seconds;

    private Fleet(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /** How many seconds, 60 unless said. */
    public static void main(String[] args) throws Exception {
        int seconds = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("fleet");
        boolean good;
        try (Children children = new Children(folder);
                Gateway gateway = Gateway.start()) {
            good = new Fleet(folder, seconds).run(children, gateway);
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        System.exit(good ? 0 : 1);
    }

    private static ApiDefinition orders() {
        return Api.expose("orders")
                .inNamespace("shop")
                .split(Split.split("v1", 70, "v2", 30).sticky(Sticky.header("x-user")))
                .when(header("x-canary", "1"))
                .to("v2")
                .mirror(MIRROR, 10)
                .retry(Retry.attempts(RETRIES).perTry(PER_TRY))
                .timeout(Duration.ofSeconds(5))
                .breaker(b -> b.consecutive5xx(FAILURES)
                        .ejectFor(EJECT)
                        .every(SWEEP)
                        .maxEjectionPercent(100)
                        .maxRequests(256))
                .define();
    }

    private boolean run(Children children, Gateway gateway) throws Exception {
        for (Map.Entry<String, List<String>> version : ORIGINS.entrySet()) {
            List<URI> addresses = new ArrayList<>();
            for (String origin : version.getValue()) {
                Children.Server server = children.listening(origin, command(origin));
                servers.put(origin, server);
                addresses.add(URI.create("http://127.0.0.1:" + server.port()));
            }
            URI[] more = addresses.subList(1, addresses.size()).toArray(URI[]::new);
            gateway.workload("orders.shop", version.getKey(), addresses.get(0), more);
        }
        var plan = gateway.plan(orders());
        gateway.apply(plan);
        Callers callers =
                new Callers(gateway.proxySelector(), gateway.uri("orders.shop"), Evaluator.of(plan.desired()));
        ScheduledExecutorService faults = Executors.newSingleThreadScheduledExecutor();
        schedule(faults);
        List<Outcome> outcomes = callers.call(seconds * PER_SECOND, PER_SECOND);
        faults.shutdownNow();
        long retries = gateway.stats().retries();
        return new FleetReport(outcomes, judge(), moments, retries).print(System.out);
    }

    private List<String> command(String origin) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.nodelay=true",
                // An origin that closes connections at rest would break off requests that it never saw.
                "-Dsun.net.httpserver.idleInterval=3600",
                "-Dsun.net.httpserver.maxIdleConnections=10000",
                "-cp",
                System.getProperty("java.class.path"),
                Origin.class.getName(),
                origin,
                log(origin).toString());
    }

    private Path log(String origin) {
        return folder.resolve(origin + ".seen");
    }

    /** What goes wrong when, in sixtieths of the whole. */
    private void schedule(ScheduledExecutorService faults) {
        at(faults, 12, () -> order("v1-b", "sick"));
        at(faults, 27, () -> order("v1-b", "well"));
        at(faults, 33, () -> {
            order("v2-a", "sick");
            order("v2-b", "sick");
        });
        at(faults, 42, () -> {
            order("v2-a", "well");
            order("v2-b", "well");
        });
        at(faults, 50, () -> {
            moments.put(KILLED, Sighting.now());
            servers.get("v1-c").process().destroyForcibly();
        });
    }

    private void at(ScheduledExecutorService faults, int sixtieth, Order order) {
        var unused = faults.schedule(
                () -> {
                    order.give();
                    return null;
                },
                seconds * 1_000L * sixtieth / 60,
                TimeUnit.MILLISECONDS);
    }

    private interface Order {
        void give() throws IOException, InterruptedException;
    }

    private void order(String origin, String state) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + servers.get(origin).port() + "/order/" + state);
        moments.put(origin + " " + state, Sighting.now());
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    }

    private Judge judge() throws IOException {
        List<Sighting> sightings = new ArrayList<>();
        for (String origin : servers.keySet()) {
            sightings.addAll(Sighting.read(log(origin)));
        }
        long dead = moments.getOrDefault(KILLED, Long.MAX_VALUE);
        return new Judge(
                new Judge.Rules(
                        RETRIES + 1,
                        FAILURES,
                        PER_TRY.toNanos() / 1_000,
                        EJECT.toNanos() / 1_000,
                        SWEEP.toNanos() / 1_000,
                        ORIGINS,
                        "v1-c",
                        dead),
                sightings);
    }
}
