package dev.lintel.mesh.target;

import dev.lintel.core.Problem;
import java.util.List;

/**
 * Whether a directory holds what would be written, for a build that must fail where it does not.
 *
 * @param problems what keeps it from being written or understood
 * @param differences one for each file that would change, sorted by path
 */
public record DirectoryCheck(List<Problem> problems, List<Difference> differences) {
    /** Keeps the lists unchangeable. */
    public DirectoryCheck {
        problems = List.copyOf(problems);
        differences = List.copyOf(differences);
    }

    /**
     * One file.
     *
     * @param file below the directory, with slashes
     * @param diff a unified diff with both names, from what is there to what would be
     */
    public record Difference(String file, String diff) {}

    /**
     * Whether nothing would change.
     *
     * @return true if there are neither problems nor differences
     */
    public boolean isClean() {
        return problems.isEmpty() && differences.isEmpty();
    }

    /**
     * What a command would answer.
     *
     * @return 0 if nothing would change, 1 for differences, 2 for problems
     */
    public int exitCode() {
        return problems.isEmpty() ? differences.isEmpty() ? 0 : 1 : 2;
    }

    /**
     * All of it for people and for {@code patch}.
     *
     * @return problems, then diffs; the empty text if nothing would change
     */
    public String render() {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem.render()).append('\n'));
        differences.forEach(difference -> text.append(difference.diff()));
        return text.toString();
    }
}
