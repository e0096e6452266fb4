package dev.lintel.benchmarks.tokens;

import java.util.Arrays;
import java.util.Locale;

/** What many callers at once cost. */
record HerdRow(String contender, Column column, int callers, int requests, int errors, double median, double slowest) {
    static final String HEAD = "| contender | column | callers | requests | errors | p50 ms | p99 ms |\n"
            + "|---|---|---|---|---|---|---|";

    /**
     * From what was measured.
     *
     * @param nanos how long each caller waited
     */
    static HerdRow of(String contender, Column column, int requests, int errors, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new HerdRow(
                contender, column, nanos.length, requests, errors, millis(sorted, 0.5), millis(sorted, 0.99));
    }

    private static double millis(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %.1f | %.1f |",
                contender,
                column.title(),
                callers,
                requests,
                errors,
                median,
                slowest);
    }
}
