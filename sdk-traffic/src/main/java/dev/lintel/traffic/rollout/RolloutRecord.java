package dev.lintel.traffic.rollout;

import dev.lintel.traffic.Split;
import java.util.List;
import java.util.Objects;

/**
 * What is kept of a rollout, so that it can be continued by another process.
 *
 * @param api the API's id, for example {@code orders.shop}
 * @param version the version that gets more and more
 * @param steps its weights in percent
 * @param original the split before the rollout
 * @param state where it stands; before the world is changed, where it is going
 * @param step the step, counted from 0; -1 before the first
 * @param set the step whose weights were set last, counted from 0; -1 for the original ones
 * @param end what a roll back ends in, {@code ROLLED_BACK} or {@code ABORTED}
 * @param keep whether the weights of the step stay although it was aborted
 * @param why why it waits, goes back, or ended; may be empty
 */
public record RolloutRecord(
        String api,
        String version,
        List<Integer> steps,
        List<Split.Share> original,
        RolloutState state,
        int step,
        int set,
        RolloutState end,
        boolean keep,
        String why) {
    /** Checks that the step exists. */
    public RolloutRecord {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(why, "why");
        steps = List.copyOf(steps);
        original = List.copyOf(original);
        boolean before = state == RolloutState.PENDING || state == RolloutState.PAUSED || state == RolloutState.ABORTED;
        if (step < (before ? -1 : 0) || step >= steps.size()) {
            throw new IllegalArgumentException("a rollout of " + steps.size() + " steps that is " + state
                    + " has no step " + step + " (counted from 0)");
        }
        if (set < -1 || set > step) {
            throw new IllegalArgumentException(
                    "the weights of step " + set + " cannot be set before step " + step + " (counted from 0)");
        }
        if (end != RolloutState.ROLLED_BACK && end != RolloutState.ABORTED) {
            throw new IllegalArgumentException("a roll back ends in ROLLED_BACK or ABORTED, but was to end in " + end);
        }
    }

    /** Whether it is the record of a plan, whose holds and gates may have changed since. */
    boolean isOf(Rollout plan) {
        return api.equals(plan.api().id())
                && version.equals(plan.version())
                && steps.equals(plan.steps())
                && original.equals(plan.split().shares());
    }
}
