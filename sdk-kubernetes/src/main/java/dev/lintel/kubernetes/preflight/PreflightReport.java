package dev.lintel.kubernetes.preflight;

import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a preflight found, all at once.
 *
 * @param problems what would make objects mean something else than they are meant to
 * @param warnings what should be known, and what could not be looked at
 * @param judged codes of the prerequisites of dialects that were looked at: each of them is met, or told here with the
 *     difference
 */
public record PreflightReport(List<Problem> problems, List<Problem> warnings, Set<String> judged) {
    /** Keeps the lists unchangeable. */
    public PreflightReport {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        judged = Collections.unmodifiableSet(new LinkedHashSet<>(judged));
    }

    /**
     * The prerequisites that nobody has looked at.
     *
     * @param prerequisites what a dialect says must be so
     * @return those that are still to be told
     */
    public List<Problem> unjudged(Collection<Problem> prerequisites) {
        return prerequisites.stream()
                .filter(each -> !judged.contains(each.code()))
                .toList();
    }

    /**
     * The same with more problems.
     *
     * @param more come first
     * @return a new report
     */
    public PreflightReport with(Collection<Problem> more) {
        List<Problem> all = new ArrayList<>(more);
        all.addAll(problems);
        return new PreflightReport(all, warnings, judged);
    }

    /**
     * The report as people read it, like a plan.
     *
     * @return problems and warnings, numbered, each with its way out, then how many there are; it ends with a line feed
     */
    public String render() {
        StringBuilder text = new StringBuilder();
        numbered("problems", problems, text);
        numbered("warnings", warnings, text);
        return text.append(problems.isEmpty() ? "nothing stands against it" : count(problems.size(), "problem"))
                .append(warnings.isEmpty() ? "" : ", " + count(warnings.size(), "warning"))
                .append('\n')
                .toString();
    }

    private static void numbered(String title, List<Problem> some, StringBuilder text) {
        text.append(some.isEmpty() ? "" : title + ":\n");
        for (int i = 0; i < some.size(); i++) {
            ("(" + (i + 1) + ") " + some.get(i).render())
                    .lines()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    @Override
    public String toString() {
        return render();
    }
}
