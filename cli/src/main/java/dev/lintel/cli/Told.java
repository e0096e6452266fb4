package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.explain.Alternative;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect;
import java.util.List;
import java.util.Locale;

/**
 * How one request was decided, as it is shown.
 *
 * @param text for people
 * @param explanation the decision with its steps
 * @param alternatives ways to the other answer
 * @param unread what was not understood, and may decide otherwise
 * @param deviations where a world of the dialect answers this request otherwise
 */
record Told(
        String text,
        Explanation explanation,
        List<Alternative> alternatives,
        List<Problem> unread,
        List<Deviation> deviations) {
    Told(String text, Explanation explanation, List<Alternative> alternatives) {
        this(text, explanation, alternatives, List.of(), List.of());
    }

    Told deviating(Dialect dialect, List<Deviation> found) {
        if (found.isEmpty()) {
            return this;
        }
        StringBuilder more = new StringBuilder(text).append('\n');
        found.forEach(one -> more.append("  " + dialect.name() + " answers otherwise where: ")
                .append(one.about(List.of()).describe())
                .append('\n'));
        return new Told(more.toString(), explanation, alternatives, unread, found);
    }

    Told uncertain(List<Problem> problems) {
        if (problems.isEmpty()) {
            return this;
        }
        StringBuilder more = new StringBuilder(text)
                .append("\n  not certain: this is as far as it can be read, and what follows may decide otherwise\n");
        problems.forEach(problem -> problem.render()
                .lines()
                .forEach(line -> more.append("    ").append(line).append('\n')));
        return new Told(more.toString(), explanation, alternatives, problems, deviations);
    }

    boolean isCertain() {
        return unread.isEmpty();
    }

    /** The decision in one line. */
    private String decision() {
        return explanation.decision().toString();
    }

    /** By which two are compared: worlds refuse with statuses and reasons of their own. */
    String answer() {
        return explanation.decision() instanceof Decision.Refuse ? "refuse" : decision();
    }

    ObjectNode json(String by) {
        Decision decision = explanation.decision();
        ObjectNode tree = Json.object()
                .put("by", by)
                .put("request", explanation.request())
                .put("certain", isCertain())
                .put(
                        "outcome",
                        isCertain() ? decision.getClass().getSimpleName().toLowerCase(Locale.ROOT) : "uncertain");
        if (decision instanceof Decision.Refuse refuse) {
            tree.put("status", refuse.status()).put("reason", refuse.reason().name());
        } else if (decision instanceof Decision.Reply reply) {
            tree.put("status", reply.status());
        }
        tree.put("decision", decision());
        tree.set(
                "steps",
                Json.list(
                        explanation.steps(),
                        step -> Json.at(
                                Json.object().put("stage", step.stage()).put("text", Json.clipped(step.text())),
                                step.origin())));
        tree.set("alternatives", Json.list(alternatives, one -> Json.object().put("text", one.toString())));
        tree.set("deviations", Json.list(deviations, PlanJson::deviation));
        tree.set("uncertain", Json.problems(unread));
        return tree;
    }
}
