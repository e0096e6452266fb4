package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.traffic.Split;
import java.util.List;

/**
 * How a rollout ended.
 *
 * @param state one that is final
 * @param weights those in force when it ended; where the rollout failed, those that were set last
 * @param why why it ended so, for people; empty for success. Where what had ended was started again, it tells what is
 *     different in the world now
 */
public record RolloutOutcome(RolloutState state, List<Split.Share> weights, String why) {
    /** Checks that the state is final. */
    public RolloutOutcome {
        if (!state.isFinal()) {
            throw new IllegalArgumentException("an outcome must be a final state, but was " + state);
        }
        weights = List.copyOf(weights);
    }

    /**
     * Whether all gates passed at all steps.
     *
     * @return true if the new version has the weight of the last step
     */
    public boolean succeeded() {
        return state == RolloutState.SUCCEEDED;
    }

    /**
     * An API with the weights that are in force, to be used from now on.
     *
     * @param api an API with a split
     * @return a new definition
     */
    public ApiDefinition applyTo(ApiDefinition api) {
        return Weights.with(api, weights);
    }

    /** The outcome in one line. */
    @Override
    public String toString() {
        String how = switch (state) {
            case SUCCEEDED -> "succeeded";
            case ROLLED_BACK -> "rolled back";
            case ABORTED -> "aborted";
            default -> "failed";
        };
        return how + (why.isEmpty() ? "" : ": " + why) + "; weights are " + Words.shares(weights);
    }
}
