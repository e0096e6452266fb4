package dev.lintel.cli;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.LeaseLostException;
import dev.lintel.kubernetes.RefusedException;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.kubernetes.UnsettledException;
import dev.lintel.mesh.verify.NotInForceException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What went wrong, as a problem in place of an exception.
 *
 * @param problems what and where, and the way out
 * @param exitCode the code of it
 */
record Failure(List<Problem> problems, int exitCode) {
    /**
     * What an exception means.
     *
     * @throws UsageException if it is one, which is told as such
     */
    static Failure of(RuntimeException e) {
        if (e instanceof UsageException usage) {
            throw usage;
        }
        if (e instanceof ProblemsException problems) {
            return new Failure(problems.problems(), ExitCode.of(problems.problems()));
        }
        if (e instanceof UnreachableException) {
            return unavailable("cli.unreachable", e, "see that the apiserver answers, then plan again");
        }
        if (e instanceof RefusedException refused && refused.isOfRights()) {
            return new Failure(
                    List.of(problem(
                            "cli.forbidden",
                            "the cluster",
                            message(e),
                            "'lintel rights' prints the Roles that the account needs; then plan again: what was done before"
                                    + " stays")),
                    ExitCode.NO_RIGHTS);
        }
        if (e instanceof RefusedException) {
            return unavailable("cli.refused", e, "read its words, then plan again: what was done before stays");
        }
        if (e instanceof LeaseLostException) {
            return unavailable("cli.lease", e, "see who applies, then plan again");
        }
        if (e instanceof UnsettledException unsettled) {
            return new Failure(unsettled.problems(), ExitCode.UNAVAILABLE);
        }
        if (e instanceof NotInForceException open) {
            return new Failure(open.problems(), ExitCode.CHANGES);
        }
        if (e instanceof UncheckedIOException) {
            return new Failure(
                    List.of(problem("cli.io", "files", message(e), "see to it, and try again")), ExitCode.PROBLEMS);
        }
        return new Failure(
                List.of(problem(
                        "cli.mistake",
                        "lintel",
                        "stopped at what it does not expect: " + e.getClass().getSimpleName() + ": " + message(e),
                        "tell us, with the command and the definitions; nothing more was done")),
                ExitCode.MISTAKE);
    }

    private static Failure unavailable(String code, RuntimeException e, String hint) {
        return new Failure(List.of(problem(code, "the cluster", message(e), hint)), ExitCode.UNAVAILABLE);
    }

    private static Problem problem(String code, String path, String message, String hint) {
        return new Problem(code, path, message, hint, Origin.unknown());
    }

    private static String message(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return message.length() <= Json.LONGEST ? message : message.substring(0, Json.LONGEST) + "...";
    }
}
