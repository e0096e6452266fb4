package dev.lintel.core.plan;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Definition;
import java.util.Collection;
import java.util.List;

/**
 * A world in which definitions can be made true: an embedded gateway, or a dialect on a target.
 *
 * <p>The definitions given to {@code plan} are all of them: what is ours in the world and is not among them is deleted.
 */
public interface Backend {
    /**
     * Compares the world with the definitions. Changes nothing.
     *
     * @param definitions all definitions of this world
     * @return what would change; its problems say what this world cannot do
     */
    Plan plan(Collection<? extends Definition> definitions);

    /**
     * Compares the world with the definitions. Changes nothing.
     *
     * @param definitions all definitions of this world
     * @return what would change; its problems say what this world cannot do
     */
    default Plan plan(Definition... definitions) {
        return plan(List.of(definitions));
    }

    /**
     * Makes a plan true.
     *
     * @param plan made by this backend
     * @return what was applied, with the way back; a caller that never goes back may ignore it
     * @throws dev.lintel.core.ProblemsException if the plan has problems, or widens access without permission, or the
     *     world has moved since it was made; then nothing has changed
     */
    @CanIgnoreReturnValue
    Applied apply(Plan plan);
}
