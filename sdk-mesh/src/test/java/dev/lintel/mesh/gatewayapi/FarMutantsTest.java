package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.gatewayapi.FarSketch.AUTHORIZER;
import static dev.lintel.mesh.gatewayapi.FarSketch.ENVOY;
import static dev.lintel.mesh.gatewayapi.FarSketch.LINE;
import static dev.lintel.mesh.gatewayapi.FarSketch.TLS;
import static dev.lintel.mesh.gatewayapi.FarSketch.at;
import static dev.lintel.mesh.gatewayapi.FarSketch.verdicts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.gatewayapi.FarSketch.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in what is written for services elsewhere, external authorizers and retries shows. */
class FarMutantsTest {
    private static Read after(Said said, String kind, @Nullable Consumer<Map<String, Object>> change) {
        List<Manifest> mutated = new ArrayList<>();
        int hits = 0;
        for (Manifest one : ENVOY.write(said.model()).manifests()) {
            // The policy that closes a whole route says nothing else.
            boolean closes =
                    one.kind().equals(Meta.SECURITY_POLICY) && !one.spec().containsKey("extAuth");
            boolean hit = one.kind().equals(kind) && !closes;
            hits += hit ? 1 : 0;
            if (hit && change != null) {
                Map<String, Object> spec = tree(one.spec());
                change.accept(spec);
                assertThat(spec).as("what the mistake changes").isNotEqualTo(one.spec());
                mutated.add(one.withSpec(spec));
            } else if (!hit) {
                mutated.add(one);
            }
        }
        assertThat(hits).as("objects of the kind " + kind).isPositive();
        return ENVOY.read(mutated);
    }

    private static Map<String, Object> tree(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), node(value)));
        return copy;
    }

    private static Object node(Object value) {
        if (value instanceof Map<?, ?> map) {
            return tree(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(node(each)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> spec, String name) {
        return (Map<String, Object>) Objects.requireNonNull(spec.get(name));
    }

    private static @Nullable Elsewhere elsewhere(Read read) {
        return read.model().apis().get(0).service().traffic().elsewhere();
    }

    @Test
    void withoutItsPolicyTheFarSideIsReachedInClear() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        Read read = after(said, Meta.TLS_POLICY, null);
        assertThat(read.problems()).isEmpty();
        assertThat(elsewhere(read)).isNotNull().satisfies(one -> {
            assertThat(one.tls()).isNull();
            assertThat(one.address()).hasScheme("http");
        });
    }

    @Test
    void whatIsCheckedLessInACertificateIsTold() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, false, false);
        Read names =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").remove("subjectAltNames"));
        assertThat(elsewhere(names)).isNotEqualTo(said.elsewhere());
        Read hostname =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").put("hostname", "evil.example"));
        assertThat(elsewhere(hostname)).isNotEqualTo(said.elsewhere());
        Read anybody =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").remove("wellKnownCACertificates"));
        assertThat(anybody.problems()).anyMatch(problem -> problem.message().contains("trusts neither"));
        Read other =
                after(said, Meta.TLS_POLICY, spec -> part(spec, "validation").put("wellKnownCACertificates", "Mine"));
        assertThat(other.problems()).anyMatch(problem -> problem.message().contains("trusts neither"));
        Read backend = after(said, Meta.BACKEND, null);
        assertThat(backend.problems()).anyMatch(problem -> problem.message().contains("there is no Backend"));
        Read skipped = after(said, Meta.BACKEND, spec -> spec.put("tls", Map.of("insecureSkipVerify", true)));
        assertThat(skipped.problems()).anyMatch(problem -> problem.message().contains("tls is not read"));
    }

    @Test
    void aTokenThatGoesOnAndACallByAnotherNameAreTold() {
        Said said = new Said(at("https://api.psp.example:443", TLS, null), null, null, true, false);
        Read token =
                after(said, Meta.HTTP_ROUTE, spec -> rule(spec, 1).put("filters", List.of(rewrite("api.psp.example"))));
        assertThat(token.problems()).anyMatch(problem -> problem.message().contains("sends tokens"));
        Read name = after(said, Meta.HTTP_ROUTE, spec -> rule(spec, 1).remove("filters"));
        assertThat(name.problems()).anyMatch(problem -> problem.message().contains("by several names"));
    }

    private static Map<String, Object> rewrite(String hostname) {
        return Map.of("type", "URLRewrite", "urlRewrite", Map.of("hostname", hostname));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> rule(Map<String, Object> spec, int index) {
        return (Map<String, Object>) ((List<Object>) Objects.requireNonNull(spec.get("rules"))).get(index);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthorizerThatIsDroppedOrFailsOpenShows(boolean asks) {
        Said said = new Said(null, AUTHORIZER, null, asks, false);
        List<String> meant = verdicts(said.model());
        Read dropped = after(said, Meta.SECURITY_POLICY, spec -> spec.remove("extAuth"));
        assertThat(!dropped.problems().isEmpty() || !verdicts(dropped.model()).equals(meant))
                .isTrue();
        Read open =
                after(said, Meta.SECURITY_POLICY, spec -> part(spec, "extAuth").put("failOpen", true));
        assertThat(open.model().apis().get(0).entry().authorizer()).isNotNull().matches(AuthorizerRule::failOpen);
        assertThat(verdicts(open.model())).isNotEqualTo(meant);
        Read gone = after(said, Meta.SECURITY_POLICY, null);
        assertThat(verdicts(gone.model())).isNotEqualTo(meant);
    }

    @Test
    void anAuthorizerForARuleThatIsNotThereIsAskedNowhere() {
        Said said = new Said(null, AUTHORIZER, null, false, true);
        Read read = after(said, Meta.SECURITY_POLICY, spec -> {
            Map<String, Object> target = new LinkedHashMap<>(
                    tree((Map<?, ?>) ((List<?>) Objects.requireNonNull(spec.get("targetRefs"))).get(0)));
            target.put("sectionName", "rule-1");
            spec.put("targetRefs", List.of(target));
        });
        assertThat(read.model().apis().get(0).entry().authorizer()).isNull();
    }

    @Test
    void moreRetriesThanWereSaidShow() {
        RetryRule rule = new RetryRule(2, null, true, LINE);
        Said said = new Said(null, null, rule, false, false);
        Read read = after(said, Meta.TRAFFIC_POLICY, spec -> part(spec, "retry").put("numRetries", 9));
        assertThat(read.model().apis().get(0).service().retry()).isNotNull().matches(retry -> retry.attempts() == 9);
        Read odd = after(said, Meta.TRAFFIC_POLICY, spec -> part(spec, "retry").remove("retryOn"));
        assertThat(odd.problems()).anyMatch(problem -> problem.message().contains("has no words here"));
    }
}
