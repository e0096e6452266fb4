package dev.lintel.kubernetes;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Hand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is new about a drift since it was looked at before.
 *
 * @param drift as it is now
 * @param appeared what has drifted since, each as a sentence that begins with the name of the object
 * @param changed what differs in another way than before
 * @param gone what is as the definitions mean it again
 */
public record DriftReport(Drift drift, List<String> appeared, List<String> changed, List<String> gone) {
    /** Keeps the lists unchangeable. */
    public DriftReport {
        appeared = List.copyOf(appeared);
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }

    /** One thing that has drifted: how, to compare it, and in words. */
    private record Thing(String how, String words) {}

    /**
     * Compares.
     *
     * @param before null if nobody has looked before: then nothing had drifted
     * @param now as it is
     * @return empty if nothing is new
     */
    static Optional<DriftReport> between(@Nullable Drift before, Drift now) {
        Map<String, Thing> old = before == null ? Map.of() : things(before);
        Map<String, Thing> things = things(now);
        List<String> appeared = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        things.forEach((name, thing) -> {
            Thing was = old.get(name);
            if (was == null) {
                appeared.add(name + thing.words());
            } else if (!was.how().equals(thing.how())) {
                changed.add(name + thing.words());
            }
        });
        List<String> gone =
                old.keySet().stream().filter(name -> !things.containsKey(name)).toList();
        return appeared.isEmpty() && changed.isEmpty() && gone.isEmpty()
                ? Optional.empty()
                : Optional.of(new DriftReport(now, appeared, changed, gone));
    }

    private static Map<String, Thing> things(Drift drift) {
        Map<String, Thing> things = new LinkedHashMap<>();
        for (Drifted one : drift.objects()) {
            String hands = one.hands().stream().map(Hand::toString).collect(Collectors.joining("; "));
            String what = switch (one.way()) {
                case CHANGED -> " says something else";
                case MISSING -> " is missing";
                case UNDEFINED -> " is there, and nobody defines it";
            };
            things.put(
                    one.object(), new Thing(one.way() + one.diff(), what + (hands.isEmpty() ? "" : ", by " + hands)));
        }
        drift.opened().forEach(problem -> add(things, problem, " opens what ours close: "));
        drift.problems().forEach(problem -> add(things, problem, " cannot be looked at: "));
        return things;
    }

    private static void add(Map<String, Thing> things, Problem problem, String what) {
        things.merge(
                problem.path(),
                new Thing(problem.message(), what + problem.message()),
                (one, more) -> new Thing(one.how() + more.how(), one.words() + "; " + problem.message()));
    }

    /** The report in lines, what the drift does to requests last. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        appeared.forEach(one -> lines.add("drift appeared: " + one));
        changed.forEach(one -> lines.add("drift changed: " + one));
        gone.forEach(one -> lines.add("drift gone: " + one));
        for (Effect effect : drift.effects()) {
            lines.add((effect.widens() ? "  ! " : "    ") + effect.text());
        }
        return lines.stream()
                .map(line -> line.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
