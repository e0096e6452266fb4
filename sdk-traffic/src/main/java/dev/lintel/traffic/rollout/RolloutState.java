package dev.lintel.traffic.rollout;

/** Where a rollout stands. */
public enum RolloutState {
    /** Nothing has been changed yet. */
    PENDING,
    /** The weights of a step are being set. */
    STEPPING,
    /** A step is held. */
    HOLDING,
    /** A step is held, and its gates are being asked. */
    JUDGING,
    /** It waits for somebody to resume or abort it. */
    PAUSED,
    /** The original split is being restored. */
    ROLLING_BACK,
    /** The last step was held, and its gates passed. */
    SUCCEEDED,
    /** A gate was breached, and the original split is in force again. */
    ROLLED_BACK,
    /** It was given up by somebody. */
    ABORTED,
    /**
     * The original split could not be restored in about nine minutes: somebody must look. Starting it again goes on
     * restoring it.
     */
    FAILED;

    /**
     * Whether it is over.
     *
     * @return true if it stays in this state
     */
    public boolean isFinal() {
        return switch (this) {
            case SUCCEEDED, ROLLED_BACK, ABORTED, FAILED -> true;
            default -> false;
        };
    }
}
