package dev.lintel.benchmarks.fleet;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What came of a run, against what the definition promises. */
final class FleetReport {
    private final List<Outcome> outcomes;
    private final Judge judge;
    private final Map<String, Long> moments;
    private final long retries;
    private boolean good = true;

    FleetReport(List<Outcome> outcomes, Judge judge, Map<String, Long> moments, long retries) {
        this.outcomes = outcomes;
        this.judge = judge;
        this.moments = moments;
        this.retries = retries;
    }

    /** Prints it, and answers whether every answer is explained and every bound is kept. */
    boolean print(PrintStream out) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Outcome outcome : outcomes) {
            Verdict verdict = judge.explain(outcome);
            counts.merge(verdict, 1L, Long::sum);
            if (verdict == Verdict.UNEXPLAINED && counts.getOrDefault(verdict, 0L) <= 10) {
                out.println("unexplained: " + outcome + ", seen: " + judge.seen(outcome.id()));
            }
        }
        out.println("| answers | how many |");
        out.println("|---|---|");
        for (Verdict verdict : Verdict.values()) {
            out.println("| " + verdict.words() + " | " + counts.getOrDefault(verdict, 0L) + " |");
        }
        out.println("| all | " + outcomes.size() + " |");
        out.println("| tries after the first | " + retries + " |");
        bound(out, "unexplained answers", counts.getOrDefault(Verdict.UNEXPLAINED, 0L), 0);
        bound(out, "failures without budget", counts.getOrDefault(Verdict.NO_BUDGET, 0L), outcomes.size() / 100.0);
        dead(out, counts.getOrDefault(Verdict.DEAD, 0L));
        shares(out);
        copies(out);
        ejection(out);
        return good;
    }

    private void bound(PrintStream out, String what, double is, double most) {
        boolean kept = is <= most;
        good &= kept;
        out.println(String.format(Locale.ROOT, "%s: %.2f, at most %.2f: %s", what, is, most, kept ? "kept" : "BROKEN"));
    }

    /** The model names a version for each request; the counts are exact but for requests that no origin saw. */
    private void shares(PrintStream out) {
        for (String version : List.of("v1", "v2")) {
            long expected = outcomes.stream()
                    .filter(one -> one.expected().equals(version))
                    .count();
            long unseen = outcomes.stream()
                    .filter(one -> one.expected().equals(version))
                    .filter(one -> judge.explain(one) == Verdict.NONE_LEFT || judge.explain(one) == Verdict.DEAD)
                    .count();
            long seen = judge.requests(version);
            out.println(version + ": " + expected + " requests by the model, seen by its origins " + seen);
            bound(out, "requests of " + version + " too many", (double) (seen - expected), 0);
            bound(
                    out,
                    "requests of " + version + " that nobody saw, unexplained",
                    (double) (expected - seen - unseen),
                    0);
        }
    }

    /** Each copy is drawn by itself: five standard deviations are allowed around a tenth. */
    private void copies(PrintStream out) {
        long copies = judge.requests(Fleet.MIRROR);
        double wanted = outcomes.size() / 10.0;
        double most = 5 * Math.sqrt(outcomes.size() * 0.1 * 0.9);
        bound(out, "copies, away from " + Math.round(wanted), Math.abs(copies - wanted), most);
        bound(out, "copies that came twice", judge.copiesAreSingle(Long.MAX_VALUE) ? 0 : 1, 0);
    }

    /**
     * A sick origin is out after five failures and those that were under way; it comes back with a sweep, after 2, 4, 6…
     * seconds, and goes out again.
     */
    private void ejection(PrintStream out) {
        Long from = moments.get("v1-b sick");
        Long to = moments.get("v1-b well");
        if (from != null && to != null) {
            bound(
                    out,
                    "tries that v1-b saw while it was sick",
                    (double) judge.seen("v1-b", from, to),
                    mostTries(from, to));
        }
    }

    /** A dead origin explains no more answers than it can have been tried for: it goes out like a sick one. */
    private void dead(PrintStream out, long answers) {
        Long from = moments.get(Fleet.KILLED);
        long last = outcomes.stream().mapToLong(Outcome::micros).max().orElse(0);
        bound(out, "failures because of the dead origin", (double) answers, from == null ? 0 : mostTries(from, last));
    }

    /** How many tries an origin gets between two moments, if each of them fails. */
    private static double mostTries(long from, long to) {
        double seconds = (to - from) / 1e6;
        int rounds = 1;
        for (double passed = 2; passed < seconds; passed += 2.0 * rounds) {
            rounds++;
        }
        return rounds * (5.0 + Callers.AT_ONCE);
    }
}
