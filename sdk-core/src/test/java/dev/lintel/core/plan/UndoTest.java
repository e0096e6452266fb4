package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way back asks what every plan is asked, and is gone only where nothing stands against it. */
class UndoTest {
    private static final Change CHANGE = new Change.Delete("api orders.shop");

    private final List<Plan> gone = new ArrayList<>();

    private static Plan plan(List<Change> changes, List<Effect> effects, List<Problem> problems) {
        return new Plan("world", "7", MeshModel.EMPTY, changes, effects, problems, List.of(), List.of(), null);
    }

    private Undo undo(Plan plan) {
        return Undo.by(new Undo.Way() {
            @Override
            public Plan plan() {
                return plan;
            }

            @Override
            public void go(Plan told) {
                gone.add(told);
            }
        });
    }

    @Test
    void goesBackAsItWasTold() {
        Plan plan = plan(List.of(CHANGE), List.of(), List.of());

        Applied applied = new Applied(plan, undo(plan));

        assertThat(applied.rollback()).isSameAs(plan);
        assertThat(gone).containsExactly(plan);
    }

    @Test
    void whatIsBackIsLeftAlone() {
        Effect uncompared = new Effect("orders.shop: what is there cannot be compared", true, Origin.unknown());
        Plan plan = plan(List.of(new Change.Keep("api orders.shop")), List.of(uncompared), List.of());

        assertThat(undo(plan).rollback()).isSameAs(plan);
        assertThat(gone).isEmpty();
    }

    @Test
    void aWorldThatHasMovedIsLeftAlone() {
        Undo undo = undo(plan(List.of(CHANGE), List.of(), List.of(Undo.moved("world", "is at '8' now"))));

        assertThatThrownBy(undo.allowWidening("the deploy failed")::rollback)
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        the way back in world has 1 problem
                          (1) rollback.moved world: is at '8' now
                              look at what has changed since, and plan the definitions that are to hold""");
        assertThat(gone).isEmpty();
    }

    @Test
    void whatWasClosedIsOpenedAgainOnlyForAReason() {
        Effect opens = new Effect("orders.shop: newly public: /admin", true, Origin.unknown());
        Undo undo = undo(plan(List.of(CHANGE), List.of(opens), List.of()));

        assertThatThrownBy(undo::rollback).isInstanceOf(ProblemsException.class).hasMessage("""
                        the way back in world has 1 problem
                          (1) rollback.widens world: going back widens access: orders.shop: newly public: /admin
                              if that is meant, say undo().allowWidening("reason").rollback()""");
        assertThat(gone).isEmpty();
        assertThatThrownBy(() -> undo.allowWidening(" ")).isInstanceOf(IllegalArgumentException.class);

        Plan done = undo.allowWidening("the deploy failed").rollback();

        assertThat(done.widening()).isEqualTo("the deploy failed");
        assertThat(gone).containsExactly(done);
    }
}
