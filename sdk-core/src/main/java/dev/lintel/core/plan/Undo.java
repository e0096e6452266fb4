package dev.lintel.core.plan;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way back to what a world was before an apply.
 *
 * <p>Going back is a change like every other one: it is planned, it is done in the order in which a world changes, and it is
 * refused where the world has moved since, by somebody else or by a later apply. What is back already is left alone, so that
 * going back twice does nothing more. Where the apply had closed something, going back opens it, and needs a reason in words
 * as every plan does that widens access.
 */
public final class Undo {
    /** The code of the problem that a world is no longer as an apply has left it. */
    public static final String MOVED = "rollback.moved";

    private final Way way;
    private final @Nullable String reason;

    private Undo(Way way, @Nullable String reason) {
        this.way = way;
        this.reason = reason;
    }

    /** How one world goes back. */
    public interface Way {
        /**
         * Compares the world with what it was. Changes nothing.
         *
         * @return what going back would change; its problems say why it cannot be done, and one that the world has moved has the
         *     code {@link #MOVED}
         */
        Plan plan();

        /**
         * Goes back.
         *
         * @param plan the last answer of {@link #plan()}, without problems and with something to do
         * @throws ProblemsException if the world has moved since it was made; then nothing has changed
         */
        void go(Plan plan);
    }

    /**
     * The way back of a backend.
     *
     * @param way how it goes
     * @return the way back, which may not widen access
     */
    public static Undo by(Way way) {
        return new Undo(Objects.requireNonNull(way, "way"), null);
    }

    /**
     * What going back would do as things are now. Changes nothing.
     *
     * @return objects and requests as in any plan; it is empty if there is nothing to do. It is for people, and not for {@link
     *     Backend#apply}: what was there may be more than definitions say.
     */
    public Plan plan() {
        Plan plan = way.plan();
        return reason == null ? plan : plan.allowWidening(reason);
    }

    /**
     * The same way, allowed to let requests through again that the apply has shut out.
     *
     * @param reason why, for those who read it later
     * @return a new way back
     */
    public Undo allowWidening(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("widening access needs a reason");
        }
        return new Undo(way, reason);
    }

    /**
     * Makes the world what it was before the apply.
     *
     * @return what was done; an empty plan if the world was back already
     * @throws ProblemsException if the world has moved since the apply, or going back widens access without permission; then
     *     nothing has changed
     */
    @CanIgnoreReturnValue
    public Plan rollback() {
        Plan plan = plan();
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (plan.widening() == null && !plan.isEmpty()) {
            plan.effects().stream().filter(Effect::widens).forEach(effect -> problems.add(widens(plan, effect)));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException("the way back in " + plan.world(), problems);
        }
        if (!plan.isEmpty()) {
            way.go(plan);
        }
        return plan;
    }

    private static Problem widens(Plan plan, Effect effect) {
        return new Problem(
                "rollback.widens",
                plan.world(),
                "going back widens access: " + effect.text(),
                "if that is meant, say undo().allowWidening(\"reason\").rollback()",
                effect.origin());
    }

    /**
     * That the world is neither as an apply has left it nor as it was before, for {@link Way#plan()}.
     *
     * @param what which part of the world
     * @param how what has become of it, as it goes on from there
     * @return a problem with the code {@link #MOVED}
     */
    public static Problem moved(String what, String how) {
        return new Problem(
                MOVED,
                what,
                how,
                "look at what has changed since, and plan the definitions that are to hold",
                Origin.unknown());
    }
}
