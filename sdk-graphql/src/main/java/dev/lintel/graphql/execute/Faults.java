package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.util.ArrayList;
import java.util.List;

/** Errors of an answer: the first hundred. */
final class Faults {
    private static final int MOST = 100;

    private final List<Fault> all = new ArrayList<>();
    private final FieldGuard.Verdict[] verdicts;

    Faults(FieldGuard.Verdict[] verdicts) {
        this.verdicts = verdicts;
    }

    void add(Code code, String message, Pick pick, Path path) {
        if (all.size() < MOST) {
            all.add(Fault.of(code, message, pick.node().getSourceLocation(), path.copy()));
        }
    }

    void add(UpstreamProblem problem, Pick pick, List<Object> path) {
        if (all.size() < MOST) {
            all.add(new Fault(problem.message(), pick.node().getSourceLocation(), path, problem.extensions()));
        }
    }

    void refused(Pick pick, Path path) {
        boolean unknown = verdicts[pick.number()] == FieldGuard.Verdict.UNAUTHENTICATED;
        add(unknown ? Code.UNAUTHENTICATED : Code.FORBIDDEN, Refusal.word(unknown), pick, path);
    }

    List<Fault> all() {
        return all;
    }
}
