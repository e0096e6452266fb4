package dev.lintel.traffic.rollout;

import dev.lintel.core.Durations;
import dev.lintel.core.metric.Reading;
import dev.lintel.traffic.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that happened in a rollout. Printed, it is one line of text. */
public sealed interface RolloutEvent {
    /**
     * When it happened.
     *
     * @return by the clock of the rollout
     */
    Instant at();

    /**
     * The API that is rolled out.
     *
     * @return its id, for example {@code orders.shop}
     */
    String api();

    /**
     * What happened, for people.
     *
     * @return one line without time and API, for example {@code step 2 of 4: 25 % for v2}
     */
    String text();

    /**
     * It was started, or continued after its process had ended.
     *
     * @param at when
     * @param api the API's id
     * @param plan the plan in one line
     * @param continued where it stood; {@code PENDING} for a new one
     */
    record Started(Instant at, String api, String plan, RolloutState continued) implements RolloutEvent {
        @Override
        public String text() {
            if (continued == RolloutState.PENDING) {
                return plan;
            }
            return plan + "; it was " + continued
                    + (continued.isFinal() && continued != RolloutState.FAILED
                            ? " before, and is begun again only with anew()"
                            : ", and is continued");
        }
    }

    /**
     * A step begins; its weights are about to be set.
     *
     * @param at when
     * @param api the API's id
     * @param version the version that gets more
     * @param step the step, counted from 1
     * @param steps how many there are
     * @param weight percent
     */
    record StepBegun(Instant at, String api, String version, int step, int steps, int weight) implements RolloutEvent {
        @Override
        public String text() {
            return "step " + step + " of " + steps + ": " + weight + " % for " + version;
        }
    }

    /**
     * Weights are in force.
     *
     * @param at when
     * @param api the API's id
     * @param weights of all versions
     * @param changed false if they were in force already
     */
    record WeightsSet(Instant at, String api, List<Split.Share> weights, boolean changed) implements RolloutEvent {
        @Override
        public String text() {
            return (changed ? "weights are now " : "weights are already ") + Words.shares(weights);
        }
    }

    /**
     * A gate let the rollout through.
     *
     * @param at when
     * @param api the API's id
     * @param gate the gate
     * @param reading what was measured
     */
    record GatePassed(Instant at, String api, Gate gate, Reading.Value reading) implements RolloutEvent {
        @Override
        public String text() {
            return "passed: " + gate + ", it is " + Judge.text(gate, reading);
        }
    }

    /**
     * A gate was breached.
     *
     * @param at when
     * @param api the API's id
     * @param gate the gate
     * @param reading what was measured
     */
    record GateBreached(Instant at, String api, Gate gate, Reading.Value reading) implements RolloutEvent {
        @Override
        public String text() {
            return "breached: " + gate + ", but it is " + Judge.text(gate, reading);
        }
    }

    /**
     * Nothing can be concluded about a gate; the step is held.
     *
     * @param at when
     * @param api the API's id
     * @param gate the gate
     * @param why why not
     */
    record GateInconclusive(Instant at, String api, Gate gate, String why) implements RolloutEvent {
        @Override
        public String text() {
            return "inconclusive: " + gate + ": " + why;
        }
    }

    /**
     * The world was not changed, and it will be tried again.
     *
     * @param at when
     * @param api the API's id
     * @param why why it was not changed
     * @param pause after which time it is tried again
     */
    record Retrying(Instant at, String api, String why, Duration pause) implements RolloutEvent {
        @Override
        public String text() {
            return "trying again after " + Durations.write(pause) + ": " + why;
        }
    }

    /**
     * It waits for somebody to resume or abort it.
     *
     * @param at when
     * @param api the API's id
     * @param why why
     */
    record Paused(Instant at, String api, String why) implements RolloutEvent {
        @Override
        public String text() {
            return "paused: " + why;
        }
    }

    /**
     * It goes on after a pause.
     *
     * @param at when
     * @param api the API's id
     */
    record Resumed(Instant at, String api) implements RolloutEvent {
        @Override
        public String text() {
            return "resumed";
        }
    }

    /**
     * The original split is about to be restored.
     *
     * @param at when
     * @param api the API's id
     * @param why why
     */
    record RollingBack(Instant at, String api, String why) implements RolloutEvent {
        @Override
        public String text() {
            return "rolling back: " + why;
        }
    }

    /**
     * What happens could not be recorded. A rollout that goes forward pauses then; one that goes back goes on.
     *
     * @param at when
     * @param api the API's id
     * @param why why not
     */
    record NotRecorded(Instant at, String api, String why) implements RolloutEvent {
        @Override
        public String text() {
            return "not recorded: " + why;
        }
    }

    /**
     * A listener threw, and is told nothing more.
     *
     * @param at when
     * @param api the API's id
     * @param why what it threw
     */
    record ListenerFailed(Instant at, String api, String why) implements RolloutEvent {
        @Override
        public String text() {
            return "a listener failed and is told nothing more: " + why;
        }
    }

    /**
     * It is over.
     *
     * @param at when
     * @param api the API's id
     * @param outcome how it ended
     */
    record Finished(Instant at, String api, RolloutOutcome outcome) implements RolloutEvent {
        @Override
        public String text() {
            return outcome.toString();
        }
    }
}
