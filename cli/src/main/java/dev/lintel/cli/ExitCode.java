package dev.lintel.cli;

/** What a run ends with; {@code docs/command-line.md} says it to users. */
final class ExitCode {
    /** Done, or nothing to do. */
    static final int OK = 0;
    /** There are problems; nothing was changed. */
    static final int PROBLEMS = 1;
    /** Something is not as the definitions say. */
    static final int CHANGES = 2;
    /** The command line itself is wrong (sysexits: EX_USAGE). */
    static final int USAGE = 64;
    /** The cluster gave no answer, or stopped it in the middle; what was asked may have happened (EX_UNAVAILABLE). */
    static final int UNAVAILABLE = 69;
    /** A mistake of ours (EX_SOFTWARE). */
    static final int MISTAKE = 70;

    private ExitCode() {}
}
