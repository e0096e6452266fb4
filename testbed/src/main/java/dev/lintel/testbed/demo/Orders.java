package dev.lintel.testbed.demo;

import static dev.lintel.auth.OAuth2.oauth2;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.Reply;
import dev.lintel.testbed.plane.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The API that is shown, and what is asked of it. */
final class Orders {
    private static final int IN_A_ROW = 50;
    static final String NAMESPACE = "shop";

    /** Two instances of v1, the second of which can be told apart, and one of v2. */
    static final List<Workload> WORKLOADS = List.of(
            Workload.of(NAMESPACE, "orders", "v1"),
            new Workload(
                    "orders-v1-second",
                    NAMESPACE,
                    "orders",
                    Map.of("app", "orders", "version", "v1"),
                    "v1-second",
                    true),
            Workload.of(NAMESPACE, "orders", "v2"));

    static final String SOURCE =
            "Api.expose(\"orders\").inNamespace(\"shop\").withOAuth2(…).split(\"v1\", 90, \"v2\", 10)" + ".breaker(…)";

    private static final int REQUESTS = 100;
    private static final int FAILURES = 3;
    private static final Duration EJECTED = Duration.ofSeconds(5);

    private final Plane plane;
    private final AuthorizationServer issuer;
    private final Call without;
    private final Call with;

    Orders(Plane plane, AuthorizationServer issuer) {
        this.plane = plane;
        this.issuer = issuer;
        this.without = Call.get(plane.ingress() + ":80", "orders.shop.example.com", "/orders/7");
        this.with = token("orders.read");
    }

    ApiDefinition defined() {
        return defined(access());
    }

    /** The same with an order that anybody may see. */
    ApiDefinition opened() {
        return defined(access().publicPaths("/orders/7"));
    }

    private OAuth2 access() {
        return oauth2(issuer.issuer().toString()).audience("orders").scope("/orders/**", "orders.read");
    }

    private static ApiDefinition defined(OAuth2 access) {
        return Api.expose("orders")
                .inNamespace(NAMESPACE)
                .withOAuth2(access)
                .split("v1", 90, "v2", 10)
                .breaker(b -> b.consecutive5xx(FAILURES).ejectFor(EJECTED).maxEjectionPercent(50))
                .define();
    }

    private Call token(String scope) {
        return without.with("authorization", "Bearer " + issuer.issue("alice", "orders", scope));
    }

    void untilInForce() {
        plane.await("the definition", () -> status(with) == 200 && status(without) == 403);
    }

    void untilOpen() {
        plane.await("what is open", () -> isAlways(200));
    }

    void untilClosed() {
        plane.await("what is closed again", () -> isAlways(403));
    }

    /** Connections that the gateway keeps to a workload are judged as before for a while. */
    private boolean isAlways(int status) {
        return IntStream.range(0, IN_A_ROW).allMatch(i -> without() == status);
    }

    int without() {
        return status(without);
    }

    void asked(Steps steps) {
        steps.check("without a token", without(), 403);
        steps.check("with a token that nobody signed", status(without.with("authorization", "Bearer a.b.c")), 401);
        steps.check("with a token for something else", status(token("orders.write")), 403);
        steps.check("with a token", status(with), 200);
    }

    void shared(Steps steps) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            counts.merge(version(plane.outside().send(with)), 1, Integer::sum);
        }
        // Five standard deviations of a hundred draws of one in ten.
        steps.share(counts, "v2", 1, 25);
    }

    /** The second instance fails until it is ejected; what failed goes no further than that. */
    void ejected(Steps steps) {
        Call failing = with.with("x-answer-v1-second", "503");
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            statuses.merge(status(failing), 1, Integer::sum);
        }
        steps.tell("of " + REQUESTS + " requests, by status: " + statuses);
        steps.check("failures until it was ejected", statuses.getOrDefault(503, 0), FAILURES);
        plane.await(
                "the instance is back",
                () -> plane.outside().send(with).text("/version").equals("v1-second"));
        steps.tell("it is back after its ejection");
    }

    private static String version(Reply reply) {
        return reply.status() == 200 && reply.text("/version").startsWith("v1") ? "v1" : reply.text("/version");
    }

    private int status(Call call) {
        return plane.outside().send(call).status();
    }
}
