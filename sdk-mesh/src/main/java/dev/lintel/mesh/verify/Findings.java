package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.verify.Rounds.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What probes have seen, as problems: what is open first. */
final class Findings {
    private static final int MOST_TOLD = 20;

    private final int all;
    private final Blame blame;

    /**
     * Of some probes.
     *
     * @param all how many there are
     * @param blame which objects are not in force
     */
    Findings(int all, Blame blame) {
        this.all = all;
        this.blame = blame;
    }

    /** That probes agree now and then. */
    static Problem unsteady(int agreed, int rounds, int sent) {
        return problem(
                "verify.differs",
                "all APIs",
                "probes agreed in " + agreed + " of " + rounds + " rounds in a row when " + sent
                        + " requests had been sent",
                "ask by fewer probes");
    }

    /** What was known when asking ended before its time. */
    List<Problem> broken(Seen seen, RuntimeException e) {
        List<Problem> problems = new ArrayList<>(seen.isGood() ? List.of() : of(seen));
        problems.add(problem(
                "verify.broken",
                "all APIs",
                "asking was cut off by " + e.getClass().getSimpleName() + "; what is not told here is not known",
                "see what throws it, who is told by telling(…) above all"));
        return problems;
    }

    /** What is not in force; empty if all is. */
    List<Problem> of(Seen seen) {
        List<Problem> problems = new ArrayList<>();
        if (seen.isUnanswered(all)) {
            ProbeAnswer first = seen.wrong().values().iterator().next();
            problems.add(problem(
                    "verify.unanswered",
                    "the gateway",
                    "answered none of " + all + (all == 1 ? " probe: " : " probes: ") + first.words()
                            + "; whether anything is in force is not known",
                    "see that this is where it listens, and that it can be reached from here"));
            return problems;
        }
        seen.wrong().entrySet().stream()
                .sorted(Comparator.comparing(each -> !each.getKey().isOpen(each.getValue())))
                .limit(MOST_TOLD)
                .forEach(each -> problems.add(problem(each.getKey(), each.getValue())));
        if (seen.wrong().size() > MOST_TOLD) {
            problems.add(problem(
                    "verify.differs",
                    "all APIs",
                    (seen.wrong().size() - MOST_TOLD) + " more probes disagree",
                    "mend these first"));
        }
        if (!seen.unasked().isEmpty()) {
            problems.add(problem(
                    "verify.incomplete",
                    "all APIs",
                    seen.unasked().size() + " of " + all
                            + " probes were not asked, because the gateway gave no answer any more:"
                            + " whether they agree is not known",
                    "see that the gateway answers, or ask by fewer probes"));
        }
        seen.rejected().stream()
                .limit(MOST_TOLD)
                .forEach(each -> problems.add(problem(
                        "verify.rejected",
                        "proxy " + each.proxy(),
                        "has rejected a " + each.what() + " and goes on with what it had before: " + each.text(),
                        "see which object makes it, an EnvoyFilter above all")));
        if (seen.unknown() != null) {
            problems.add(problem(
                    "verify.unasked",
                    "proxies",
                    "whether one of them has rejected something could not be found out: " + seen.unknown(),
                    "see that istiod answers there, or leave out rejections(…)"));
        }
        return problems;
    }

    private Problem problem(Probe probe, ProbeAnswer answer) {
        List<String> objects = blame.of(probe);
        boolean open = probe.isOpen(answer);
        return new Problem(
                open ? "verify.open" : "verify.differs",
                probe.api(),
                probe + " " + probe.should() + ", but was answered " + answer.words() + (open ? ": it is open" : "")
                        + (objects.isEmpty() ? "" : "; not in force is " + String.join(", ", objects)),
                "see whether these objects are there and as written, what others put beside them, and whether proxies take them",
                probe.origin());
    }

    private static Problem problem(String code, String path, String message, String hint) {
        return new Problem(code, path, message, hint, Origin.unknown());
    }
}
