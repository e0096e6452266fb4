package dev.lintel.mesh.verify;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Mesh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** It is asked before an apply whether anybody would answer, and after a way back whether it is in force. */
class ProvenApplyTest {
    private final MemoryTarget target = new MemoryTarget();
    private final List<String> asked = new ArrayList<>();
    private ProbeAnswer answer = ProbeAnswer.none("could not be connected to");

    private Mesh memory() {
        Probes probes = Probes.through(request -> {
            asked.add(request.toString());
            return answer;
        });
        return Mesh.of(istio().domain("example.com"), target)
                .verifiedBy(probes.by(new FakePlane(MeshModel.EMPTY)).without(ProbeKind.UNKNOWN_HOST));
    }

    @Test
    void aGatewayThatDoesNotAnswerForWhatIsInForceIsFoundBeforeAnythingIsWritten() {
        answer = ProbeAnswer.of(403, false);
        var unusedFirst = memory().apply(memory().plan(guarded("orders.read")));
        asked.clear();
        answer = ProbeAnswer.none("could not be connected to");
        Plan plan = memory().plan(guarded("orders.write"));

        assertThatThrownBy(() -> memory().apply(plan.allowWidening("a test")))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "verify.unreachable the gateway: does not answer for what is in force now, so that nothing could"
                                + " be verified: no answer: could not be connected to; nothing was written");
        assertThat(asked).hasSize(1);
        assertThat(target.writes()).isEqualTo(1);
    }

    /** A gateway without listeners takes no connections: the first apply is what makes it listen. */
    @Test
    void beforeAnythingIsExposedNobodyIsAsked() {
        Plan plan = memory().plan(guarded("orders.read"));

        NotInForceException failure = catchThrowableOfType(NotInForceException.class, () -> memory().apply(plan));

        assertThat(failure.problems())
                .extracting(Problem::code)
                .containsExactly("verify.unanswered", "verify.rolled-back");
        assertThat(target.writes()).isEqualTo(2);
    }

    @Test
    void whereNothingChangesNobodyIsAsked() {
        answer = ProbeAnswer.of(403, false);
        var unusedFirst = memory().apply(memory().plan(guarded("orders.read")));
        answer = ProbeAnswer.none("could not be connected to");
        Plan plan = memory().plan(guarded("orders.read"));
        asked.clear();

        var unusedAgain = memory().apply(plan);

        assertThat(asked).isEmpty();
    }

    @Test
    void aWayBackIsVerifiedAndStaysWhateverComesOfThat() {
        answer = ProbeAnswer.of(403, false);
        var unusedFirst = memory().apply(memory().plan(guarded("orders.read")));
        var unusedSecond = memory().apply(memory().plan(guarded("orders.write")).allowWidening("a test"));
        Undo back = memory().lastUndo().orElseThrow().allowWidening("a test");
        answer = ProbeAnswer.of(200, true);

        NotInForceException failure = catchThrowableOfType(NotInForceException.class, back::rollback);

        assertThat(failure.isRolledBack()).isFalse();
        assertThat(failure.problems())
                .extracting(Problem::code)
                .contains("verify.open")
                .last()
                .isEqualTo("verify.kept");
        assertThat(memory().plan(guarded("orders.read")).isEmpty()).isTrue();
    }

    /** Whoever enters by a gateway does not see whether workloads take plain text beside mutual TLS. */
    @Test
    void mutualTlsIsNotCalledVerified() {
        answer = ProbeAnswer.of(403, false);
        var first = memory().apply(memory().plan(guarded("orders.read")));
        target.byHand(all -> all.stream()
                .filter(one -> !one.kind().equals("PeerAuthentication"))
                .toList());
        var mended = memory().apply(memory().plan(guarded("orders.read")));
        var scope = memory().apply(memory().plan(guarded("orders.write")).allowWidening("a test"));

        String told =
                "not proven: the mutual TLS that it asks for: calls from inside and what leaves do not go through a gateway";
        assertThat(unproven(first)).contains("PeerAuthentication shop/orders " + told);
        assertThat(unproven(mended)).containsExactly("PeerAuthentication shop/orders " + told);
        assertThat(unproven(scope)).isNotEmpty().noneMatch(line -> line.startsWith("PeerAuthentication"));
    }

    /** What a model does not tell no probe can have asked about. */
    @Test
    void anObjectThatOnlyAHandHasChangedIsNotCalledVerified() {
        answer = ProbeAnswer.of(403, false);
        var unusedFirst = memory().apply(memory().plan(guarded("orders.read")));
        target.byHand(all -> all.stream()
                .map(one -> one.kind().equals("VirtualService") ? one.withSpec(numbered(one.spec())) : one)
                .toList());
        var mended = memory().apply(memory().plan(guarded("orders.read")).allowWidening("a test"));

        assertThat(unproven(mended))
                .containsExactly("VirtualService shop/orders-entry not proven: what changes of it: no probe is answered"
                        + " otherwise by it");
    }

    private static Map<String, Object> numbered(Map<String, Object> spec) {
        Map<String, Object> other = new LinkedHashMap<>(spec);
        other.put("exportTo", List.of("*"));
        return other;
    }

    private static List<String> unproven(Applied applied) {
        return applied.plan().warnings().stream()
                .filter(one -> one.code().equals("verify.unproven"))
                .map(one -> one.path() + " " + one.message())
                .toList();
    }

    private static List<ApiDefinition> guarded(String scope) {
        return DefinitionFormat.yaml().read("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                    audiences: [orders]
                    rules:
                      - endpoint: /**
                        scopes: [%s]
                """.formatted(scope), "apis.yaml");
    }
}
