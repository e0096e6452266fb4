package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a guard said about the fields of a plan. */
final class Verdicts {
    private static final Verdicts ALL = new Verdicts(null);

    private final FieldGuard.Verdict @Nullable [] verdicts;

    private Verdicts(FieldGuard.Verdict @Nullable [] verdicts) {
        this.verdicts = verdicts;
    }

    /**
     * Asks about each field.
     *
     * @throws Refusal if one of a mutation is refused: then nothing of it is done
     */
    static Verdicts of(Plan plan, FieldGuard guard, GraphCaller caller) throws Refusal {
        if (guard.equals(FieldGuard.OPEN)) {
            return ALL;
        }
        FieldGuard.Verdict[] verdicts = new FieldGuard.Verdict[plan.fields().size()];
        List<Fault> faults = new ArrayList<>();
        for (Pick pick : plan.fields()) {
            FieldGuard.Verdict verdict = verdict(pick, guard, caller);
            verdicts[pick.number()] = verdict;
            if (verdict != FieldGuard.Verdict.ALLOWED) {
                List<Object> path = plan.root(pick) ? List.of(pick.key()) : List.of();
                faults.add(Fault.of(code(verdict), message(verdict), pick.node().getSourceLocation(), path));
            }
        }
        if (plan.mutation() && !faults.isEmpty()) {
            throw new Refusal(faults);
        }
        return new Verdicts(verdicts);
    }

    private static FieldGuard.Verdict verdict(Pick pick, FieldGuard guard, GraphCaller caller) {
        if (pick.source() instanceof Source.TypeName) {
            return FieldGuard.Verdict.ALLOWED;
        } else if (pick.source() instanceof Source.Schema) {
            return guard.introspection(caller) ? FieldGuard.Verdict.ALLOWED : FieldGuard.Verdict.FORBIDDEN;
        }
        for (String owner : pick.owners()) {
            FieldGuard.Verdict verdict = guard.check(owner, pick.name(), caller);
            if (verdict != FieldGuard.Verdict.ALLOWED) {
                return verdict;
            }
        }
        return FieldGuard.Verdict.ALLOWED;
    }

    boolean allows(Pick pick) {
        return verdicts == null || verdicts[pick.number()] == FieldGuard.Verdict.ALLOWED;
    }

    void tell(Pick pick, Faults faults, Path path) {
        if (verdicts != null) {
            FieldGuard.Verdict verdict = verdicts[pick.number()];
            faults.add(code(verdict), message(verdict), pick, path);
        }
    }

    private static Code code(FieldGuard.Verdict verdict) {
        return verdict == FieldGuard.Verdict.UNAUTHENTICATED ? Code.UNAUTHENTICATED : Code.FORBIDDEN;
    }

    private static String message(FieldGuard.Verdict verdict) {
        return verdict == FieldGuard.Verdict.UNAUTHENTICATED
                ? "only those who say who they are may ask for this field"
                : "the caller may not ask for this field";
    }
}
