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

    /** Set weights, and answer {@link Signal.Applied} or {@link Signal.NotApplied}. */
    record Apply(List<Split.Share> weights) implements Effect {}

    /** Answer {@link Signal.Due} after some time, unless something else happens before. */
    record Wait(Duration time) implements Effect {}

    /** Ask all gates about the time that is past, and answer {@link Signal.Judged}, unless something else happens before. */
    record Ask(Duration window) implements Effect {}

    /** Ask gates whose metric may not exist, and answer {@link Signal.Looked}. */
    record Look() implements Effect {}

    /** End. */
    record Finish(RolloutOutcome outcome) implements Effect {}
}
