package dev.lintel.mesh.verify;

import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What was written is not in force as probes see it. Its problems say which request was answered otherwise than the model
 * does, which objects say so, and last what has become of the apply: taken back or left.
 */
public final class NotInForceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    /** Whether the world is what it was before. */
    private final boolean rolledBack;

    /**
     * That an apply is not in force.
     *
     * @param where the backend
     * @param found what differs, at least one
     * @param outcome what was done about it
     * @param rolledBack whether the world is what it was before
     */
    public NotInForceException(String where, List<Problem> found, List<Problem> outcome, boolean rolledBack) {
        super(message(where, found, outcome));
        List<Problem> all = new ArrayList<>(found);
        all.addAll(outcome);
        this.problems = List.copyOf(all);
        this.rolledBack = rolledBack;
    }

    private static String message(String where, List<Problem> found, List<Problem> outcome) {
        StringBuilder text = new StringBuilder(where).append(": what was written is not in force");
        found.forEach(each -> text.append("\n  ").append(each.render()));
        outcome.forEach(each -> text.append("\n  ").append(each.render()));
        return text.toString();
    }

    /**
     * What differs, then what was done about it.
     *
     * @return at least one
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Whether the world is what it was before the apply.
     *
     * @return false if it was left as written, or could not be taken back
     */
    public boolean isRolledBack() {
        return rolledBack;
    }
}
