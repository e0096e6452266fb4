package dev.lintel.traffic;

import static dev.lintel.core.match.Condition.caller;
import static dev.lintel.core.match.Condition.header;
import static dev.lintel.core.match.Match.match;
import static dev.lintel.traffic.Split.split;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.SecretRef;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.RetryOn;
import dev.lintel.testkit.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The stored form of the rules of traffic: goldens in {@code golden/form}, and all of it reads back equal. */
class TrafficRulesFormTest {
    private static final SecretRef SECRET = new SecretRef("shop", "psp", "secret");

    private static Map<String, ApiDefinition> definitions() {
        Map<String, ApiDefinition> all = new LinkedHashMap<>();
        all.put(
                "versions",
                Said.orders()
                        .with(new Trusting())
                        .split(split("v1", 90, "v2", 10).sticky(Sticky.claim("sub")))
                        .when(header("x-canary", "1"))
                        .to("v2")
                        .when(caller("alice"))
                        .to("v2")
                        .mirror("v3", 5)
                        .define());
        all.put(
                "resilience",
                Said.orders()
                        .breaker(b -> b.consecutive5xx(7)
                                .consecutiveGatewayErrors(3)
                                .consecutiveLocalFailures(2)
                                .every(ofMillis(500))
                                .ejectFor(ofSeconds(1))
                                .atMostEjectedFor(ofMinutes(1))
                                .jitter(ofMillis(100))
                                .maxEjectionPercent(10)
                                .maxConnections(100)
                                .maxPending(50)
                                .maxRequests(200))
                        .loadBalancing(LoadBalancing.consistentHash(HashOn.header("x-user"))
                                .localityFirst())
                        .healthCheck(HealthCheck.get("/healthz")
                                .every(ofSeconds(2))
                                .timeout(ofMillis(300))
                                .unhealthyAfter(2)
                                .healthyAfter(4))
                        .retry(Retry.attempts(2)
                                .perTry(ofSeconds(1))
                                .on(RetryOn.RESET, RetryOn.CONNECT_FAILURE)
                                .onStatus(429)
                                .backOff(ofMillis(10), ofSeconds(1))
                                .budget(20))
                        .fault(Fault.delay(ofMillis(200), 10).abort(503, 5))
                        .define());
        all.put(
                "as little as can be said",
                Said.orders()
                        .breaker(b -> b)
                        .loadBalancing(LoadBalancing.consistentHash(HashOn.address()))
                        .healthCheck("/healthz")
                        .retry(1)
                        .fault(Fault.abortOnly(503, 5))
                        .define());
        all.put(
                "answers and headers",
                Said.orders()
                        .redirect(
                                match("/old/**"),
                                Redirect.toHttps()
                                        .host("far.example")
                                        .port(8443)
                                        .path("/new"))
                        .respond(match("GET /ping"), 200, "pong\n")
                        .respond(match("/gone/**"), 410, "")
                        .addHeader("x-via", "a")
                        .addResponseHeader("vary", "x-lane")
                        .removeHeader("x-debug")
                        .removeResponseHeader("server")
                        .define());
        elsewhere()
                .forEach((name, place) ->
                        all.put(name, Said.orders().servedBy(place).define()));
        return all;
    }

    private static Map<String, ServedBy> elsewhere() {
        Map<String, ServedBy> all = new LinkedHashMap<>();
        all.put("external", ServedBy.external("https://api.psp.example"));
        all.put(
                "external with everything",
                ServedBy.external("https://10.0.0.7:8443")
                        .authority("psp.example")
                        .sni("tls.psp.example")
                        .subjectAltNames("a.psp.example", "b.psp.example")
                        .ca(new SecretRef("shop", "psp", "ca.crt"))
                        .mtls(new SecretRef("shop", "psp", "tls.crt"), new SecretRef("shop", "psp", "tls.key"))
                        .connectTimeout(ofSeconds(2))
                        .token("https://id.example", "shop", SECRET, "pay"));
        all.put(
                "cloud foundry with a secret",
                ServedBy.cloudFoundry("billing", "billing.cfapps.example")
                        .secretHeader("authorization", "Bearer ", SECRET));
        all.put("knative", ServedBy.knative("billing").through("http://kourier-internal.kourier-system"));
        all.put("remote cluster", ServedBy.remoteCluster("https://gateway.eu.example", "orders.shop.eu.example"));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> readsAsAPersonWouldWriteIt() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        definitions()
                .forEach((name, definition) ->
                        cases.put(name, () -> DefinitionFormat.yaml().write(definition)));
        return Golden.in("form", ".yaml").tests(cases);
    }

    @TestFactory
    Stream<DynamicTest> readsBackEqual() {
        return definitions().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    for (DefinitionFormat format : List.of(DefinitionFormat.yaml(), DefinitionFormat.json())) {
                        assertThat(format.read(format.write(one.getValue()), "definitions"))
                                .containsExactly(one.getValue());
                    }
                }));
    }

    @Test
    void onlyWhatMayBeMissingMayBeLeftOut() throws Exception {
        TreeSet<String> optional = new TreeSet<>();
        for (ApiDefinition definition : definitions().values()) {
            JsonNode whole = new ObjectMapper().readTree(DefinitionFormat.json().write(definition));
            for (int i = 0; i < whole.get("policies").size(); i++) {
                String kind = whole.get("policies").get(i).get("kind").textValue();
                List<String> fields = new ArrayList<>();
                whole.get("policies").get(i).fieldNames().forEachRemaining(fields::add);
                for (String field : fields) {
                    if (isOptional(whole, i, field)) {
                        optional.add(kind + " " + field);
                    }
                }
            }
        }
        assertThat(optional)
                .containsExactly(
                        "traffic.breaker/v1 atMostEjectedFor",
                        "traffic.breaker/v1 consecutive5xx",
                        "traffic.breaker/v1 consecutiveGatewayErrors",
                        "traffic.breaker/v1 consecutiveLocalFailures",
                        "traffic.breaker/v1 ejectFor",
                        "traffic.breaker/v1 every",
                        "traffic.breaker/v1 jitter",
                        "traffic.breaker/v1 maxConnections",
                        "traffic.breaker/v1 maxEjectionPercent",
                        "traffic.breaker/v1 maxPending",
                        "traffic.breaker/v1 maxRequests",
                        "traffic.fault/v1 abort",
                        "traffic.fault/v1 delay",
                        "traffic.health-check/v1 every",
                        "traffic.health-check/v1 healthyAfter",
                        "traffic.health-check/v1 timeout",
                        "traffic.health-check/v1 unhealthyAfter",
                        "traffic.load-balancing/v1 nearbyFirst",
                        "traffic.respond/v1 body",
                        "traffic.respond/v1 contentType",
                        "traffic.retry/v1 backOff",
                        "traffic.retry/v1 budget",
                        "traffic.retry/v1 failures",
                        "traffic.retry/v1 perTry",
                        "traffic.retry/v1 statuses",
                        "traffic.served-by/v1 address",
                        "traffic.served-by/v1 authority",
                        "traffic.served-by/v1 connectTimeout",
                        "traffic.served-by/v1 header",
                        "traffic.served-by/v1 name",
                        "traffic.served-by/v1 tls",
                        "traffic.served-by/v1 token",
                        "traffic.split/v1 sticky");
    }

    private static boolean isOptional(JsonNode whole, int policy, String field) {
        JsonNode less = whole.deepCopy();
        ((ObjectNode) less.get("policies").get(policy)).remove(field);
        try {
            return DefinitionFormat.json().read(less.toString(), "d.json").size() == 1;
        } catch (ProblemsException e) {
            assertThat(e.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.code()).isIn("form.missing", "form.value"));
            return false;
        }
    }
}
