package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import java.util.List;

/**
 * A decision, and the steps that led to it.
 *
 * @param request the request in one line
 * @param decision what was decided
 * @param steps in the order in which they were taken
 */
public record Explanation(String request, Decision decision, List<Step> steps) {
    /** Keeps the steps unchangeable. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param stage what was asked: path, host, token, access, guard, route, split or rewrite
     * @param text what came of it
     * @param origin the line of the definition that said so
     */
    public record Step(String stage, String text, Origin origin) {}

    /**
     * The explanation as people read it.
     *
     * @return the request and the decision, then a line for each step with the line of the definition behind it
     */
    public String render() {
        StringBuilder out =
                new StringBuilder(request).append('\n').append("  = ").append(decision);
        int width = steps.stream().mapToInt(s -> s.text().length()).max().orElse(0);
        for (Step step : steps) {
            String place = step.origin().toString();
            String line = String.format("\n  %-8s %s", step.stage(), step.text());
            out.append(line);
            if (!place.isEmpty()) {
                out.append(" ".repeat(width - step.text().length() + 2)).append(place);
            }
        }
        return out.append('\n').toString();
    }
}
