package dev.lintel.benchmarks.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Explains each answer by what the origins saw; what it cannot explain, the gateway has to. */
final class Judge {
    private static final Comparator<Sighting> BY_TIME = Comparator.comparingLong(Sighting::micros);

    private final Rules rules;
    private final Map<Long, List<Sighting>> byRequest = new HashMap<>();
    private final Map<String, List<Sighting>> byOrigin = new TreeMap<>();

    /**
     * What was agreed.
     *
     * @param tries how many there are at the most, the first included
     * @param failures in a row after which an origin is out
     * @param perTryMicros how long one try may take
     * @param ejectMicros how long an origin is out the first time
     * @param sweepMicros how often it is looked who comes back
     * @param origins by version
     * @param dead the origin that was killed; empty for none
     * @param deadSince when, microseconds since 1970
     */
    record Rules(
            int tries,
            int failures,
            long perTryMicros,
            long ejectMicros,
            long sweepMicros,
            Map<String, List<String>> origins,
            String dead,
            long deadSince) {}

    Judge(Rules rules, List<Sighting> sightings) {
        this.rules = rules;
        for (Sighting sighting : sightings) {
            byRequest.computeIfAbsent(sighting.id(), id -> new ArrayList<>()).add(sighting);
            byOrigin.computeIfAbsent(sighting.origin(), name -> new ArrayList<>())
                    .add(sighting);
        }
        byRequest.values().forEach(list -> list.sort(BY_TIME));
        byOrigin.values().forEach(list -> list.sort(BY_TIME));
    }

    Verdict explain(Outcome outcome) {
        List<Sighting> tries = new ArrayList<>();
        for (Sighting sighting : byRequest.getOrDefault(outcome.id(), List.of())) {
            if (sighting.version().equals(outcome.expected())) {
                tries.add(sighting);
            } else if (!sighting.version().equals(Fleet.MIRROR)) {
                return Verdict.UNEXPLAINED;
            }
        }
        if (counted(tries) > rules.tries()
                || !earlierOnesWereDue(tries, outcome.micros())
                || !bodiesAreWhole(tries, outcome)) {
            return Verdict.UNEXPLAINED;
        }
        return explain(
                outcome, tries.isEmpty() ? null : tries.get(tries.size() - 1), Math.min(tries.size(), rules.tries()));
    }

    /**
     * The tries without one that does not count: a service that cuts a connection that was used before may have done so for
     * another reason than the request, so that the gateway asks the same service once more.
     */
    private static int counted(List<Sighting> tries) {
        for (int i = 0; i + 1 < tries.size(); i++) {
            if (tries.get(i).fate() == Fate.RESET
                    && tries.get(i).origin().equals(tries.get(i + 1).origin())) {
                return tries.size() - 1;
            }
        }
        return tries.size();
    }

    private Verdict explain(Outcome outcome, @Nullable Sighting last, int tries) {
        if (outcome.overloaded()) {
            return outcome.status() == 503 && last == null ? Verdict.OVERLOADED : Verdict.UNEXPLAINED;
        }
        if (outcome.detail().contains(Fleet.NONE_LEFT)) {
            return outcome.status() == 503 && everyOneIsOut(outcome) ? Verdict.NONE_LEFT : Verdict.UNEXPLAINED;
        }
        if (last != null && last.fate().seen() == outcome.status() && named(outcome, last)) {
            return switch (last.fate()) {
                case OK -> Verdict.SERVED;
                case ERROR -> Verdict.PASSED_ON;
                default -> failed(outcome, tries);
            };
        }
        boolean unreachable = outcome.status() == 503 && outcome.servedBy().isEmpty();
        return unreachable && mayHaveMetTheDead(outcome) ? Verdict.DEAD : Verdict.UNEXPLAINED;
    }

    private Verdict failed(Outcome outcome, int tries) {
        if (tries == rules.tries()) {
            return Verdict.FAILED;
        }
        return mayHaveMetTheDead(outcome) ? Verdict.DEAD : Verdict.NO_BUDGET;
    }

    private static boolean named(Outcome outcome, Sighting last) {
        boolean answered = last.fate() == Fate.OK || last.fate() == Fate.ERROR || last.fate() == Fate.UNAVAILABLE;
        return outcome.servedBy().equals(answered ? last.origin() : "");
    }

    /**
     * Every try but the last failed, or was not heard of in time: on a busy machine an origin may come late to read what it
     * was sent, so that only the time since the caller sent it tells how long the gateway has waited.
     */
    private boolean earlierOnesWereDue(List<Sighting> tries, long sent) {
        int late = 0;
        for (int i = 0; i + 1 < tries.size(); i++) {
            if (!tries.get(i).fate().isRetried()) {
                late++;
                if (tries.get(i + 1).micros() - sent < late * rules.perTryMicros()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean bodiesAreWhole(List<Sighting> tries, Outcome outcome) {
        return tries.stream().allMatch(one -> one.length() == outcome.length());
    }

    private boolean mayHaveMetTheDead(Outcome outcome) {
        return rules.dead().startsWith(outcome.expected() + "-")
                && outcome.micros() >= rules.deadSince() - 3 * rules.perTryMicros();
    }

    private boolean everyOneIsOut(Outcome outcome) {
        return rules.origins().getOrDefault(outcome.expected(), List.of()).stream()
                .allMatch(origin -> origin.equals(rules.dead()) && outcome.micros() > rules.deadSince()
                        || mayBeOut(origin, outcome.micros()));
    }

    /**
     * Whether an origin may be out at a moment: as many failures in a row as put it out were not too long ago, the first
     * time so long, the second time twice as long. What came a little later may have ended before.
     */
    private boolean mayBeOut(String origin, long micros) {
        int row = 0;
        int times = 0;
        long since = Long.MIN_VALUE / 2;
        for (Sighting sighting : byOrigin.getOrDefault(origin, List.of())) {
            if (sighting.micros() > micros + rules.perTryMicros()) {
                break;
            }
            // Those that were under way when it went out count for nothing.
            boolean out = sighting.micros() < since + rules.ejectMicros();
            row = out || isGood(sighting) ? 0 : row + 1;
            if (row >= rules.failures()) {
                since = sighting.micros();
                times++;
                row = 0;
            }
        }
        return micros <= since + times * rules.ejectMicros() + rules.sweepMicros() + rules.perTryMicros();
    }

    /** A try after which there was another one was none for the gateway, although its origin may have come to it at last. */
    private boolean isGood(Sighting sighting) {
        return sighting.fate() == Fate.OK
                && seen(sighting.id()).stream()
                        .noneMatch(later ->
                                later.version().equals(sighting.version()) && later.micros() > sighting.micros());
    }

    /** What the origins saw of a request. */
    List<Sighting> seen(long id) {
        return byRequest.getOrDefault(id, List.of());
    }

    /** How many tries an origin saw between two moments. */
    long seen(String origin, long from, long to) {
        return byOrigin.getOrDefault(origin, List.of()).stream()
                .filter(one -> one.micros() >= from && one.micros() < to)
                .count();
    }

    /** How many requests a version saw at least one try of. */
    long requests(String version) {
        return byRequest.values().stream()
                .filter(tries -> tries.stream().anyMatch(one -> one.version().equals(version)))
                .count();
    }

    /** Whether no request was copied twice to the mirror, and no copy lacks its request. */
    boolean copiesAreSingle(long requests) {
        return byOrigin.entrySet().stream()
                .filter(origin -> origin.getKey().startsWith(Fleet.MIRROR + "-"))
                .allMatch(origin -> {
                    long ids = origin.getValue().stream()
                            .mapToLong(Sighting::id)
                            .filter(id -> id < requests)
                            .distinct()
                            .count();
                    return ids == origin.getValue().size();
                });
    }
}
