package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import dev.lintel.mesh.steps.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What stands between the steps of one apply: nobody goes on until what the next step builds on is in force, or the time for
 * it is over.
 */
final class Barrier {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final String where;
    private final Waits waits;
    private final LiveObjects objects;
    private final ReadyEndpoints endpoints;
    private final StatusWriters writers;
    private final Progress progress;
    private final Pauses pauses;
    private final Steps steps;
    private final Collection<Manifest> all;
    private final Settling settling;
    private final Map<String, LiveObject> written = new LinkedHashMap<>();

    /**
     * For one apply.
     *
     * @param where the name of the target
     * @param steps all that is going to be done
     * @param all objects among which subsets are defined
     */
    Barrier(
            String where,
            Waits waits,
            Steps steps,
            Collection<Manifest> all,
            Transport transport,
            Json json,
            Progress progress,
            Pauses pauses) {
        this.where = where;
        this.steps = steps;
        this.all = List.copyOf(all);
        this.waits = waits;
        this.objects = new LiveObjects(transport, json);
        this.endpoints = new ReadyEndpoints(transport, json);
        this.writers = new StatusWriters(transport, json);
        this.progress = progress;
        this.pauses = pauses;
        this.settling = new Settling(waits, steps.steps(), transport, json, progress, pauses, this::until);
    }

    /** Tells that from here on something may be written. */
    void begin() {
        progress.begin();
    }

    /**
     * Waits until somebody is ready for the requests that a step leads to, and until proxies had time for what it builds on.
     *
     * @param step which is about to be done
     * @throws UnsettledException if it is over
     */
    void before(Step step) {
        Set<Share> shares = step.doing() == Doing.APPLY ? Share.of(step.manifests(), all) : Set.of();
        if (waits.isNone()) {
            return;
        }
        if (!shares.isEmpty()) {
            ready(shares);
        }
        settling.before(step);
    }

    private void ready(Set<Share> shares) {
        until(() -> endpoints.missing(shares).entrySet().stream()
                .map(each -> new Open(
                        "endpoints of " + each.getKey().what(),
                        each.getValue(),
                        "see why no pod of it is ready; the route to it is not written"))
                .toList());
    }

    /**
     * Tells of a step that is done, and waits until the controllers that are there have accepted it; after the last objects
     * that are written, until every probe is content.
     *
     * @param step which is done
     * @param answers of the apiserver to what was written, in the order of the step; none of what was deleted
     * @throws UnsettledException if a controller refuses it, or it is over
     */
    void after(Step step, List<LiveObject> answers) {
        progress.done(step.manifests(), step.doing() == Doing.APPLY ? "applied" : "deleted");
        if (waits.isNone()) {
            return;
        }
        settling.after(step, answers);
        if (step.doing() == Doing.DELETE) {
            // What is deleted on purpose is not missed.
            step.manifests().forEach(each -> written.remove(each.id()));
            return;
        }
        accepted(answers);
        Step end = steps.steps().stream()
                .filter(each -> each.doing() == Doing.APPLY)
                .reduce((first, last) -> last)
                .orElse(step);
        if (end.equals(step)) {
            probe();
        }
    }

    /**
     * An object that its controller has not answered yet.
     *
     * @param written as the apiserver has answered the write
     * @param parents the gateways that answer for a route
     */
    private record Awaited(Manifest manifest, LiveObject written, Set<String> parents) {}

    private void accepted(List<LiveObject> answers) {
        Map<Manifest, Awaited> waiting = new LinkedHashMap<>();
        for (LiveObject each : answers) {
            Manifest manifest = each.manifest();
            written.put(manifest.id(), each);
            writers.of(each).ifPresent(parents -> waiting.put(manifest, new Awaited(manifest, each, parents)));
        }
        until(() -> {
            List<Awaited> asked = List.copyOf(waiting.values());
            List<Optional<LiveObject>> now =
                    now(asked.stream().map(Awaited::manifest).toList());
            List<Open> open = new ArrayList<>();
            List<Problem> failed = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Awaited awaited = asked.get(i);
                Manifest manifest = awaited.manifest();
                Readiness readiness = now.get(i)
                        .map(live -> ControllerWords.of(awaited.written(), live, awaited.parents()))
                        .orElseGet(() -> Readiness.failed("gone"));
                switch (readiness.as()) {
                    case READY -> waiting.remove(manifest);
                    case PENDING ->
                        open.add(new Open(
                                manifest.id(), readiness.seen(), "see its status and the log of its controller"));
                    case FAILED ->
                        failed.add(problem(
                                "cluster.failed",
                                manifest.id(),
                                readiness.seen(),
                                "change what its controller does not take, and plan again"));
                }
            }
            if (!failed.isEmpty()) {
                throw new UnsettledException(where, failed);
            }
            return open;
        });
    }

    private void probe() {
        until(() -> {
            List<Open> open = new ArrayList<>();
            for (TrafficProbe probe : waits.probes()) {
                probe.ask()
                        .ifPresent(seen -> open.add(new Open(
                                "probe " + probe, seen, "see where requests go; what is gone is not deleted yet")));
            }
            return open;
        });
    }

    /**
     * Waits until proxies have the rest, where istiod tells; then looks once whether all that was written is still so.
     *
     * @throws UnsettledException if somebody has rewritten it
     */
    void end() {
        settling.end();
        List<LiveObject> ours = List.copyOf(written.values());
        List<Problem> problems =
                Rewritten.of(ours, now(ours.stream().map(LiveObject::manifest).toList()));
        if (!problems.isEmpty()) {
            throw new UnsettledException(where, problems);
        }
    }

    /** As they are; what may not be read is not taken for gone. */
    private List<Optional<LiveObject>> now(List<Manifest> manifests) {
        LiveObjects.Named named = objects.named(manifests);
        if (!named.problems().isEmpty()) {
            throw new UnsettledException(where, named.problems());
        }
        return named.objects();
    }

    private void until(Supplier<List<Open>> look) {
        long start = pauses.nanos();
        Duration pause = FIRST;
        List<Open> told = List.of();
        List<Open> open = look.get();
        while (!open.isEmpty()) {
            for (Open each : open) {
                if (!told.contains(each)) {
                    progress.say("waiting for " + each.what() + ": " + each.seen());
                }
            }
            told = open;
            Duration left = waits.limit().minusNanos(pauses.nanos() - start);
            if (left.isNegative() || left.isZero()) {
                throw late(open, "was waited for " + waits.limit().toMillis() / 1000.0 + " s");
            }
            if (!pauses.isPassed(pause.compareTo(left) < 0 ? pause : left)) {
                throw late(open, "is not waited for any more, because the thread is interrupted");
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            open = look.get();
        }
    }

    private UnsettledException late(List<Open> open, String why) {
        return new UnsettledException(
                where,
                open.stream()
                        .map(each -> problem(
                                "cluster.waiting",
                                each.what(),
                                why + ", and last seen as: " + each.seen(),
                                each.hint() + "; plan again when it is ready"))
                        .toList());
    }

    private static Problem problem(String code, String path, String message, String hint) {
        return new Problem(code, path, message, hint, Origin.unknown());
    }
}
