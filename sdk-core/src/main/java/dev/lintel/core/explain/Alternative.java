package dev.lintel.core.explain;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A way to the other answer.
 *
 * @param change what would have to be different, in words
 * @param then what would be decided then, asked of the same evaluator; null if it is the definition that would have to
 *     change
 * @param origin the line of the definition that would be in question
 */
public record Alternative(String change, @Nullable Decision then, Origin origin) {
    /** For example {@code with scope pay: forward to orders.shop /pay}. */
    @Override
    public String toString() {
        return change + (then == null ? "" : ": " + then) + origin.after("  ");
    }
}
