package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import java.util.List;

/**
 * A decision, and the steps that led to it.
 *
 * @param request the request in one line
 * @param decision what was decided
 * @param steps in the order in which they were taken; the last one decided
 */
public record Explanation(String request, Decision decision, List<Step> steps) {
    private static final int WIDTH = 76;

    /** Keeps the steps unchangeable. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param stage what was asked: path, host, caller, boundary, login, verdict, session, token, access, guard, fault, route, choice, split, mirror or rewrite
     * @param text what came of it
     * @param origin the line of the definition that said so
     */
    public record Step(String stage, String text, Origin origin) {}

    /**
     * The explanation as people read it.
     *
     * @return the request and the decision, then a line for each step, with the line of the definition behind it
     */
    public String render() {
        StringBuilder out = new StringBuilder(visible(request)).append("\n  = ").append(decision);
        if (decision instanceof Decision.Refuse refuse && refuse.challenge() != null) {
            out.append("\n    WWW-Authenticate: ").append(refuse.challenge());
        }
        out.append('\n');
        int column = column();
        for (Step step : steps) {
            String place = step.origin().toString();
            out.append("\n  ")
                    .append(step.stage())
                    .append(" ".repeat(Math.max(1, 9 - step.stage().length())));
            out.append(visible(step.text()));
            if (!place.isEmpty()) {
                int gap = column - step.text().length();
                out.append(" ".repeat(Math.max(2, gap))).append(place);
            }
        }
        return out.append('\n').toString();
    }

    /** Where the places stand: behind the longest text that has one, but a very long text does not push the others. */
    private int column() {
        return 2
                + steps.stream()
                        .filter(step -> !step.origin().toString().isEmpty())
                        .mapToInt(step -> step.text().length())
                        .filter(length -> length <= WIDTH)
                        .max()
                        .orElse(0);
    }

    /** What came from outside must not steer a terminal. */
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
