package dev.lintel.auth.opa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The evaluator and a real OPA with the generated policy, asked the same. */
class AgreementTest {
    private static final int BATCH = 500;
    private static final int REQUESTS = 6000;
    private static final int CASES_OF_ONE = 250;
    private static final Tokens TOKENS = new Tokens();

    private static RealOpa opa;

    @BeforeAll
    static void start() {
        opa = RealOpa.start();
        opa.policy("batch", """
                package batch

                results := [r | some one in input.cases; r := data.envoy.authz.allow with input as one]
                """);
        opa.data(
                "envoy/authz/jwks",
                "{\"" + Models.ISSUER + "\":" + TOKENS.jwks() + ",\"" + Models.OTHER + "\":" + TOKENS.jwks() + "}");
    }

    @AfterAll
    static void stop() {
        if (opa != null) {
            opa.close();
        }
    }

    @Test
    void theyAgreeOnEveryClass() {
        Rego rego = Rego.of(Models.everything());
        List<Case> cases = new Classes(rego).all();

        assertThat(cases).hasSizeGreaterThan(2000);
        agree(rego, cases, "everything");
    }

    @Test
    void theyAgreeOnEveryClassWhereSomebodyElseVerifies() {
        Rego rego = Rego.of(Models.everything()).decodedOnly();
        List<Case> cases = new ArrayList<>(new Classes(rego).all());
        cases.removeIf(one -> one.token() instanceof Token.Rejected);

        agree(rego, cases, "everything, decoded only");
    }

    @Test
    void theyAgreeOnModelsByChance() {
        long seed = Long.getLong("lintel.seed", System.nanoTime());
        System.err.println("seed of the models: " + seed);
        Random random = new Random(seed);
        int asked = 0;
        for (int models = 0; asked < REQUESTS; models++) {
            MeshModel model = Models.random(random);
            Rego rego = Rego.of(model);
            List<Case> cases = new ArrayList<>(new Classes(rego).all());
            java.util.Collections.shuffle(cases, random);
            cases = cases.subList(0, Math.min(cases.size(), CASES_OF_ONE));
            asked += cases.size();
            agree(rego, cases, "seed " + seed + ", model " + models + ": " + model);
        }
    }

    private static void agree(Rego rego, List<Case> cases, String about) {
        opa.policy("authz", rego.module());
        Expected expected = new Expected(rego.model());
        for (int from = 0; from < cases.size(); from += BATCH) {
            List<Case> some = cases.subList(from, Math.min(cases.size(), from + BATCH));
            List<?> results = (List<?>) opa.ask(
                    "batch/results",
                    Map.of("cases", some.stream().map(AgreementTest::input).toList()));
            assertThat(results).as(about).hasSameSizeAs(some);
            for (int i = 0; i < some.size(); i++) {
                Case one = some.get(i);
                assertThat(said((Map<?, ?>) results.get(i)))
                        .as("%s%n%s", one, about)
                        .isEqualTo(said(expected.decide(one.request())));
            }
        }
    }

    /** The status, and the challenge as far as its text is not for people. */
    private static String said(Map<?, ?> result) {
        if (Boolean.TRUE.equals(result.get("allowed"))) {
            return "allowed";
        }
        Object headers = result.get("headers");
        Object challenge = headers == null ? null : ((Map<?, ?>) headers).get("www-authenticate");
        return result.get("http_status") + " " + withoutText(challenge);
    }

    private static String said(Decision decision) {
        return decision instanceof Decision.Refuse refused
                ? refused.status() + " " + withoutText(refused.challenge())
                : "allowed";
    }

    private static String withoutText(Object challenge) {
        return String.valueOf(challenge).replaceFirst(", error_description=.*", "");
    }

    static Map<String, Object> input(Case one) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put(":authority", one.host());
        String authorization = TOKENS.authorization(one.token());
        if (authorization != null) {
            headers.put("authorization", authorization);
        }
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("method", one.method());
        http.put("host", one.host());
        http.put("path", one.path() + "?q=1/2");
        http.put("headers", headers);
        return Map.of("attributes", Map.of("request", Map.of("http", http)), "source_principal", one.principal());
    }
}
