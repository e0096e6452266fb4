package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.kubernetes.Readiness.As;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the status of an object comes to. */
class ControllerWordsTest {
    private static final String ISTIO = "networking.istio.io/v1";
    private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";
    private static final String KYMA = "gateway.kyma-project.io/v2";

    private final Json json = new Json();

    @Test
    void aGenerationThatIsNotSeenYetIsWaitedForInNumbersAndInIstiosTexts() {
        assertThat(read(ISTIO, "VirtualService", "{\"observedGeneration\": \"2\"}"))
                .isEqualTo(Readiness.pending("generation 2 is seen, 3 is written"));
        assertThat(read(
                        ISTIO,
                        "VirtualService",
                        "{\"observedGeneration\": 3, \"conditions\": [%s]}"
                                .formatted(condition("Reconciled", "True", 3))))
                .isEqualTo(Readiness.READY);
        assertThat(read(ISTIO, "Gateway", "{\"conditions\": [%s]}".formatted(condition("Reconciled", "False", 3)))
                        .as())
                .isEqualTo(As.FAILED);
    }

    @Test
    void aGatewayIsReadyWhenItIsAcceptedAndProgrammedForWhatWasWritten() {
        assertThat(read(GATEWAY_API, "Gateway", "{}")).isEqualTo(Readiness.pending("no condition Accepted yet"));
        assertThat(gateway(condition("Accepted", "True", 3)))
                .isEqualTo(Readiness.pending("no condition Programmed yet"));
        assertThat(gateway(condition("Accepted", "True", 3), condition("Programmed", "True", 2)))
                .isEqualTo(Readiness.pending("Programmed is of generation 2, 3 is written"));
        assertThat(gateway(condition("Accepted", "True", 3), condition("Programmed", "False", 3)))
                .isEqualTo(Readiness.failed("Programmed is False, Because: so it is"));
        assertThat(gateway(condition("Accepted", "True", 3), condition("Programmed", "True", 3)))
                .isEqualTo(Readiness.READY);
    }

    @Test
    void aRouteIsReadyWhenEachParentThatAnswersHasAcceptedIt() {
        String good = parent("\"name\": \"a\"", condition("Accepted", "True", 3), condition("ResolvedRefs", "True", 3));
        String far = parent(
                "\"name\": \"b\", \"namespace\": \"far\"",
                condition("Accepted", "True", 3),
                condition("ResolvedRefs", "False", 3));

        assertThat(route(good, "shop/a")).isEqualTo(Readiness.READY);
        assertThat(route(good, "shop/a", "far/b")).isEqualTo(Readiness.pending("no word of far/b"));
        assertThat(route(good + ", " + far, "shop/a", "far/b"))
                .isEqualTo(Readiness.failed("ResolvedRefs is False, Because: so it is"));
        assertThat(route(good + ", " + far, "shop/a")).isEqualTo(Readiness.READY);
    }

    @Test
    void aPolicyIsReadyWhenEachOfItsGatewaysHasAcceptedIt() {
        String kind = "SecurityPolicy";
        String group = "gateway.envoyproxy.io/v1alpha1";
        assertThat(read(group, kind, "{}")).isEqualTo(Readiness.pending("no status yet"));
        assertThat(read(
                        group,
                        kind,
                        "{\"ancestors\": [{\"conditions\": [%s]}]}".formatted(condition("Accepted", "True", 3))))
                .isEqualTo(Readiness.READY);
        assertThat(read(
                                group,
                                kind,
                                "{\"ancestors\": [{\"conditions\": [%s]}]}"
                                        .formatted(condition("Accepted", "False", 3)))
                        .as())
                .isEqualTo(As.FAILED);
    }

    @Test
    void aStateOfKymaCountsOnceItHasLookedAgain() {
        String before = "{\"state\": \"Ready\", \"lastProcessedTime\": \"t1\"}";
        assertThat(kyma("{}", "{}")).isEqualTo(Readiness.pending("no state yet"));
        assertThat(kyma(before, before)).isEqualTo(Readiness.pending("last looked at t1, before it was written"));
        assertThat(kyma(before, before.replace("t1", "t0"))).isEqualTo(Readiness.READY);
        assertThat(kyma(before, "{\"state\": \"Processing\", \"lastProcessedTime\": \"t2\"}"))
                .isEqualTo(Readiness.pending("state Processing"));
        assertThat(kyma(
                        before,
                        "{\"state\": \"Error\", \"lastProcessedTime\": \"t2\", \"description\": \"no such gateway\"}"))
                .isEqualTo(Readiness.failed("state Error: no such gateway"));
    }

    private Readiness gateway(String... conditions) {
        return read(GATEWAY_API, "Gateway", "{\"conditions\": [" + String.join(", ", conditions) + "]}");
    }

    private Readiness route(String told, String... parents) {
        return ControllerWords.of(
                live(GATEWAY_API, "HTTPRoute", "{}"),
                live(GATEWAY_API, "HTTPRoute", "{\"parents\": [" + told + "]}"),
                Set.of(parents));
    }

    private Readiness kyma(String before, String now) {
        return ControllerWords.of(live(KYMA, "APIRule", before), live(KYMA, "APIRule", now), Set.of());
    }

    private Readiness read(String apiVersion, String kind, String status) {
        return ControllerWords.of(live(apiVersion, kind, "{}"), live(apiVersion, kind, status), Set.of());
    }

    private static String parent(String ref, String... conditions) {
        return "{\"parentRef\": {" + ref + "}, \"conditions\": " + List.of(conditions) + "}";
    }

    private static String condition(String type, String status, int generation) {
        return "{\"type\": \"%s\", \"status\": \"%s\", \"observedGeneration\": %d, \"reason\": \"Because\", \"message\": \"so it is\"}"
                .formatted(type, status, generation);
    }

    @SuppressWarnings("unchecked")
    private LiveObject live(String apiVersion, String kind, String status) {
        return new LiveObject(new ObjectKind(apiVersion, kind, "any"), (Map<String, Object>) json.read(
                "{\"metadata\": {\"name\": \"orders\", \"namespace\": \"shop\", \"generation\": 3}, \"status\": "
                        + status + "}"));
    }
}
