package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.Durations;
import dev.lintel.core.plan.Backend;
import dev.lintel.traffic.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A plan by which calls move to a new version: the weights, how long each is held, and what must be measured meanwhile.
 *
 * <p>At each step the new version gets its weight, and the other versions of the split share the rest in proportion to
 * what they had. Gates are asked at intervals while the step is held, and at its end; the next step begins if all of them
 * pass at the end. A breach ends the rollout (as one failed measurement does in Argo Rollouts unless its failure limit is
 * raised). What concludes nothing, such as no calls or a Prometheus that is down, neither passes nor breaches: the step
 * is held on, and after {@link #inconclusiveLimit()} such looks in a row the rollout pauses.
 *
 * @param api the API as it is before the rollout; its split is what a roll back restores
 * @param version the version that gets more and more
 * @param steps its weights in percent; they go up, and the last may be below 100
 * @param hold how long each step is held, 1 ms to 30 d; 10 min unless said
 * @param gates what must be measured; without gates only time is needed
 * @param rollback whether a breach restores the original split; otherwise it pauses the rollout
 * @param every how often gates are asked; null for ten times a hold
 * @param breachLimit how many breaches in a row end the rollout; 1 unless said
 * @param inconclusiveLimit after how many looks in a row that conclude nothing the rollout pauses; 30 unless said
 */
public record Rollout(
        ApiDefinition api,
        String version,
        List<Integer> steps,
        Duration hold,
        List<Gate> gates,
        boolean rollback,
        @Nullable Duration every,
        int breachLimit,
        int inconclusiveLimit) {
    private static final Duration DEFAULT_HOLD = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int LOOKS = 10;
    private static final int DEFAULT_INCONCLUSIVE = 30;
    private static final int MOST = 10_000;

    /** Checks that the split knows the version, that steps go up, and that times and limits are possible. */
    public Rollout {
        Objects.requireNonNull(api, "api");
        int before = Weights.before(api, version);
        steps = List.copyOf(steps);
        checkSteps(version, before, steps);
        gates = List.copyOf(gates);
        time("a hold", hold, LONGEST);
        if (every != null) {
            time("the interval between two looks at the gates", every, hold);
        }
        limit("the limit of breaches", breachLimit);
        limit("the limit of inconclusive looks", inconclusiveLimit);
        checkGates(gates);
    }

    private static void checkSteps(String version, int before, List<Integer> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a rollout needs at least one step, for example steps(5, 25, 50, 100)");
        }
        for (int step : steps) {
            if (step < 1 || step > 100) {
                throw new IllegalArgumentException("a step must be 1 to 100 percent, but was " + step);
            }
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i) <= steps.get(i - 1)) {
                throw new IllegalArgumentException(
                        "steps must go up, but " + steps.get(i) + " comes after " + steps.get(i - 1));
            }
        }
        if (steps.get(0) < before) {
            throw new IllegalArgumentException("steps must go up, but the first is " + steps.get(0) + " and '" + version
                    + "' has " + before + " percent already");
        }
    }

    private static void checkGates(List<Gate> gates) {
        List<String> seen = new ArrayList<>();
        for (Gate gate : gates) {
            String name = gate.subject() + (gate.side() == Gate.Side.BELOW ? " below" : " above");
            if (seen.contains(name)) {
                throw new IllegalArgumentException("a gate on '" + name + "' is said twice; keep the stricter one");
            }
            seen.add(name);
        }
    }

    private static void time(String what, Duration time, Duration longest) {
        if (time.compareTo(Duration.ofMillis(1)) < 0
                || time.compareTo(longest) > 0
                || time.toNanos() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    what + " must be whole milliseconds, 1 ms to " + Durations.write(longest) + ", but was " + time);
        }
    }

    private static void limit(String what, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(what + " must be 1 to " + MOST + ", but was " + limit);
        }
    }

    /**
     * An API of which a version is to be rolled out.
     *
     * @param api as it is before the rollout; it says a split
     */
    public record Of(ApiDefinition api) {
        /**
         * Names the version.
         *
         * @param version as the split names it
         * @return say the steps next
         * @throws IllegalArgumentException if the split does not know it, or it has all calls already
         */
        public To to(String version) {
            return new To(api, version);
        }
    }

    /**
     * An API and the version that is to be rolled out.
     *
     * @param api as it is before the rollout
     * @param version as the split names it
     */
    public record To(ApiDefinition api, String version) {
        /** Checks that the split knows the version. */
        public To {
            int unused = Weights.before(api, version);
        }

        /**
         * Says how much the version gets, step by step.
         *
         * @param percent its weights, going up, 1 to 100; the last may be below 100
         * @return a rollout without gates, each step held for ten minutes
         */
        public Rollout steps(int... percent) {
            List<Integer> steps = new ArrayList<>();
            for (int step : percent) {
                steps.add(step);
            }
            return new Rollout(api, version, steps, DEFAULT_HOLD, List.of(), false, null, 1, DEFAULT_INCONCLUSIVE);
        }
    }

    /**
     * Begins a plan.
     *
     * @param api the API as it is before the rollout; it says a split
     * @return say the version next
     */
    public static Of of(ApiDefinition api) {
        return new Of(api);
    }

    /**
     * The same plan, holding each step for another time.
     *
     * @param time whole milliseconds, 1 ms to 30 d
     * @return a new plan
     */
    public Rollout hold(Duration time) {
        return new Rollout(api, version, steps, time, gates, rollback, every, breachLimit, inconclusiveLimit);
    }

    /**
     * The same plan with one more gate; all must pass.
     *
     * @param gate for example {@code errorRate().below(0.01)}
     * @return a new plan
     */
    public Rollout gate(Gate gate) {
        List<Gate> more = new ArrayList<>(gates);
        more.add(gate);
        return new Rollout(api, version, steps, hold, more, rollback, every, breachLimit, inconclusiveLimit);
    }

    /**
     * The same plan, restoring the original split after a breach. Unless this is said, a breach pauses the rollout with
     * the weights as they are.
     *
     * @return a new plan
     */
    public Rollout rollbackOnFailure() {
        return new Rollout(api, version, steps, hold, gates, true, every, breachLimit, inconclusiveLimit);
    }

    /**
     * The same plan, asking gates at another interval than ten times a hold.
     *
     * @param interval whole milliseconds, not longer than a hold
     * @return a new plan
     */
    public Rollout every(Duration interval) {
        return new Rollout(api, version, steps, hold, gates, rollback, interval, breachLimit, inconclusiveLimit);
    }

    /**
     * The same plan, forgiving some breaches: only so many in a row end the rollout. No step is left while its last look
     * was a breach.
     *
     * @param breaches 1 to 10,000
     * @return a new plan
     */
    public Rollout breachLimit(int breaches) {
        return new Rollout(api, version, steps, hold, gates, rollback, every, breaches, inconclusiveLimit);
    }

    /**
     * The same plan with another patience for measurements that conclude nothing.
     *
     * @param looks after how many in a row the rollout pauses, 1 to 10,000
     * @return a new plan
     */
    public Rollout inconclusiveLimit(int looks) {
        return new Rollout(api, version, steps, hold, gates, rollback, every, breachLimit, looks);
    }

    /**
     * Says where it runs.
     *
     * @param backend the world that serves the API
     * @param definitions all definitions of this world, this API among them, because a plan takes the whole world
     * @return say who measures, then start it
     */
    public RolloutRun on(Backend backend, Collection<? extends Definition> definitions) {
        List<Definition> all = List.copyOf(definitions);
        return on(backend, () -> all);
    }

    /**
     * Says where it runs, where other definitions may change meanwhile.
     *
     * @param backend the world that serves the API
     * @param definitions asked before each plan for all definitions of this world, this API among them
     * @return say who measures, then start it
     */
    public RolloutRun on(Backend backend, Supplier<? extends Collection<? extends Definition>> definitions) {
        return RolloutRun.of(this, backend, definitions);
    }

    /** How long to wait before gates are asked the next time. */
    Duration interval() {
        if (gates.isEmpty()) {
            return hold;
        }
        return every == null ? Duration.ofNanos(Math.max(1_000_000, hold.toNanos() / LOOKS)) : every;
    }

    /** The split that a roll back restores. */
    Split split() {
        return Weights.split(api);
    }

    /** The plan in one line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("rollout of ")
                .append(api.id())
                .append(" to ")
                .append(version)
                .append(": ");
        for (int i = 0; i < steps.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(steps.get(i));
        }
        text.append(" %, each held for ").append(Durations.write(hold));
        gates.forEach(gate -> text.append(", ").append(gate));
        return text.toString();
    }
}
