package dev.lintel.embedded.balance;

/** Whether a workload is well, by what it answers: the first answer decides at once, later ones if they repeat. */
public final class Health {
    private final int unhealthyAfter;
    private final int healthyAfter;
    private boolean asked;
    private boolean well = true;
    private int against;

    /**
     * A workload that was not asked yet, and counts as well until it is.
     *
     * @param unhealthyAfter bad answers in a row after which it is not well
     * @param healthyAfter good answers in a row after which it is well again
     */
    public Health(int unhealthyAfter, int healthyAfter) {
        this.unhealthyAfter = unhealthyAfter;
        this.healthyAfter = healthyAfter;
    }

    /**
     * Takes in an answer.
     *
     * @param good whether it says that the workload is well
     * @return whether it is
     */
    public boolean heard(boolean good) {
        against = good == well ? 0 : against + 1;
        if (!asked || against >= (well ? unhealthyAfter : healthyAfter)) {
            well = good;
            against = 0;
        }
        asked = true;
        return well;
    }
}
