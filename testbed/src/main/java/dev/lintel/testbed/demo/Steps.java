package dev.lintel.testbed.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/** What is shown, a line each, with the seconds since the start; it counts what was not as it should be. */
final class Steps {
    private final PrintStream out;
    private final InstantSource clock;
    private final Instant started;
    private int wrong;

    Steps(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** The next part of the story. */
    void begin(String what) {
        out.printf("[%3ds] %s%n", Duration.between(started, clock.instant()).toSeconds(), what);
    }

    /** More about it, line by line. */
    void tell(String text) {
        text.lines().forEach(line -> out.println("         " + line));
    }

    /** What was asked, and what came of it. */
    void check(String what, Object came, Object... good) {
        boolean right = Arrays.asList(good).contains(came);
        wrong += right ? 0 : 1;
        tell(what + ": " + came + (right ? "" : "   <- WRONG, not " + Arrays.toString(good)));
    }

    /** How many went where, and how many of those that are asked about there should be. */
    void share(Map<String, Integer> counts, String of, int least, int most) {
        int there = counts.getOrDefault(of, 0);
        boolean right = there >= least && there <= most;
        wrong += right ? 0 : 1;
        tell(counts + (right ? "" : "   <- WRONG, " + of + " not between " + least + " and " + most));
    }

    /** How many were not as they should be. */
    int wrong() {
        return wrong;
    }
}
