package dev.lintel.mesh.kyma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy beside an APIRule that opens more than ours, or closes less, is told. */
class BesideReaderTest {
    private static final KymaDialect DIALECT = KymaDialect.kyma().domain("example.com");
    private static final MeshModel MODEL = new ModelCompiler(Kinds.installed())
            .compile(DefinitionFormat.yaml().readAll("""
                            kind: Api/v1
                            service: orders
                            namespace: shop
                            policies:
                              - kind: auth.oauth2/v1
                                issuers:
                                  - issuer: https://id.example
                                    jwksUri: https://id.example/keys
                                audiences:
                                  - orders
                                rules:
                                  - endpoint: /**
                                    scopes:
                                      - orders.read
                                  - endpoint: /open/**
                                    allow: anyone
                            """, "beside.yaml"), DIALECT.world())
            .model();
    private static final Map<String, Object> GATEWAY =
            Map.of("source", Map.of("principals", List.of(KymaDialect.principal())));

    private static List<Problem> told(String name, List<?> rules) {
        List<Manifest> changed = DIALECT.write(MODEL).manifests().stream()
                .map(one -> one.name().equals(name) ? with(one, rules) : one)
                .toList();
        return DIALECT.read(changed).problems();
    }

    private static Manifest with(Manifest one, List<?> rules) {
        Map<String, Object> spec = new LinkedHashMap<>(one.spec());
        spec.put("rules", rules);
        return one.withSpec(spec);
    }

    private static List<?> inside() {
        return DIALECT.write(MODEL).manifests().stream()
                .filter(one -> one.name().equals("orders.inside"))
                .map(one -> (List<?>) one.spec().get("rules"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asWrittenNothingIsTold() {
        Read read = DIALECT.read(DIALECT.write(MODEL).manifests());
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().apis().get(0).entry().access().audiences()).containsExactly("orders");
    }

    @Test
    void aRuleThatAllowsEverythingIsTold() {
        assertThat(told("orders.inside", List.of(inside().get(0), Map.of())))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("lets in more than callers inside"));
    }

    @Test
    void aSecondSourceThatAllowsEverybodyIsTold() {
        Map<?, ?> rule = (Map<?, ?>) inside().get(0);
        List<?> from = (List<?>) rule.get("from");
        assertThat(told("orders.inside", List.of(Map.of("from", List.of(from.get(0), Map.of("source", Map.of()))))))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("lets in more than callers inside"));
    }

    @Test
    void aTokenWithoutASubjectIsJudgedWhereNoneIsNeeded() {
        assertThat(DIALECT.write(MODEL).manifests())
                .filteredOn(one -> one.name().equals("orders.denied"))
                .singleElement()
                .extracting(one -> one.spec().toString())
                .asString()
                .contains("{key=request.auth.claims[iss], values=[*]}")
                .doesNotContain("requestPrincipals");
    }

    @Test
    void anAudienceThatIsAskedOnlyOfTokensWithASubjectIsTold() {
        Map<String, Object> source =
                Map.of("principals", List.of(KymaDialect.principal()), "requestPrincipals", List.of("*"));
        Map<String, Object> rule = Map.of(
                "from",
                List.of(Map.of("source", source)),
                "when",
                List.of(Map.of("key", "request.auth.claims[aud]", "notValues", List.of("orders"))));
        assertThat(told("orders.denied", List.of(rule)))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("requestPrincipals is not read"));
    }

    @Test
    void whatIsDeniedToTokensOnlyIsNotTakenForDenied() {
        Map<String, Object> rule = Map.of(
                "from",
                List.of(GATEWAY),
                "to",
                List.of(Map.of("operation", Map.of("paths", List.of("/open/*")))),
                "when",
                List.of(Map.of("key", "request.auth.claims[iss]", "values", List.of("*"))));
        assertThat(told("orders.denied", List.of(rule)))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("refuses for reasons that are not known here"));
    }
}
