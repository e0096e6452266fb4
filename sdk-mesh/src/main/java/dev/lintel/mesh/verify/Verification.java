package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.verify.Rounds.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks by probes whether what was written is in force, again and again until it is, or nothing changes any more. Probes and
 * their tokens are made before anything is written.
 */
public final class Verification {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_SENT = 100_000;
    /** Answers that change all the time are not waited for longer than so many times the limit. */
    private static final int PATIENCE = 10;
    /** A gateway keeps connections on which the rules of before are asked once more; each round uses some of them up. */
    private static final int ROUNDS = 5;
    /** Tokens that are older are asked for again. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final int MOST_TOLD = 20;

    private final Probes probes;
    private final Dialect dialect;
    private final MeshModel model;
    private final Statements statements;
    private final List<Problem> unproven = new ArrayList<>();
    private ProbeWriter writer;
    private List<Probe> all;
    private long written;

    /**
     * Of one change.
     *
     * @param probes how it is looked
     * @param dialect in which it is written
     * @param before what is in force before it, as it is read
     * @param now what will be, read in the same way
     * @param model what is to be in force
     * @throws RuntimeException what {@link ProbeTokens} throws
     */
    public Verification(Probes probes, Dialect dialect, MeshModel before, MeshModel now, MeshModel model) {
        this(probes, dialect, before, now, model, List.of());
    }

    /**
     * Of one change, with the objects that say it: those of which no model tells that they change are told as not proven.
     *
     * @param probes how it is looked
     * @param dialect in which it is written
     * @param before what is in force before it, as it is read
     * @param now what will be, read in the same way
     * @param model what is to be in force
     * @param objects that are made, changed or deleted
     * @throws RuntimeException what {@link ProbeTokens} throws
     */
    public Verification(
            Probes probes, Dialect dialect, MeshModel before, MeshModel now, MeshModel model, List<Manifest> objects) {
        this.probes = probes;
        this.dialect = dialect;
        this.model = model;
        this.statements = Statements.of(before, now, objects);
        this.writer = new ProbeWriter(model, statements, probes);
        this.all = writer.write();
        this.written = probes.pace.nanos();
    }

    /**
     * Of a way back, which is looked at without tokens where there are none.
     *
     * @param probes how it is looked
     * @param dialect in which it is written
     * @param before what is in force before it
     * @param model what is to be in force again
     * @return the value
     */
    public static Verification back(Probes probes, Dialect dialect, MeshModel before, MeshModel model) {
        try {
            return new Verification(probes, dialect, before, model, model);
        } catch (RuntimeException e) {
            probes.told.accept("tokens cannot be had (" + e.getClass().getSimpleName()
                    + "): the way back is looked at without them");
            return new Verification(probes.tokens(ProbeTokens.NONE), dialect, before, model, model);
        }
    }

    /**
     * Asks once, before anything is written, whether the gateway answers at all: by a probe of what is in force, because a gateway
     * that serves nothing yet may not listen.
     *
     * @param probes how it is asked
     * @param now what is in force
     * @return that it does not answer; empty if it does, or if nothing is there that could be asked
     */
    public static Optional<Problem> unreachable(Probes probes, MeshModel now) {
        return new ProbeWriter(now, Statements.NONE, probes.tokens(ProbeTokens.NONE))
                .write().stream()
                        .filter(probe -> !probe.isOfNoHost())
                        .findFirst()
                        .map(probe -> probes.path.send(probe.request()))
                        .filter(answer -> answer.status() == 0)
                        .map(answer -> new Problem(
                                "verify.unreachable",
                                "the gateway",
                                "does not answer for what is in force now, so that nothing could be verified: "
                                        + answer.words() + "; nothing was written",
                                "see that this is where it listens, and that it can be reached from here; or apply without"
                                        + " verifiedBy(…)",
                                Origin.unknown()));
    }

    /**
     * Looks, until all is as it should be in five rounds of all probes in a row, or nothing changes any more.
     *
     * @param objects all that say it
     * @return what is not in force, what is open first; empty if all agrees
     */
    public List<Problem> look(List<Manifest> objects) {
        refresh();
        Rounds rounds =
                new Rounds(probes, objects.stream().map(Manifest::namespace).collect(Collectors.toSet()));
        Findings findings = new Findings(all.size(), new Blame(dialect, model, objects));
        try {
            return look(rounds, findings);
        } catch (RuntimeException e) {
            return findings.broken(rounds.last(), e);
        }
    }

    /**
     * What is new, and was shown by no probe, after {@link #look}.
     *
     * @return problems with the code {@code verify.unproven}; empty if all that changed is in force
     */
    public List<Problem> unproven() {
        return List.copyOf(unproven);
    }

    /** An apply may take longer than tokens are good for; whose issuer is gone by now has those of before. */
    private void refresh() {
        if (FRESH.compareTo(Duration.ofNanos(probes.pace.nanos() - written)) < 0) {
            try {
                ProbeWriter fresh = new ProbeWriter(model, statements, probes);
                all = fresh.write();
                writer = fresh;
                written = probes.pace.nanos();
            } catch (RuntimeException e) {
                probes.told.accept("tokens could not be had once more ("
                        + e.getClass().getSimpleName() + "): probes are sent with those of before");
            }
        }
    }

    private List<Problem> look(Rounds rounds, Findings findings) {
        probes.told.accept("verifying by " + counted(all.size(), "probe"));
        writer.left().forEach(each -> probes.told.accept("not verified: " + each));
        long start = probes.pace.nanos();
        long changed = start;
        Duration pause = FIRST;
        List<Probe> asked = all;
        int agreed = 0;
        while (true) {
            Seen before = rounds.last();
            Seen seen = rounds.ask(asked);
            if (seen.isGood()) {
                agreed = asked.size() == all.size() ? agreed + 1 : 0;
                if (agreed == ROUNDS) {
                    proven(rounds.isHeard());
                    return List.of();
                }
                if (rounds.sent() >= MOST_SENT) {
                    return List.of(Findings.unsteady(agreed, ROUNDS, rounds.sent()));
                }
                asked = all;
                continue;
            }
            boolean same = seen.isLike(before);
            changed = same ? changed : probes.pace.nanos();
            Duration left = probes.limit.minusNanos(probes.pace.nanos() - changed);
            boolean late = probes.limit
                    .multipliedBy(PATIENCE)
                    .minusNanos(probes.pace.nanos() - start)
                    .isNegative();
            if (left.isNegative() || left.isZero() || same && late || rounds.sent() >= MOST_SENT) {
                return findings.of(seen);
            }
            agreed = 0;
            asked = seen.again();
            tell(seen);
            probes.pace.pause(pause.compareTo(left) < 0 ? pause : left);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    private void proven(boolean heard) {
        unproven.clear();
        unproven.addAll(writer.unproven());
        if (!heard && !all.isEmpty()) {
            unproven.add(new Problem(
                    "verify.unproven",
                    "the gateway",
                    "not proven: nothing is exposed any more: it does not answer at all",
                    "see that it does not listen, or that this is where it listens",
                    Origin.unknown()));
        }
        unproven.stream().limit(MOST_TOLD).forEach(each -> probes.told.accept(told(each)));
        if (unproven.size() > MOST_TOLD) {
            probes.told.accept("not proven: " + (unproven.size() - MOST_TOLD) + " more");
        }
        String agree = counted(all.size(), "probe") + (all.size() == 1 ? " agrees" : " agree");
        probes.told.accept(
                unproven.isEmpty()
                        ? "verified: " + agree
                        : "verified in part: " + agree + ", and " + counted(unproven.size(), "change")
                                + (unproven.size() == 1 ? " is" : " are") + " not proven");
    }

    private static String told(Problem each) {
        String text = each.message();
        int end = text.indexOf(": ");
        return text.substring(0, end + 2) + each.path() + ": " + text.substring(end + 2) + "; " + each.hint();
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void tell(Seen seen) {
        long open = seen.wrong().entrySet().stream()
                .filter(each -> each.getKey().isOpen(each.getValue()))
                .count();
        int wrong = seen.wrong().size();
        probes.told.accept("not in force yet: " + counted(wrong, "probe")
                + (wrong == 1 ? " disagrees, " : " disagree, ")
                + open
                + " of them find it open"
                + (seen.unasked().isEmpty() ? "" : "; " + seen.unasked().size() + " could not be asked in time")
                + (seen.rejected().isEmpty() ? "" : "; " + seen.rejected().size() + " rejections")
                + (seen.unknown() == null ? "" : "; rejections cannot be asked for"));
    }
}
