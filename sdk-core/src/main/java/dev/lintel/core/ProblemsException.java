package dev.lintel.core;

import java.util.List;

/** Thrown when something that was asked for has problems; it holds all of them, numbered in its message. */
public final class ProblemsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * All problems of one subject.
     *
     * @param subject what has the problems, for example {@code 'orders.shop'}
     * @param problems at least one
     */
    public ProblemsException(String subject, List<Problem> problems) {
        super(message(subject, problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems as data.
     *
     * @return at least one, in the order in which they were found
     */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String subject, List<Problem> problems) {
        StringBuilder text = new StringBuilder(OneLine.of(subject))
                .append(" has ")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem" : " problems");
        for (int i = 0; i < problems.size(); i++) {
            text.append("\n  (")
                    .append(i + 1)
                    .append(") ")
                    .append(problems.get(i).render());
        }
        return text.toString();
    }
}
