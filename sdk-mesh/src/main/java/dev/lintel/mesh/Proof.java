package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
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
    private final MeshModel model;
    private final Verification verification;
    private List<Problem> found = List.of();

    /**
     * Gets ready before anything is written.
     *
     * @param before what is in force, as far as it can be read
     * @param now what will be, read in the same way
     * @param model what is to be in force
     * @param objects that change
     * @throws ProblemsException if there are no tokens, though there should be
     */
    Proof(
            String where,
            Dialect dialect,
            Probes probes,
            MeshModel before,
            MeshModel now,
            MeshModel model,
            List<Manifest> objects) {
        this.where = where;
        this.dialect = dialect;
        this.probes = probes;
        this.model = model;
        this.verification = ready(where, dialect, probes, before, now, model, objects);
    }

    /** What a source of tokens throws may hold secrets: only its kind is told. */
    private static Verification ready(
            String where,
            Dialect dialect,
            Probes probes,
            MeshModel before,
            MeshModel now,
            MeshModel model,
            List<Manifest> objects) {
        try {
            return new Verification(probes, dialect, before, now, model, objects);
        } catch (RuntimeException e) {
            ProblemsException failed = new ProblemsException(
                    where,
                    List.of(new Problem(
                            "verify.tokens",
                            where,
                            "could not be verified, because the tokens for it cannot be had ("
                                    + e.getClass().getSimpleName() + "); nothing was written",
                            "see that the issuer answers, or leave out tokens(…)",
                            Origin.unknown())));
            failed.initCause(e);
            throw failed;
        }
    }

    /**
     * Looks before anything is written whether there will be an answer.
     *
     * @param now what is in force, as far as it can be read
     * @throws ProblemsException if the gateway does not answer
     */
    static void requireAnswer(String where, Probes probes, MeshModel now) {
        Verification.unreachable(probes, now).ifPresent(problem -> {
            throw new ProblemsException(where, List.of(problem));
        });
    }

    /** Looks, and keeps what it finds. */
    boolean holds(List<Manifest> written) {
        found = verification.look(written);
        return found.isEmpty();
    }

    /** What has changed and could not be shown to be in force. */
    List<Problem> unproven() {
        return verification.unproven();
    }

    /** What is known of an apply that was cut off after it was looked at. */
    RuntimeException cutOff(RuntimeException e) {
        if (found.isEmpty()) {
            return e;
        }
        NotInForceException failed = new NotInForceException(
                where,
                found,
                List.of(problem(
                        "verify.kept",
                        "stays as it is written, because writing was cut off: " + e.getMessage(),
                        "plan again, or go back by lastUndo()")),
                false);
        failed.initCause(e);
        return failed;
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
        try {
            told.addAll(others.get().opened());
        } catch (RuntimeException e) {
            told.add(problem(
                    "verify.others",
                    "has objects of others perhaps that open it, which cannot be read: " + e.getMessage(),
                    "look at them yourself, or plan again"));
        }
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
        List<Problem> exposed = probes.widening() == null ? exposed(undo) : new ArrayList<>();
        if (!exposed.isEmpty()) {
            exposed.add(
                    kept("stays as it is written, because going back would let in again what the apply has shut out"));
            throw new NotInForceException(where, told, exposed, false);
        }
        throw back(undo, told);
    }

    /** What the apply has taken out: a plan calls it new, and new things widen nothing, but nobody wants it back by itself. */
    private List<Problem> exposed(Undo undo) {
        List<Problem> exposed = new ArrayList<>();
        MeshModel old;
        try {
            old = undo.plan().desired();
        } catch (RuntimeException e) {
            exposed.add(problem(
                    "verify.exposes",
                    "is not taken back, because what that would expose cannot be read: " + e.getMessage(),
                    "go back by lastUndo() when it can"));
            return exposed;
        }
        for (ApiModel api : old.apis()) {
            List<String> hosts = new ArrayList<>(api.entry().hosts());
            model.api(api.id()).ifPresent(now -> hosts.removeAll(now.entry().hosts()));
            if (!hosts.isEmpty()) {
                exposed.add(exposes(
                        "would be exposed again by going back: " + api.id() + " at " + String.join(", ", hosts)));
            }
        }
        List<EgressRule> gone = new ArrayList<>(old.egress());
        gone.removeAll(model.egress());
        gone.forEach(
                rule -> exposed.add(exposes("would let out again by going back what " + rule.id() + " said before")));
        return exposed;
    }

    private Problem exposes(String message) {
        return problem(
                "verify.exposes",
                message,
                "if that is meant, say lastUndo().orElseThrow().allowWidening(\"reason\").rollback()");
    }

    private NotInForceException back(Undo undo, List<Problem> told) {
        String reason = probes.widening();
        Plan back;
        try {
            back = (reason == null ? undo : undo.allowWidening(reason)).rollback();
        } catch (ProblemsException e) {
            List<Problem> outcome = new ArrayList<>(e.problems());
            outcome.add(kept("stays as it is written, because it could not be taken back"));
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
        return new NotInForceException(where, told, proven(back), true);
    }

    private List<Problem> proven(Plan back) {
        List<Problem> then = Verification.back(probes, dialect, model, back.desired())
                .look(dialect.write(back.desired()).manifests());
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

    private Problem kept(String message) {
        return problem("verify.kept", message, "mend what is not in force and apply again, or go back by lastUndo()");
    }

    private Problem problem(String code, String message, String hint) {
        return new Problem(code, where, message, hint, Origin.unknown());
    }
}
