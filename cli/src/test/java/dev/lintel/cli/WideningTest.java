package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reason is asked for where something is opened. */
class WideningTest {
    private static Plan plan(Change change) {
        return new Plan(
                "istio in nowhere",
                "",
                MeshModel.EMPTY,
                List.of(change),
                List.of(new Effect("newly public: GET /debug", true, Origin.unknown())),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static void require(Plan plan) {
        Widening.requireReason(plan, "rollback.widens", "going back widens access: ");
    }

    @Test
    void whatChangesNothingOpensNothing() {
        assertThatCode(() -> require(plan(new Change.Keep("AuthorizationPolicy shop/orders"))))
                .doesNotThrowAnyException();
    }

    @Test
    void whatChangesSomethingNeedsAReason() {
        Plan plan = plan(new Change.Delete("AuthorizationPolicy shop/orders"));

        assertThatThrownBy(() -> require(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "rollback.widens plan for istio in nowhere: going back widens access: newly public: GET"
                                + " /debug");
        assertThatCode(() -> require(plan.allowWidening("it was meant"))).doesNotThrowAnyException();
    }
}
