package dev.lintel.traffic.rollout;

import java.time.Duration;

/**
 * Where a rollout stands, as the machine needs to know it.
 *
 * @param state the state
 * @param step counted from 0; -1 before the first
 * @param set the step whose weights were set last; -1 for the original ones
 * @param held how much of the hold has passed
 * @param breaches how many in a row
 * @param inconclusive how many looks in a row concluded nothing
 * @param tries how often the world could not be changed, in a row
 * @param end what a roll back ends in
 * @param keep whether the weights of the step stay although it was aborted
 * @param why why it waits, goes back, or ended
 */
record Situation(
        RolloutState state,
        int step,
        int set,
        Duration held,
        int breaches,
        int inconclusive,
        int tries,
        RolloutState end,
        boolean keep,
        String why) {
    /** Before anything. */
    static Situation start() {
        return new Situation(RolloutState.PENDING, -1, -1, Duration.ZERO, 0, 0, 0, RolloutState.ROLLED_BACK, false, "");
    }

    static Situation of(RolloutRecord record) {
        return new Situation(
                record.state(),
                record.step(),
                record.set(),
                Duration.ZERO,
                0,
                0,
                0,
                record.end(),
                record.keep(),
                record.why());
    }

    /** Looks are not recorded: what continues holds its step anew. */
    RolloutRecord record(Rollout plan) {
        return new RolloutRecord(
                plan.api().id(),
                plan.version(),
                plan.steps(),
                plan.split().shares(),
                state == RolloutState.JUDGING ? RolloutState.HOLDING : state,
                step,
                set,
                end,
                keep,
                why);
    }

    /** Another state in which counting begins anew. */
    Situation to(RolloutState next, int nextStep, String reason) {
        return new Situation(next, nextStep, set, Duration.ZERO, 0, 0, 0, end, keep, reason);
    }

    Situation in(RolloutState next) {
        return new Situation(next, step, set, held, breaches, inconclusive, tries, end, keep, why);
    }

    Situation because(String reason) {
        return new Situation(state, step, set, held, breaches, inconclusive, tries, end, keep, reason);
    }

    Situation set(int done) {
        return new Situation(state, step, done, held, breaches, inconclusive, tries, end, keep, why);
    }

    Situation held(Duration time) {
        return new Situation(state, step, set, time, breaches, inconclusive, tries, end, keep, why);
    }

    Situation counted(int newBreaches, int newInconclusive) {
        return new Situation(state, step, set, held, newBreaches, newInconclusive, tries, end, keep, why);
    }

    Situation tries(int failed) {
        return new Situation(state, step, set, held, breaches, inconclusive, failed, end, keep, why);
    }

    Situation ending(RolloutState last) {
        return new Situation(state, step, set, held, breaches, inconclusive, tries, last, keep, why);
    }

    Situation keeping() {
        return new Situation(state, step, set, held, breaches, inconclusive, tries, end, true, why);
    }
}
