package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.explain.Alternative;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * How one request was decided, as it is shown.
 *
 * @param text for people
 * @param said what becomes of it
 * @param alternatives ways to the other answer
 * @param unread what was not understood, and may decide otherwise
 * @param deviations where a world of the dialect answers this request otherwise
 */
record Told(
        String text, Answer said, List<Alternative> alternatives, List<Problem> unread, List<Deviation> deviations) {
    Told(String text, Explanation explanation, List<Alternative> alternatives) {
        this(text, Answer.of(explanation), alternatives, List.of(), List.of());
    }

    /** A call to a host outside. */
    static Told leaving(EgressDecision call) {
        return new Told(call.render(), Answer.of(call), List.of(), List.of(), List.of());
    }

    Told deviating(Dialect dialect, List<Deviation> found) {
        if (found.isEmpty()) {
            return this;
        }
        StringBuilder more = new StringBuilder(text).append('\n');
        found.forEach(one -> more.append("  " + dialect.name() + " answers otherwise where: ")
                .append(one.about(List.of()).describe())
                .append('\n'));
        return new Told(more.toString(), said, alternatives, unread, found);
    }

    /** What is not certain; more of it joins what is known to be so. */
    Told uncertain(List<Problem> problems) {
        if (problems.isEmpty()) {
            return this;
        }
        StringBuilder more = new StringBuilder(text);
        if (isCertain()) {
            more.append("\n  not certain: this is as far as it can be read, and what follows may decide otherwise\n");
        }
        problems.forEach(problem -> problem.render()
                .lines()
                .forEach(line -> more.append("    ").append(line).append('\n')));
        List<Problem> all = new ArrayList<>(unread);
        all.addAll(problems);
        return new Told(more.toString(), said, alternatives, all, deviations);
    }

    boolean isCertain() {
        return unread.isEmpty();
    }

    /** By which two are compared. */
    String answer() {
        return said.compared();
    }

    ObjectNode json(String by) {
        ObjectNode tree = Json.object().put("by", by);
        said.into(tree, isCertain());
        tree.set("alternatives", Json.list(alternatives, one -> Json.object().put("text", one.toString())));
        tree.set("deviations", Json.list(deviations, PlanJson::deviation));
        tree.set("uncertain", Json.problems(unread));
        return tree;
    }
}
