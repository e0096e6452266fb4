package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import java.util.List;

/**
 * What was written is not in force as it should be: it was waited for to the end, a controller refuses it, or somebody has
 * rewritten it meanwhile. It stays as it is written; a new plan tells what is left to do.
 */
public final class UnsettledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    UnsettledException(String where, List<Problem> problems) {
        super(message(where, problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(String where, List<Problem> problems) {
        StringBuilder text = new StringBuilder(where)
                .append(": ")
                .append(problems.size())
                .append(problems.size() == 1 ? " thing is" : " things are")
                .append(" not as written; what was written stays");
        problems.forEach(each -> text.append("\n  ").append(each.render()));
        return text.toString();
    }

    /**
     * What is not as it should be.
     *
     * @return at least one
     */
    public List<Problem> problems() {
        return problems;
    }
}
