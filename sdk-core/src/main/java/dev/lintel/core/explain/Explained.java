package dev.lintel.core.explain;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.RequestValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A decision, the steps that led to it, and what would have to change for the other answer.
 *
 * @param explanation the decision with its steps
 * @param alternatives ways to the other answer, each asked of the evaluator; empty if nothing that a request can carry
 *     leads there
 */
public record Explained(Explanation explanation, List<Alternative> alternatives) {
    private static final Set<String> JUDGES =
            Set.of("host", "caller", "boundary", "login", "verdict", "access", "guard");

    /** Keeps the list unchangeable. */
    public Explained {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * Explains a request. Nothing is used up, and nobody else is asked: an external authorizer is taken to allow it.
     *
     * @param evaluator what decides
     * @param asked the request
     * @param draw the chance for splits, mirrors and faults
     * @return the decision and its alternatives
     * @throws IllegalArgumentException if it is not clear which API is called
     */
    public static Explained of(Evaluator evaluator, Asked asked, Draw draw) {
        RequestValue request = asked.in(evaluator.model(), evaluator.trustDomain());
        Explanation explanation = evaluator.explain(request, draw);
        List<Alternative> alternatives = new Alternatives(evaluator, draw).of(request, explanation);
        String whole = explanation.request() + asked.who();
        return new Explained(new Explanation(whole, explanation.decision(), explanation.steps()), alternatives);
    }

    /**
     * The line of the definition that decided whether the request passes: the last one that was asked about that.
     *
     * @return unknown if nothing was said about it
     */
    public Origin decidedAt() {
        return deciding().map(Explanation.Step::origin).orElse(Origin.unknown());
    }

    private Optional<Explanation.Step> deciding() {
        return explanation.steps().stream()
                .filter(step -> JUDGES.contains(step.stage()))
                .filter(step -> !step.origin().toString().isEmpty())
                .reduce((first, second) -> second);
    }

    /**
     * The explanation as people read it.
     *
     * @return request, decision and steps, then a line for each alternative
     */
    public String render() {
        StringBuilder out = new StringBuilder(explanation.render());
        deciding()
                .ifPresent(step ->
                        out.append("\n  decided by ").append(step.origin()).append('\n'));
        boolean refused = Alternatives.isRefused(explanation.decision());
        out.append("\n  ")
                .append(refused ? "it would pass" : "it would be refused")
                .append('\n');
        if (alternatives.isEmpty()) {
            out.append("  - by nothing that a request can carry\n");
        }
        alternatives.forEach(one -> out.append("  - ").append(one).append('\n'));
        return out.toString();
    }

    /** The explanation as people read it. */
    @Override
    public String toString() {
        return render();
    }
}
