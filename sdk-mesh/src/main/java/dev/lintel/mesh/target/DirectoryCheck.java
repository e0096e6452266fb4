package dev.lintel.mesh.target;

import dev.lintel.core.Problem;
import java.util.List;
import java.util.Objects;

/**
 * Whether a directory holds what would be written, for a build that must fail where it does not.
 *
 * @param directory the name of the directory, for people
 * @param objects how many objects are to be there
 * @param problems what keeps it from being written, read or understood
 * @param differences one for each file that would change, sorted by path
 * @param warnings what the directory as it is lets through and the definitions refuse, and what others have in it that
 *     opens what ours close
 */
public record DirectoryCheck(
        String directory, int objects, List<Problem> problems, List<Difference> differences, List<Problem> warnings) {
    /** Keeps the lists unchangeable. */
    public DirectoryCheck {
        Objects.requireNonNull(directory, "directory");
        problems = List.copyOf(problems);
        differences = List.copyOf(differences);
        warnings = List.copyOf(warnings);
    }

    /**
     * One file.
     *
     * @param file below the directory, with slashes
     * @param diff a unified diff with both names, from what is there to what would be
     */
    public record Difference(String file, String diff) {}

    static DirectoryCheck refused(String directory, List<Problem> problems) {
        return new DirectoryCheck(directory, 0, problems, List.of(), List.of());
    }

    /**
     * Whether nothing would change.
     *
     * @return true if there are neither problems nor differences; there may be warnings
     */
    public boolean isClean() {
        return problems.isEmpty() && differences.isEmpty();
    }

    /**
     * What a command would answer, as {@code diff} does.
     *
     * @return 0 if nothing would change, 1 for differences, 2 for problems, a directory that cannot be read among them
     */
    public int exitCode() {
        return problems.isEmpty() ? differences.isEmpty() ? 0 : 1 : 2;
    }

    /**
     * All of it for people and for {@code patch}.
     *
     * @return problems, then diffs, or one line that says that nothing would change; then warnings
     */
    public String render() {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(problem.render()).append('\n'));
        differences.forEach(difference -> text.append(difference.diff()));
        if (isClean()) {
            text.append(directory)
                    .append(" is as it would be written, with ")
                    .append(objects)
                    .append(objects == 1 ? " object\n" : " objects\n");
        }
        warnings.forEach(
                warning -> text.append("warning ").append(warning.render()).append('\n'));
        return text.toString();
    }
}
