package dev.lintel.traffic.rollout;

import java.util.List;

/** What a rollout is told. */
sealed interface Signal {
    /** It begins, or goes on where its record stands. */
    record Begin() implements Signal {}

    /**
     * The world was compared with the definitions.
     *
     * @param difference what is different; empty for nothing
     */
    record Compared(String difference) implements Signal {}

    /**
     * The weights are in force.
     *
     * @param changed false if they were before
     */
    record Applied(boolean changed) implements Signal {}

    /**
     * The world could not be planned or changed.
     *
     * @param why why not
     * @param again whether it may work another time
     */
    record NotApplied(String why, boolean again) implements Signal {}

    /** The time that was waited for has passed. */
    record Due() implements Signal {}

    /**
     * The gates were asked.
     *
     * @param verdicts one for each gate
     */
    record Judged(List<Verdict> verdicts) implements Signal {}

    /**
     * The gates on metrics that may not exist were asked before the first step.
     *
     * @param verdicts one for each of them
     */
    record Looked(List<Verdict> verdicts) implements Signal {}

    /**
     * The step forward could not be recorded.
     *
     * @param why why not
     */
    record NotRecorded(String why) implements Signal {}

    /** Somebody wants it to wait. */
    record Pause() implements Signal {}

    /** Somebody wants it to go on. */
    record Resume() implements Signal {}

    /**
     * Somebody gives it up.
     *
     * @param keep whether the weights stay
     */
    record Abort(boolean keep) implements Signal {}
}
