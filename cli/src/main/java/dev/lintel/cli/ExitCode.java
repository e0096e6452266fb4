package dev.lintel.cli;

import dev.lintel.core.Problem;
import java.util.List;

/** What a run ends with; {@code docs/command-line.md} says it to users. */
final class ExitCode {
    /** Done, or nothing to do. */
    static final int OK = 0;
    /** There are problems; nothing was changed. */
    static final int PROBLEMS = 1;
    /** Something is not as the definitions say: what differs, or what was written and is not in force. */
    static final int CHANGES = 2;
    /** The command line itself is wrong (sysexits: EX_USAGE). */
    static final int USAGE = 64;
    /** The cluster gave no answer, or stopped it in the middle; what was asked may have happened (EX_UNAVAILABLE). */
    static final int UNAVAILABLE = 69;
    /** A mistake of ours (EX_SOFTWARE). */
    static final int MISTAKE = 70;

    /** The account lacks rights, or is none; nothing was changed that is not told (EX_NOPERM). */
    static final int NO_RIGHTS = 77;

    private static final String FORBIDDEN = "cluster.forbidden";

    private ExitCode() {}

    /** The code of some problems: where all of them are of rights, whoever gives these has nothing else to mend. */
    static int of(List<Problem> problems) {
        if (problems.isEmpty()) {
            return OK;
        }
        return problems.stream().allMatch(problem -> problem.code().equals(FORBIDDEN)) ? NO_RIGHTS : PROBLEMS;
    }
}
