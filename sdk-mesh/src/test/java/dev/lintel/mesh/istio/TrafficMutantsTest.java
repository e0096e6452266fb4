package dev.lintel.mesh.istio;

import static dev.lintel.core.match.Match.match;
import static dev.lintel.mesh.istio.Mutant.at;
import static dev.lintel.mesh.istio.Mutant.list;
import static dev.lintel.mesh.istio.Mutant.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Mistakes that a writer of rules about calls could make: none is read as if nothing were wrong. */
class TrafficMutantsTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final MeshModel MODEL = new Sketch()
            .ownService("orders-v2")
            .choice(Condition.header("x-canary", "1"), "v2")
            .choice(Condition.cookie("ring", "early"), "v2")
            .mirror("v2", 5)
            .fault(new FaultRule.Delay(Duration.ofMillis(200), 10), null)
            .breaker(Sketch.breaker(50, new Limits(100, null, null, null)))
            .retry(new RetryRule(2, null, true, Sketch.LINE))
            .scope("/**", Requirement.TOKEN)
            .scope("/ping", Requirement.PUBLIC)
            .answer("/ping", new Answer.Direct(200, "text/plain", "pong"))
            .model();

    @Test
    void without_a_mistake_it_is_the_same() {
        Read read = DIALECT.read(DIALECT.write(MODEL).manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().apis().get(0).service())
                .isEqualTo(MODEL.apis().get(0).service());
        assertThat(read.model().apis().get(0).entry().access().rules()).hasSize(2);
        assertThat(read.model().apis().get(0).entry().routes())
                .anySatisfy(
                        route -> assertThat(route.answer()).isEqualTo(new Answer.Direct(200, "text/plain", "pong")));
    }

    @Test
    void a_choice_is_forgotten_at_the_entry() {
        unread(
                entry(http -> http.removeIf(route -> route.toString().contains("x-canary"))),
                "shares requests otherwise than calls from inside");
    }

    @Test
    void a_choice_is_forgotten_inside() {
        unread(
                mesh(http -> http.removeIf(route -> route.toString().contains("ring"))),
                "shares requests otherwise than calls from inside");
    }

    @Test
    void copies_are_forgotten_on_one_route() {
        unread(mesh(http -> map(http.get(0)).remove("mirrors")), "copies some calls otherwise than others");
        unread(
                entry(http ->
                        map(at(map(http.get(http.size() - 1)), "mirrors", 0)).put("percentage", Map.of("value", 6))),
                "copies some calls otherwise than others");
    }

    @Test
    void copies_go_to_all_workloads() {
        unread(
                mesh(http -> http.forEach(route ->
                        map(at(map(route), "mirrors", 0, "destination")).put("host", "orders.shop.svc.cluster.local"))),
                "copies calls to all workloads of the service");
    }

    @Test
    void a_fault_is_forgotten_on_one_route() {
        unread(entry(http -> map(http.get(2)).remove("fault")), "makes other faults on some calls than on others");
    }

    @Test
    void tries_are_said_otherwise() {
        unread(
                entry(http -> map(at(map(http.get(2)), "retries")).put("retryOn", "5xx")),
                "again otherwise than other calls");
        unread(
                mesh(http ->
                        http.forEach(route -> map(at(map(route), "retries")).put("retryOn", "unavailable"))),
                "tries again after something that is not known: unavailable");
    }

    @Test
    void the_budget_is_forgotten() {
        unread(rules(policy -> policy.remove("retryBudget")), "limits retries twice or not at all");
        unread(rules(policy -> map(policy.get("retryBudget")).remove("percent")), "leaves numbers to the mesh");
    }

    @Test
    void a_number_is_left_to_the_mesh() {
        for (String field : List.of(
                "consecutive5xxErrors",
                "consecutiveGatewayErrors",
                "interval",
                "baseEjectionTime",
                "maxEjectionPercent")) {
            unread(rules(policy -> map(policy.get("outlierDetection")).remove(field)), "leaves numbers to the mesh");
        }
    }

    @Test
    void nearness_comes_by_itself() {
        unread(rules(policy -> policy.remove("loadBalancer")), "leaves workloads out, and so prefers those nearby");
    }

    @Test
    void calls_go_to_workloads_that_are_out() {
        unread(
                rules(policy -> map(policy.get("outlierDetection")).put("minHealthPercent", 50)),
                "sends calls to workloads that are left out");
    }

    @Test
    void a_limit_limits_nothing() {
        unread(
                rules(policy -> map(at(policy, "connectionPool", "tcp")).put("maxConnections", 0)),
                "maxConnections limits nothing: 0");
    }

    @Test
    void the_service_of_a_version_has_no_rule() {
        unread(
                manifests -> manifests.stream()
                        .filter(manifest -> !manifest.name().equals("orders.orders-v2"))
                        .toList(),
                "goes to 'orders-v2', of which no DestinationRule says what is said about the service's own calls");
        unread(
                Mutant.of(
                        Meta.DESTINATION_RULE,
                        ".orders-v2",
                        spec -> map(at(spec, "trafficPolicy", "connectionPool", "tcp"))
                                .put("maxConnections", 7)),
                "says otherwise about calls than is said about the service's own");
    }

    @Test
    void an_answer_is_given_to_whoever_asks() {
        Read read =
                DIALECT.read(entry(http -> map(at(map(http.get(1)), "match", 0)).put("uri", Map.of("exact", "/secret")))
                        .apply(DIALECT.write(MODEL).manifests()));
        assertThat(read.problems())
                .anySatisfy(problem ->
                        assertThat(problem.message()).contains("does otherwise with '/secret/' than with '/secret'"));
    }

    @Test
    void an_answer_for_some_headers_gets_around_access() {
        MeshModel open = new Sketch()
                .answer(match("/old").header("x-old", "1"), new Answer.Direct(404, "", ""))
                .model();
        List<Manifest> manifests = new java.util.ArrayList<>(DIALECT.write(open).manifests());
        DIALECT.write(new Sketch().scope("/**", Requirement.TOKEN).model()).manifests().stream()
                .filter(manifest -> manifest.apiVersion().equals(Meta.SECURITY))
                .forEach(manifests::add);
        assertThat(DIALECT.read(manifests).problems())
                .anySatisfy(problem -> assertThat(problem.message())
                        .contains("answers some requests for '/old' without asking who calls, and not others"));
    }

    private static UnaryOperator<List<Manifest>> entry(Consumer<List<Object>> change) {
        return Mutant.of(Meta.VIRTUAL_SERVICE, "-entry", spec -> change.accept(list(spec.get("http"))));
    }

    private static UnaryOperator<List<Manifest>> mesh(Consumer<List<Object>> change) {
        return Mutant.of(Meta.VIRTUAL_SERVICE, "-mesh", spec -> change.accept(list(spec.get("http"))));
    }

    /** Both DestinationRules alike. */
    private static UnaryOperator<List<Manifest>> rules(Consumer<Map<String, Object>> change) {
        UnaryOperator<List<Manifest>> own =
                Mutant.of(Meta.DESTINATION_RULE, ".orders-v2", spec -> change.accept(map(spec.get("trafficPolicy"))));
        return manifests -> Mutant.named(
                        Meta.DESTINATION_RULE, "orders", spec -> change.accept(map(spec.get("trafficPolicy"))))
                .apply(own.apply(manifests));
    }

    private static void unread(UnaryOperator<List<Manifest>> mistake, String why) {
        Read read = DIALECT.read(mistake.apply(DIALECT.write(MODEL).manifests()));
        assertThat(read.problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains(why));
    }
}
