package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.traffic.Split;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A rollout that was started. What is asked of it happens after what is on its way to the world at that moment. Safe for
 * use by many threads.
 */
public final class RunningRollout implements AutoCloseable {
    private final Rollout plan;
    private final Runner runner;

    RunningRollout(Rollout plan, Runner runner) {
        this.plan = plan;
        this.runner = runner;
    }

    /** Lets it wait where it is. Does nothing if it rolls back or has ended. */
    public void pause() {
        runner.post(new Signal.Pause());
    }

    /** Lets it go on after a pause: the step is set once more and held anew. Does nothing if it does not wait. */
    public void resume() {
        runner.post(new Signal.Resume());
    }

    /** Gives it up and restores the original split. Does nothing if it rolls back already or has ended. */
    public void abort() {
        runner.post(new Signal.Abort(false));
    }

    /** Gives it up and leaves the weights as they are. Does nothing if it rolls back or has ended. */
    public void abortKeepingWeights() {
        runner.post(new Signal.Abort(true));
    }

    /**
     * Where it stands.
     *
     * @return the state at this moment
     */
    public RolloutState state() {
        return runner.situation().state();
    }

    /**
     * The step that it is at.
     *
     * @return counted from 1; 0 before the first
     */
    public int step() {
        return runner.situation().step() + 1;
    }

    /**
     * Why it waits, goes back, or has ended.
     *
     * @return for people; empty if there is nothing to say
     */
    public String why() {
        return runner.situation().why();
    }

    /**
     * The weights that were set last.
     *
     * @return of all versions
     */
    public List<Split.Share> weights() {
        return runner.inForce();
    }

    /**
     * The API with the weights that were set last: what everybody else must plan with meanwhile, so as not to undo them.
     *
     * @return a definition
     */
    public ApiDefinition definition() {
        return Weights.with(plan.api(), weights());
    }

    /**
     * What has happened so far.
     *
     * @return the events in their order, the newest 10,000 of them
     */
    public List<RolloutEvent> events() {
        return runner.events();
    }

    /**
     * Tells somebody what has happened so far, and then what happens.
     *
     * @param listener gets each event once, one after the other; it must not block. If it throws, it is told nothing more
     */
    public void listen(Consumer<? super RolloutEvent> listener) {
        runner.listen(listener);
    }

    /**
     * How it ends.
     *
     * @return completes with the outcome; exceptionally if it is closed before its end, or fails in a way that nobody
     *     foresaw
     */
    public CompletionStage<RolloutOutcome> finished() {
        return runner.finished().copy();
    }

    /**
     * Leaves it where it is, to be continued later: weights and record stay, and somebody else may start it. Returns when
     * what is on its way to the world has ended; called by a listener, at once. Whoever wants the original split back says
     * {@link #abort()} instead.
     */
    @Override
    public void close() {
        runner.stop();
    }

    @Override
    public String toString() {
        return plan + "; it is " + state() + " at step " + step();
    }
}
