package dev.lintel.testbed.plane;

import static dev.lintel.core.model.RetryOn.RESET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayHost;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Proven;
import dev.lintel.traffic.Breaker;
import dev.lintel.traffic.Retry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The same workloads play the same faults to a real Envoy and to the embedded gateway, by one definition: as many requests reach
 * whoever is bad, as many callers see it, and as many tries are made.
 */
@RealMesh
@Isolated("what it counts is told by a gateway that all share")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultScriptTest {
    private static final int MOST = 400;
    /** More than a script's requests take, and a time that a test can wait for. */
    private static final Duration OUT = Duration.ofSeconds(30);

    private final Plane plane;
    private final Namespace namespace;
    private final InMesh mesh;

    FaultScriptTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
        this.mesh = new InMesh(plane, namespace);
    }

    /** What came of a script: what callers saw, how many requests reached who plays it, and how often it was put out. */
    private record Outcome(Map<Integer, Integer> statuses, int reached, long ejections) {}

    /**
     * A breaker and what one of two workloads plays. A deviation: a connection that breaks before its answer is 503 to Envoy, and 502
     * to the embedded gateway.
     */
    private record Broken(String api, Breaker breaker, String script, Outcome mesh, Outcome jvm) {
        private Broken(String api, Breaker breaker, String script, Outcome both) {
            this(api, breaker, script, both, both);
        }
    }

    /** A retry, a request, what the only workload plays, and what comes of it in the mesh and in the embedded gateway. */
    private record Tried(String api, String method, String script, int mesh, int jvm, int tries) {
        private Tried(String api, String method, String script, int both, int tries) {
            this(api, method, script, both, both, tries);
        }
    }

    private static final Breaker BRIEF =
            Breaker.usual().every(Duration.ofSeconds(1)).ejectFor(OUT);

    private static final List<Broken> BROKEN = List.of(
            new Broken("three", BRIEF.consecutive5xx(3), "503 500 503", new Outcome(Map.of(500, 1, 503, 2), 3, 1)),
            new Broken(
                    "reset-count",
                    BRIEF.consecutive5xx(3),
                    "503 503 200 503 503 404 500 500 200",
                    new Outcome(Map.of(404, 1, 500, 2, 503, 4), 9, 0)),
            new Broken(
                    "gateway-errors",
                    BRIEF.consecutive5xx(0).consecutiveGatewayErrors(2),
                    "500 500 500 503 500 502 504",
                    new Outcome(Map.of(500, 4, 502, 1, 503, 1, 504, 1), 7, 1)),
            new Broken(
                    "local-failure",
                    BRIEF.consecutive5xx(0).consecutiveLocalFailures(1),
                    "503 503 503 reset",
                    new Outcome(Map.of(503, 4), 4, 1),
                    new Outcome(Map.of(502, 1, 503, 3), 4, 1)),
            // The deviation istio.local-failures: a connection that is made sets the count back.
            new Broken(
                    "local-failures",
                    BRIEF.consecutive5xx(0).consecutiveLocalFailures(2),
                    "503 503 503 reset reset",
                    new Outcome(Map.of(503, 5), 5, 0),
                    new Outcome(Map.of(502, 2, 503, 3), 5, 1)));

    private static final Map<String, Retry> RETRIES = retries();

    private static Map<String, Retry> retries() {
        Map<String, Retry> retries = new LinkedHashMap<>();
        retries.put("usual", Retry.attempts(2));
        retries.put("all-methods", Retry.attempts(2).evenIfNotIdempotent());
        retries.put("resets", Retry.attempts(2).on(RESET));
        retries.put("statuses", Retry.attempts(1).onStatus(429));
        retries.put("per-try", Retry.attempts(1).perTry(Duration.ofSeconds(2)));
        return retries;
    }

    private static final List<Tried> TRIED = List.of(
            new Tried("usual", "GET", "503 502 200", 200, 3),
            new Tried("usual", "GET", "503 503 504", 504, 3),
            new Tried("usual", "GET", "reset reset", 200, 3),
            new Tried("usual", "GET", "reset reset reset", 503, 502, 3),
            new Tried("usual", "GET", "500", 500, 1),
            new Tried("usual", "PUT", "503", 200, 2),
            new Tried("usual", "POST", "503", 503, 1),
            new Tried("usual", "POST", "reset", 503, 502, 1),
            new Tried("all-methods", "POST", "503 reset", 200, 3),
            new Tried("resets", "GET", "503", 503, 1),
            new Tried("resets", "GET", "reset reset", 200, 3),
            new Tried("statuses", "GET", "429", 200, 2),
            new Tried("statuses", "GET", "429 429", 429, 2),
            new Tried("per-try", "GET", "30s", 200, 2),
            new Tried("per-try", "GET", "30s 30s", 504, 2));

    @Test
    void whoFailsIsPutOutAfterAsManyRequestsAndComesBack() {
        Map<String, Running> bad = new TreeMap<>();
        Map<String, Running> good = new TreeMap<>();
        List<Definition> definitions = new ArrayList<>();
        try {
            for (Broken one : BROKEN) {
                bad.put(one.api(), plane.add(instance(one.api(), "bad")));
                good.put(one.api(), plane.add(instance(one.api(), "good")));
                plane.service(namespace, one.api());
                definitions.add(expose(one.api()).breaker(one.breaker()).define());
            }
            mesh.apply(definitions.toArray(Definition[]::new));
            for (Broken one : BROKEN) {
                both(one.api(), bad.get(one.api()), good.get(one.api()));
                assertThat(outcome(
                                one.script(),
                                one.mesh(),
                                bad.get(one.api()),
                                () -> entering(one.api(), "GET"),
                                () -> ejections(one.api())))
                        .as("%s in the mesh", one)
                        .isEqualTo(one.mesh());
                assertThat(isOut(one.api(), bad.get(one.api())))
                        .as("%s at the gateway", one)
                        .isEqualTo(one.mesh().ejections() > 0);
            }
            for (Broken one : BROKEN) {
                plane.await("the end of the ejection of " + one.api(), () -> !isOut(one.api(), bad.get(one.api())));
                both(one.api(), bad.get(one.api()), good.get(one.api()));
            }
            embedded(definitions, bad, good);
            Proven.say(
                    FaultScriptTest.class,
                    "traffic.breaker/v1",
                    Proven.Where.BOTH,
                    BROKEN.size(),
                    List.of("istio.local-failures"));
        } finally {
            bad.values().forEach(Running::close);
            good.values().forEach(Running::close);
        }
    }

    private void embedded(List<Definition> definitions, Map<String, Running> bad, Map<String, Running> good) {
        VirtualClock clock = VirtualClock.of(Instant.parse("2026-03-01T12:00:00Z"));
        try (Gateway gateway = Gateway.start(s -> s.domain(InMesh.DOMAIN).time(clock))) {
            for (Broken one : BROKEN) {
                gateway.workload(one.api() + "." + namespace, uri(bad.get(one.api())), uri(good.get(one.api())));
            }
            gateway.apply(gateway.plan(definitions));
            for (Broken one : BROKEN) {
                long before = gateway.stats().ejections();
                assertThat(outcome(
                                one.script(),
                                one.jvm(),
                                bad.get(one.api()),
                                () -> embedded(gateway, one.api(), "GET"),
                                () -> gateway.stats().ejections() - before))
                        .as("%s in the embedded gateway", one)
                        .isEqualTo(one.jvm());
                assertThat(out(gateway, one.api())).isEqualTo(one.jvm().ejections());
            }
            clock.forward(OUT.minusSeconds(1));
            assertThat(gateway.stats().ejected()).isEqualTo(4);
            clock.forward(Duration.ofSeconds(1));
            assertThat(gateway.stats().ejected()).isZero();
        }
    }

    /** Asks until the script is over, and then some more where its player is out, which Envoy does beside its calls. */
    private Outcome outcome(
            String script, Outcome expected, Running bad, Supplier<Integer> asked, Supplier<Long> ejections) {
        bad.play(script);
        long before = ejections.get();
        Map<Integer, Integer> statuses = new TreeMap<>();
        int reached = 0;
        for (int i = 0; i < MOST && reached < expected.reached(); i++) {
            statuses.merge(asked.get(), 1, Integer::sum);
            reached = bad.seen();
        }
        if (expected.ejections() > 0) {
            plane.await("the ejection by " + script, () -> ejections.get() > before);
            for (int i = 0; i < 20; i++) {
                statuses.merge(asked.get(), 1, Integer::sum);
            }
        }
        statuses.remove(200);
        return new Outcome(statuses, bad.seen(), ejections.get() - before);
    }

    @Test
    void whatFailsIsTriedAgainAsOften() {
        Map<String, Running> running = new TreeMap<>();
        List<Definition> definitions = new ArrayList<>();
        try {
            RETRIES.forEach((api, retry) -> {
                running.put(api, plane.add(instance(api, "one")));
                plane.service(namespace, api);
                definitions.add(expose(api).retry(retry).define());
            });
            mesh.apply(definitions.toArray(Definition[]::new));
            RETRIES.keySet().forEach(api -> plane.await(api, () -> entering(api, "GET") == 200));
            for (Tried one : TRIED) {
                Running player = running.get(one.api());
                player.play(one.script());
                assertThat(List.of(entering(one.api(), one.method()), player.seen()))
                        .as("%s in the mesh", one)
                        .containsExactly(one.mesh(), one.tries());
                try (Gateway gateway = serving(expose(one.api()).retry(retry(one.api())), one.api(), player)) {
                    player.play(one.script());
                    assertThat(List.of(embedded(gateway, one.api(), one.method()), player.seen()))
                            .as("%s in the embedded gateway", one)
                            .containsExactly(one.jvm(), one.tries());
                }
            }
            Proven.say(
                    FaultScriptTest.class,
                    "traffic.retry/v1, traffic.timeout/v1",
                    Proven.Where.BOTH,
                    TRIED.size(),
                    List.of());
        } finally {
            running.values().forEach(Running::close);
        }
    }

    /**
     * A deviation: of a connection that was kept from an earlier call nobody knows whether the other side was about to close it.
     * The embedded gateway sends what may be sent twice once more, without any retry; Envoy leaves that to who calls.
     */
    @Test
    void aKeptConnectionThatBreaksIsReplacedByTheEmbeddedGatewayAlone() {
        try (Running player = plane.add(instance("kept", "one"))) {
            plane.service(namespace, "kept");
            mesh.apply(expose("kept").define());
            plane.await("kept", () -> entering("kept", "GET") == 200);
            player.play("reset");
            assertThat(List.of(entering("kept", "GET"), player.seen())).containsExactly(503, 1);
            try (Gateway gateway = serving(expose("kept"), "kept", player)) {
                player.play("");
                assertThat(embedded(gateway, "kept", "GET")).isEqualTo(200);
                player.play("reset");
                assertThat(List.of(embedded(gateway, "kept", "GET"), player.seen()))
                        .containsExactly(200, 2);
                player.play("reset");
                assertThat(List.of(embedded(gateway, "kept", "POST"), player.seen()))
                        .containsExactly(502, 1);
            }
        }
    }

    /** A deviation: a sidecar answers 503 for what its program breaks off, so that the gateway sees no reset. */
    @Test
    void behindASidecarAResetIsAnAnswer() {
        Workload bare = instance("behind", "one");
        Workload behind =
                new Workload(bare.name(), bare.namespace(), bare.account(), bare.labels(), bare.version(), true);
        try (Running player = plane.add(behind)) {
            plane.service(namespace, "behind");
            mesh.apply(expose("behind").retry(Retry.attempts(2).on(RESET)).define());
            plane.await("behind", () -> entering("behind", "GET") == 200);
            player.play("reset");
            assertThat(List.of(entering("behind", "GET"), player.seen())).containsExactly(503, 1);

            mesh.apply(expose("behind").retry(Retry.attempts(2)).define());
            plane.await("the other retry", () -> {
                player.play("503");
                return entering("behind", "GET") == 200;
            });
            player.play("reset");
            assertThat(List.of(entering("behind", "GET"), player.seen())).containsExactly(200, 2);
        }
    }

    private static Retry retry(String api) {
        return Objects.requireNonNull(RETRIES.get(api), api);
    }

    private Gateway serving(Exposure said, String api, Running player) {
        Gateway gateway = Gateway.start(s -> s.domain(InMesh.DOMAIN));
        gateway.workload(api + "." + namespace, uri(player));
        gateway.apply(gateway.plan(said.define()));
        return gateway;
    }

    private Exposure expose(String api) {
        return Api.expose(api).inNamespace(namespace.name());
    }

    /** Without a sidecar, which would answer itself what its program breaks off. */
    private Workload instance(String api, String name) {
        return new Workload(api + "-" + name, namespace.name(), api, Map.of("app", api), name, false);
    }

    private static URI uri(Running running) {
        return URI.create("http://" + running.address() + ":" + Workload.PORT);
    }

    private int entering(String api, String method) {
        return status(mesh.entering(api, "/"), method);
    }

    private int embedded(Gateway gateway, String api, String method) {
        return status(
                Call.get("127.0.0.1:" + gateway.port(), api + "." + namespace + "." + InMesh.DOMAIN, "/"), method);
    }

    private int status(Call call, String method) {
        Call sent = new Call(call.address(), method, call.target(), call.headers(), "").with("content-length", "0");
        return plane.outside().send(sent).status();
    }

    /** Both get requests: the gateway knows them, and neither is out. */
    private void both(String api, Running bad, Running good) {
        bad.play("");
        good.play("");
        plane.await("both workloads of " + api, () -> entering(api, "GET") == 200 && bad.seen() > 0 && good.seen() > 0);
    }

    private String cluster(String api) {
        return "outbound|80||" + api + "." + namespace + ".svc.cluster.local";
    }

    private long ejections(String api) {
        String stat = "cluster." + cluster(api) + ";.outlier_detection.ejections_enforced_total: ";
        String all = plane.ingressGateway().proxy("/stats?filter=ejections_enforced_total");
        return all.lines()
                .filter(line -> line.startsWith(stat))
                .mapToLong(line -> Long.parseLong(line.substring(stat.length())))
                .sum();
    }

    private boolean isOut(String api, Running running) {
        return plane.ingressGateway()
                .proxy("/clusters")
                .contains(cluster(api) + "::" + running.address() + ":" + Workload.PORT
                        + "::health_flags::/failed_outlier_check");
    }

    private long out(Gateway gateway, String api) {
        return gateway.hosts(api + "." + namespace).stream()
                .filter(GatewayHost::ejected)
                .count();
    }
}
