package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.FakeApiserver.Answer;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import dev.lintel.mesh.steps.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long is waited between steps, for whom, and what is said meanwhile. */
class BarrierTest {
    private static final String SELECTOR = "{\"spec\": {\"selector\": {\"app\": \"orders\"}}}";
    private static final List<Manifest> OBJECTS = ManifestYaml.readAny("""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: orders, namespace: shop}
            spec: {host: orders, subsets: [{name: v2, labels: {version: v2}}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: orders, namespace: shop}
            spec: {http: [{route: [{destination: {host: orders, subset: v2}}]}]}
            ---
            apiVersion: gateway.kyma-project.io/v2
            kind: APIRule
            metadata: {name: orders, namespace: shop}
            spec: {}
            """, "default");
    private static final Step ROUTE = new Step(Doing.APPLY, "lead", List.of(OBJECTS.get(1)));
    private static final Step RULE = new Step(Doing.APPLY, "expose", List.of(OBJECTS.get(2)));

    private final List<String> told = new ArrayList<>();

    @Test
    void pausesGetLongerUpToTheLimitAndWhatIsSeenIsSaidWhenItChanges() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        try (FakeApiserver api = new FakeApiserver(call -> call.contains("/services/")
                ? Answer.ok(SELECTOR)
                : call.contains("/pods")
                        ? Answer.ok("{\"items\": [" + (looks.incrementAndGet() > 3 ? "{}, {}" : "{}") + "]}")
                        : Answer.ok("{\"items\": []}"))) {
            Barrier barrier = barrier(api, Waits.upTo(Duration.ofSeconds(10)));

            UnsettledException late = catchThrowableOfType(UnsettledException.class, () -> barrier.before(ROUTE));

            assertThat(api.pauses)
                    .containsExactlyElementsOf(Stream.of(100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000, 900)
                            .map(Duration::ofMillis)
                            .toList());
            assertThat(told)
                    .containsExactly(
                            "waiting for endpoints of subset v2 of shop/orders: 0 of 1 ready",
                            "waiting for endpoints of subset v2 of shop/orders: 0 of 2 ready");
            assertThat(late).hasMessage("""
                    here: 1 thing is not as written; what was written stays
                      cluster.waiting endpoints of subset v2 of shop/orders: was waited for 10.0 s, and last seen as: 0 of 2 ready
                          see why no pod of it is ready; the route to it is not written; plan again when it is ready""");
        }
    }

    @Test
    void whoeverIsInterruptedWaitsNoLonger() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> call.contains("/services/")
                ? Answer.ok(SELECTOR)
                : Answer.ok(call.contains("/pods") ? "{\"items\": [{}]}" : "{\"items\": []}"))) {
            Barrier barrier = barrier(api, Waits.upTo(Duration.ofSeconds(10)));
            Thread.currentThread().interrupt();
            try {
                UnsettledException ended = catchThrowableOfType(UnsettledException.class, () -> barrier.before(ROUTE));
                assertThat(ended)
                        .hasMessageContaining("subset v2 of shop/orders: is not waited for any more, because the thread"
                                + " is interrupted, and last seen as: 0 of 1 ready");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(api.pauses).containsExactly(Duration.ofMillis(100));
        }
    }

    @Test
    void podsAreChosenByTheServiceAndTheSubset() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(
                call.contains("/services/")
                        ? SELECTOR
                        : call.contains("/pods")
                                ? "{\"items\": [{\"metadata\": {\"name\": \"b\"}}]}"
                                : "{\"items\": [{\"endpoints\": [{\"targetRef\": {\"name\": \"b\"}}]}]}"))) {
            barrier(api, Waits.usual()).before(ROUTE);

            assertThat(api.asked)
                    .contains(
                            "GET /api/v1/namespaces/shop/pods?limit=500&labelSelector=app%3Dorders%2Cversion%3Dv2",
                            "GET /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?limit=500&labelSelector=kubernetes.io%2Fservice-name%3Dorders");
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aServiceThatIsNotHereOrChoosesNobodyIsNotWaitedFor() throws IOException {
        for (Answer service : List.of(Answer.of(404, "not found"), Answer.ok("{\"spec\": {}}"))) {
            try (FakeApiserver api = new FakeApiserver(call -> service)) {
                barrier(api, Waits.usual()).before(ROUTE);
                assertThat(api.asked).containsExactly("GET /api/v1/namespaces/shop/services/orders");
            }
        }
    }

    @Test
    void withoutWaitingNothingIsAskedAndProgressIsStillTold() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.of(500, "nobody asks"))) {
            Barrier barrier = barrier(api, Waits.none());
            barrier.before(ROUTE);
            barrier.after(ROUTE, List.of(live(OBJECTS.get(1))));
            barrier.after(RULE, List.of(live(OBJECTS.get(2))));
            barrier.end();

            assertThat(api.asked).isEmpty();
            assertThat(told)
                    .containsExactly("1/2 VirtualService shop/orders: applied", "2/2 APIRule shop/orders: applied");
        }
    }

    @Test
    void aRuleOfKymaIsWaitedForWhereTheModuleHasAState() throws IOException {
        for (String state : List.of("", "Ready")) {
            try (FakeApiserver api = new FakeApiserver(call -> call.contains("/apigateways")
                    ? Answer.ok("{\"items\": [{\"status\": {\"state\": \"" + state + "\"}}]}")
                    : Answer.ok("{\"metadata\": {\"name\": \"orders\", \"namespace\": \"shop\"}, \"status\":"
                            + " {\"state\": \"Error\", \"lastProcessedTime\": \"t\", \"description\": \"no\"}}"))) {
                Barrier barrier = barrier(api, Waits.usual());
                UnsettledException failed = catchThrowableOfType(
                        UnsettledException.class, () -> barrier.after(RULE, List.of(live(OBJECTS.get(2)))));
                assertThat(Optional.ofNullable(failed)
                                .map(each -> each.problems().stream()
                                        .map(Problem::message)
                                        .toList()))
                        .isEqualTo(state.isEmpty() ? Optional.empty() : Optional.of(List.of("state Error: no")));
                assertThat(api.pauses).isEmpty();
            }
        }
    }

    @Test
    void rightsThatWaitingTakesAreToldOnceWithTheWayOut() throws IOException {
        try (FakeApiserver api = new FakeApiserver(
                call -> call.contains("/services/") ? Answer.ok(SELECTOR) : Answer.of(403, "pods is forbidden"))) {
            assertThat(new ReadyEndpoints(api.transport(), new Json()).forbidden(Share.of(ROUTE.manifests(), OBJECTS)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.code()).isEqualTo("cluster.forbidden");
                        assertThat(problem.message())
                                .isEqualTo(
                                        "cannot be waited for: reading the endpoints of subset v2 of shop/orders was refused"
                                                + " with 403: pods is forbidden");
                        assertThat(problem.hint()).endsWith("or choose Waits.none()");
                    });
        }
    }

    private Barrier barrier(FakeApiserver api, Waits waits) {
        return new Barrier(
                "here",
                waits,
                new Steps(List.of(ROUTE, RULE), List.of()),
                OBJECTS,
                api.transport(),
                new Json(),
                new Progress(told::add, 2),
                api.time());
    }

    private static LiveObject live(Manifest manifest) {
        Map<String, Object> whole = Map.of(
                "metadata",
                Map.of("name", manifest.name(), "namespace", manifest.namespace()),
                "spec",
                manifest.spec());
        return new LiveObject(ObjectKind.of(manifest).orElseThrow(), whole);
    }
}
