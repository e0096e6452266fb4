package dev.lintel.kubernetes;

import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Undo;
import dev.lintel.kubernetes.ApplyJournal.Said;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One apply or its way back, from the lease to the last note: the lease is taken, the journal begun, and for each step the
 * lease is renewed first and the step noted afterwards. Who fails between lets the lease go, and leaves the journal as it is.
 */
final class Applying implements AutoCloseable {
    private static final int FORBIDDEN = 403;

    private final ApplyLease lease;
    private final ApplyJournal journal;
    private final int steps;
    private Said said;
    private int done;

    private Applying(ApplyLease lease, ApplyJournal journal, int steps, Said said) {
        this.lease = lease;
        this.journal = journal;
        this.steps = steps;
        this.said = said;
    }

    /** The parts of an apply that do not change with it. */
    record Tools(Transport transport, Json json, ApplySettings settings, JournalPlace place) {
        ApplyJournal journal() {
            return new ApplyJournal(transport, json, place);
        }

        /** Whether the journal tells of nothing that is under way, as far as it may be read. */
        boolean isClosed() {
            try {
                return journal().read().filter(Said::isOpen).isEmpty();
            } catch (RefusedException e) {
                if (e.status() != FORBIDDEN) {
                    throw e;
                }
                return true;
            }
        }
    }

    /**
     * What is begun.
     *
     * @param base the state of the world before it
     * @param entries what it changes
     * @param steps how many there are
     * @param undoes the apply that is undone; null for one that goes forwards
     */
    record Task(
            String base,
            List<JournalEntry> entries,
            int steps,
            @Nullable String undoes) {}

    /**
     * Looks at the world once nobody else of us may change it.
     */
    interface Look {
        /**
         * Throws unless the world is what the steps were made for.
         *
         * @param there what the journal tells of an apply before
         * @return what somebody else had made of that which this one was making, by {@link JournalEntry#key}
         */
        Set<String> look(Optional<Said> there);
    }

    /** Takes the lease, looks at the world and begins the journal. */
    static Applying begin(Tools tools, Task task, Look look) {
        String token = tools.settings().token().get();
        String holder = tools.settings().by() + " " + token;
        ApplyLease lease = ApplyLease.take(tools, holder);
        boolean begun = false;
        try {
            ApplyJournal journal = tools.journal();
            Optional<Said> there = journal.read();
            Set<String> others = look.look(there);
            Said said = said(tools, task, there.map(each -> each.settled(others)), token, holder);
            Applying applying = new Applying(lease, journal, task.steps(), journal.begin(said));
            begun = true;
            return applying;
        } finally {
            if (!begun) {
                lease.close();
            }
        }
    }

    private static Said said(Tools tools, Task task, Optional<Said> there, String token, String holder) {
        String version = there.map(Said::version).orElse("");
        String began = tools.settings().clock().instant().toString();
        if (task.undoes() != null) {
            if (there.isEmpty() || !there.get().apply().equals(task.undoes())) {
                throw new ProblemsException(
                        "the way back of an apply",
                        List.of(Undo.moved("ConfigMap " + tools.place(), "tells of a later apply")));
            }
            return new Said(
                    version,
                    ApplyJournal.ROLLING_BACK,
                    task.undoes(),
                    holder,
                    began,
                    there.get().base(),
                    step(0, task.steps(), ""),
                    0,
                    together(there.get(), task));
        }
        boolean goesOn = there.isPresent() && there.get().isOpen();
        return new Said(
                version,
                ApplyJournal.APPLYING,
                token,
                holder,
                began,
                goesOn ? there.get().base() : task.base(),
                step(0, task.steps(), ""),
                0,
                goesOn ? together(there.get(), task) : task.entries());
    }

    /** What was there before the first of them comes back; where that is not known, nothing is said to. */
    private static @Nullable List<JournalEntry> together(Said there, Task task) {
        return there.entries() == null ? null : JournalEntry.together(there.entries(), task.entries());
    }

    private static String step(int done, int of, String label) {
        return done + " of " + of + (label.isEmpty() ? "" : ", " + label);
    }

    /**
     * Does one step, and notes it.
     *
     * @param label for people
     * @param write what is done
     * @return what came of it
     * @throws LeaseLostException before it is done, if somebody else is applying
     */
    <T> T step(String label, Supplier<T> write) {
        lease.check(label);
        T outcome = write.get();
        done++;
        said = journal.note(said.now(said.state(), step(done, steps, label), done));
        return outcome;
    }

    /** What the journal says now. */
    Said said() {
        return said;
    }

    /**
     * Notes that all is done.
     *
     * @return what the journal says
     */
    Said end() {
        lease.check("the end");
        said = journal.note(said.now(
                said.state().equals(ApplyJournal.ROLLING_BACK) ? ApplyJournal.ROLLED_BACK : ApplyJournal.APPLIED,
                said.step(),
                done));
        return said;
    }

    @Override
    public void close() {
        lease.close();
    }
}
