package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Target.Others;
import dev.lintel.mesh.verify.NotInForceException;
import dev.lintel.mesh.verify.Probes;
import dev.lintel.mesh.verify.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether one apply is in force, and what becomes of it if it is not. */
final class Proof {
    private final String where;
    private final Dialect dialect;
    private final Probes probes;
    private List<Problem> found = List.of();

    Proof(String where, Dialect dialect, Probes probes) {
        this.where = where;
        this.dialect = dialect;
        this.probes = probes;
    }

    /**
     * Looks before anything is written whether there will be an answer.
     *
     * @param now what is in force, as far as it can be read
     * @throws ProblemsException if the gateway does not answer
     */
    void requireAnswer(MeshModel now) {
        new Verification(probes, dialect).unreachable(now).ifPresent(problem -> {
            throw new ProblemsException(where, List.of(problem));
        });
    }

    /** Looks, and keeps what it finds. */
    boolean holds(MeshModel model, List<Manifest> written) {
        found = new Verification(probes, dialect).look(model, written);
        return found.isEmpty();
    }

    /**
     * Takes an apply back that does not hold, unless it is to be left.
     *
     * @param undo its way back
     * @param others what objects of others do to it
     * @throws NotInForceException if it does not hold, whatever became of it
     */
    void require(Undo undo, Supplier<Others> others) {
        if (found.isEmpty()) {
            return;
        }
        List<Problem> told = new ArrayList<>(found);
        told.addAll(others.get().opened());
        if (probes.isKeeping()) {
            throw new NotInForceException(
                    where,
                    told,
                    List.of(problem(
                            "verify.kept",
                            "stays as it is written, as was said",
                            "apply again when it is mended, or go back by lastUndo()")),
                    false);
        }
        throw back(undo, told);
    }

    private NotInForceException back(Undo undo, List<Problem> told) {
        String reason = probes.widening();
        try {
            Plan back = (reason == null ? undo : undo.allowWidening(reason)).rollback();
            return new NotInForceException(where, told, proven(back), true);
        } catch (ProblemsException e) {
            List<Problem> outcome = new ArrayList<>(e.problems());
            outcome.add(problem(
                    "verify.kept",
                    "stays as it is written, because it could not be taken back",
                    "mend what is not in force and apply again, or go back by lastUndo()"));
            return new NotInForceException(where, told, outcome, false);
        } catch (RuntimeException e) {
            NotInForceException failed = new NotInForceException(
                    where,
                    told,
                    List.of(problem(
                            "verify.kept",
                            "was not taken back to the end: " + e.getMessage(),
                            "go back by lastUndo(), which goes on")),
                    false);
            failed.initCause(e);
            return failed;
        }
    }

    private List<Problem> proven(Plan back) {
        List<Problem> then = new Verification(probes, dialect)
                .look(back.desired(), dialect.write(back.desired()).manifests());
        List<Problem> outcome = new ArrayList<>();
        outcome.add(problem(
                "verify.rolled-back",
                then.isEmpty()
                        ? "was taken back: it is what it was before the apply, and probes agree with that"
                        : "was taken back: objects are what they were before the apply, but probes do not agree with them",
                "mend what was not in force, and plan again"));
        outcome.addAll(then);
        return outcome;
    }

    /**
     * After a way back there is none further.
     *
     * @throws NotInForceException if something is not in force
     */
    static void requireBack(String where, List<Problem> found) {
        if (!found.isEmpty()) {
            throw new NotInForceException(
                    where,
                    found,
                    List.of(new Problem(
                            "verify.kept",
                            where,
                            "was taken back: objects are what they were before the apply, but probes do not agree with them",
                            "see what is not in force, and plan the definitions that are to hold",
                            Origin.unknown())),
                    false);
        }
    }

    private Problem problem(String code, String message, String hint) {
        return new Problem(code, where, message, hint, Origin.unknown());
    }
}
