package dev.lintel.traffic.rollout;

import dev.lintel.traffic.Split;
import java.time.Duration;
import java.util.List;

/** What a rollout wants to be done. */
sealed interface Effect {
    /** Tell the listeners. */
    record Tell(RolloutEvent event) implements Effect {}

    /** Compare the world with the definitions, and answer {@link Signal.Compared} or {@link Signal.NotApplied}. */
    record Compare() implements Effect {}

    /** Compare the world with the definitions with some weights, and answer as {@link Compare} does. */
    record Confirm(List<Split.Share> weights) implements Effect {}

    /**
     * Set weights, and answer {@link Signal.Applied} or {@link Signal.NotApplied}.
     *
     * @param weights what is to be in force
     * @param from one of these must be in force, and nothing else may have changed; empty where that is not asked
     */
    record Apply(List<Split.Share> weights, List<List<Split.Share>> from) implements Effect {
        public Apply {
            from = List.copyOf(from);
        }
    }

    /** Answer {@link Signal.Due} after some time, unless something else happens before. */
    record Wait(Duration time) implements Effect {}

    /** Ask all gates about the time that is past, and answer {@link Signal.Judged}, unless something else happens before. */
    record Ask(Duration window) implements Effect {}

    /** Ask gates whose metric may not exist, and answer {@link Signal.Looked}. */
    record Look() implements Effect {}

    /** End. */
    record Finish(RolloutOutcome outcome) implements Effect {}
}
