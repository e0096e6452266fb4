package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.verify.Rejections.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks by probes whether what was written is in force, again and again until it is, or the time for it is over. */
public final class Verification {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_SENT = 100_000;
    /** A gateway keeps connections on which the rules of before are asked once more; each round uses some of them up. */
    private static final int ROUNDS = 5;

    private static final int MOST_TOLD = 20;

    private final Probes probes;
    private final Dialect dialect;
    private int sent;

    /**
     * By some probes.
     *
     * @param probes how it is looked
     * @param dialect in which it was written
     */
    public Verification(Probes probes, Dialect dialect) {
        this.probes = probes;
        this.dialect = dialect;
    }

    /** What is not as it should be yet. */
    private record Seen(
            Map<Probe, ProbeAnswer> wrong,
            List<Rejection> rejected,
            @Nullable String unasked) {
        boolean isGood() {
            return wrong.isEmpty() && rejected.isEmpty() && unasked == null;
        }
    }

    /**
     * Looks, until all is as it should be in five rounds of all probes in a row.
     *
     * @param model what is to be in force
     * @param written all objects that say it
     * @return what is not in force, what is open first; empty if all agrees
     */
    public List<Problem> look(MeshModel model, List<Manifest> written) {
        ProbeWriter writer = new ProbeWriter(model, probes);
        List<Probe> all = writer.write();
        probes.told.accept("verifying by " + all.size() + (all.size() == 1 ? " probe" : " probes"));
        writer.left().forEach(each -> probes.told.accept("not verified: " + each));
        Set<String> namespaces = written.stream().map(Manifest::namespace).collect(Collectors.toSet());
        long start = probes.pace.nanos();
        sent = 0;
        Duration pause = FIRST;
        List<Probe> asked = all;
        int agreed = 0;
        while (true) {
            Seen seen = ask(asked, namespaces);
            if (seen.isGood()) {
                agreed = asked.size() == all.size() ? agreed + 1 : 0;
                if (agreed == ROUNDS) {
                    probes.told.accept(
                            "verified: " + all.size() + (all.size() == 1 ? " probe agrees" : " probes agree"));
                    return List.of();
                }
                if (sent >= MOST_SENT) {
                    return List.of(unsteady(agreed));
                }
                asked = all;
                continue;
            }
            if (isOver(start)) {
                return problems(seen, all.size(), new Blame(dialect, model, written));
            }
            agreed = 0;
            asked = List.copyOf(seen.wrong().keySet());
            tell(seen);
            Duration left = left(start);
            probes.pace.pause(pause.compareTo(left) < 0 ? pause : left);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    /**
     * Asks once, before anything is written, whether the gateway answers at all: by a probe of what is in force, because a gateway
     * that serves nothing yet may not listen.
     *
     * @param now what is in force
     * @return that it does not answer; empty if it does, or if nothing is there that could be asked
     */
    public Optional<Problem> unreachable(MeshModel now) {
        return new ProbeWriter(now, probes)
                .write().stream()
                        .filter(probe -> probe.kind() != ProbeKind.UNKNOWN_HOST)
                        .findFirst()
                        .map(probe -> probes.path.send(probe.request()))
                        .filter(answer -> answer.status() == 0)
                        .map(answer -> problem(
                                "verify.unreachable",
                                "the gateway",
                                "does not answer for what is in force now, so that nothing could be verified: "
                                        + answer.words() + "; nothing was written",
                                "see that this is where it listens, and that it can be reached from here; or apply without"
                                        + " verifiedBy(…)",
                                Origin.unknown()));
    }

    private static Problem unsteady(int agreed) {
        return problem(
                "verify.differs",
                "all APIs",
                "probes agreed in " + agreed + " of " + ROUNDS + " rounds in a row when " + MOST_SENT
                        + " requests had been sent",
                "ask by fewer probes",
                Origin.unknown());
    }

    private Duration left(long start) {
        return probes.limit.minusNanos(probes.pace.nanos() - start);
    }

    private boolean isOver(long start) {
        Duration left = left(start);
        return left.isNegative() || left.isZero() || sent >= MOST_SENT;
    }

    /** A round that was begun is told of, and takes no longer than all of them may. */
    private Seen ask(List<Probe> asked, Set<String> namespaces) {
        long start = probes.pace.nanos();
        Map<Probe, ProbeAnswer> wrong = new LinkedHashMap<>();
        for (Probe probe : asked) {
            boolean late = isOver(start);
            ProbeAnswer answer = late ? ProbeAnswer.none("it was not asked, because the time was over") : send(probe);
            if (!probe.agrees(answer)) {
                wrong.put(probe, answer);
            }
        }
        Rejections source = probes.rejections;
        if (source == null) {
            return new Seen(wrong, List.of(), null);
        }
        try {
            return new Seen(
                    wrong,
                    source.ask().stream()
                            .filter(each -> each.gateway() || namespaces.contains(each.namespace()))
                            .toList(),
                    null);
        } catch (IllegalStateException e) {
            return new Seen(wrong, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private ProbeAnswer send(Probe probe) {
        sent++;
        return probes.path.send(probe.request());
    }

    private static boolean isUnanswered(Seen seen, int all) {
        return all > 0
                && seen.wrong().size() == all
                && seen.wrong().values().stream().allMatch(answer -> answer.status() == 0);
    }

    private void tell(Seen seen) {
        long open = seen.wrong().entrySet().stream()
                .filter(each -> each.getKey().isOpen(each.getValue()))
                .count();
        int wrong = seen.wrong().size();
        probes.told.accept("not in force yet: " + wrong + (wrong == 1 ? " probe disagrees, " : " probes disagree, ")
                + open
                + " of them find it open"
                + (seen.rejected().isEmpty() ? "" : "; " + seen.rejected().size() + " rejections")
                + (seen.unasked() == null ? "" : "; rejections cannot be asked for"));
    }

    private List<Problem> problems(Seen seen, int all, Blame blame) {
        List<Problem> problems = new ArrayList<>();
        if (isUnanswered(seen, all)) {
            ProbeAnswer first = seen.wrong().values().iterator().next();
            problems.add(problem(
                    "verify.unanswered",
                    "the gateway",
                    "answered none of " + all + (all == 1 ? " probe: " : " probes: ") + first.words()
                            + "; whether anything is in force is not known",
                    "see that this is where it listens, and that it can be reached from here",
                    Origin.unknown()));
            return problems;
        }
        seen.wrong().entrySet().stream()
                .sorted(Comparator.comparing(each -> !each.getKey().isOpen(each.getValue())))
                .limit(MOST_TOLD)
                .forEach(each -> problems.add(problem(each.getKey(), each.getValue(), blame)));
        if (seen.wrong().size() > MOST_TOLD) {
            problems.add(problem(
                    "verify.differs",
                    "all APIs",
                    (seen.wrong().size() - MOST_TOLD) + " more probes disagree",
                    "mend these first",
                    Origin.unknown()));
        }
        seen.rejected().stream()
                .limit(MOST_TOLD)
                .forEach(each -> problems.add(problem(
                        "verify.rejected",
                        "proxy " + each.proxy(),
                        "has rejected a " + each.what() + " and goes on with what it had before: " + each.text(),
                        "see which object makes it, an EnvoyFilter above all",
                        Origin.unknown())));
        if (seen.unasked() != null) {
            problems.add(problem(
                    "verify.unasked",
                    "proxies",
                    "whether one of them has rejected something could not be found out: " + seen.unasked(),
                    "see that istiod answers there, or leave out rejections(…)",
                    Origin.unknown()));
        }
        return problems;
    }

    private Problem problem(Probe probe, ProbeAnswer answer, Blame blame) {
        List<String> objects = blame.of(probe);
        boolean open = probe.isOpen(answer);
        return problem(
                open ? "verify.open" : "verify.differs",
                probe.api(),
                probe + " " + probe.should() + ", but was answered " + answer.words() + (open ? ": it is open" : "")
                        + (objects.isEmpty() ? "" : "; not in force is " + String.join(", ", objects)),
                "see whether these objects are there and as written, what others put beside them, and whether proxies take them",
                probe.origin());
    }

    private static Problem problem(String code, String path, String message, String hint, Origin origin) {
        return new Problem(code, path, message, hint, origin);
    }
}
