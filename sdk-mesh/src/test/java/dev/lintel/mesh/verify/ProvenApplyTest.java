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
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
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
