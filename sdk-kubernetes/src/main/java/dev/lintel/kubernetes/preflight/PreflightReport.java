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
}
