package dev.lintel.core.plan;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;

/**
 * What has been applied, and the way back.
 *
 * @param plan the plan that is true now
 * @param undo back to what was there before it
 */
public record Applied(Plan plan, Undo undo) {
    /** Checks that nothing is missing. */
    public Applied {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(undo, "undo");
    }

    /**
     * Makes the world what it was before this apply, as {@link Undo#rollback()} does.
     *
     * @return what was done; an empty plan if the world was back already
     * @throws dev.lintel.core.ProblemsException if the world has moved since, or going back widens access, for which {@link
     *     Undo#allowWidening} is; then nothing has changed
     */
    @CanIgnoreReturnValue
    public Plan rollback() {
        return undo.rollback();
    }
}
