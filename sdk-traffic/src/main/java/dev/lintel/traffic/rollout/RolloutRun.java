package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.plan.Backend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A rollout before it is started: where it runs, who measures, where it is recorded, and who is told. Never changes. */
public final class RolloutRun {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Metrics NOBODY =
            question -> CompletableFuture.failedFuture(new IllegalStateException("nobody was said who measures"));

    private final Rollout plan;
    private final Backend backend;
    private final Supplier<? extends Collection<? extends Definition>> definitions;
    private final Metrics metrics;
    private final @Nullable Time time;
    private final RolloutStore store;
    private final List<Consumer<? super RolloutEvent>> listeners;
    private final Duration patience;
    private final String who;
    private final boolean anew;

    private RolloutRun(
            Rollout plan,
            Backend backend,
            Supplier<? extends Collection<? extends Definition>> definitions,
            Metrics metrics,
            @Nullable Time time,
            RolloutStore store,
            List<Consumer<? super RolloutEvent>> listeners,
            Duration patience,
            String who,
            boolean anew) {
        this.plan = plan;
        this.backend = backend;
        this.definitions = definitions;
        this.metrics = metrics;
        this.time = time;
        this.store = store;
        this.listeners = List.copyOf(listeners);
        this.patience = patience;
        this.who = who;
        this.anew = anew;
    }

    static RolloutRun of(
            Rollout plan, Backend backend, Supplier<? extends Collection<? extends Definition>> definitions) {
        return new RolloutRun(
                plan,
                backend,
                definitions,
                NOBODY,
                null,
                RolloutStore.inMemory(),
                List.of(),
                PATIENCE,
                "process " + ProcessHandle.current().pid(),
                false);
    }

    /**
     * Says who measures. Gates need somebody.
     *
     * @param source an embedded gateway's metrics, a Prometheus, or a function
     * @return a new run
     */
    public RolloutRun metrics(Metrics source) {
        return new RolloutRun(plan, backend, definitions, source, time, store, listeners, patience, who, anew);
    }

    /**
     * Runs by a clock that is moved by hand, for tests: everything happens on the thread that moves it.
     *
     * @param clock the clock
     * @return a new run
     */
    public RolloutRun clock(VirtualClock clock) {
        return new RolloutRun(
                plan, backend, definitions, metrics, Time.virtual(clock), store, listeners, patience, who, anew);
    }

    /**
     * Runs on threads that are there, instead of one of its own.
     *
     * @param clock what events are dated by
     * @param scheduler what does things later; the backend and the store block its threads
     * @return a new run
     */
    public RolloutRun scheduler(InstantSource clock, ScheduledExecutorService scheduler) {
        return new RolloutRun(
                plan,
                backend,
                definitions,
                metrics,
                Time.scheduled(clock, scheduler),
                store,
                listeners,
                patience,
                who,
                anew);
    }

    /**
     * Records how far it is, so that it can be continued. Unless this is said it is kept in memory.
     *
     * @param place the store
     * @return a new run
     */
    public RolloutRun store(RolloutStore place) {
        return new RolloutRun(plan, backend, definitions, metrics, time, place, listeners, patience, who, anew);
    }

    /**
     * Tells somebody what happens.
     *
     * @param listener gets each event when it happens, one after the other; it must not block. If it throws, it is told
     *     nothing more
     * @return a new run with one more listener
     */
    public RolloutRun listener(Consumer<? super RolloutEvent> listener) {
        List<Consumer<? super RolloutEvent>> more = new ArrayList<>(listeners);
        more.add(listener);
        return new RolloutRun(plan, backend, definitions, metrics, time, store, more, patience, who, anew);
    }

    /**
     * Says how long who measures may take; what is not answered by then concludes nothing.
     *
     * @param limit more than nothing, an hour at most; 10 s unless said
     * @return a new run
     */
    public RolloutRun answerWithin(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the limit for answers must be more than nothing and an hour at most, but was " + limit);
        }
        return new RolloutRun(plan, backend, definitions, metrics, time, store, listeners, limit, who, anew);
    }

    /**
     * Names who runs it, for those who are refused meanwhile.
     *
     * @param name for example a host or a pipeline; the number of the process unless said
     * @return a new run
     */
    public RolloutRun as(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("who runs a rollout must have a name");
        }
        return new RolloutRun(
                plan, backend, definitions, metrics, time, store, listeners, patience, Words.line(name), anew);
    }

    /**
     * Begins again although the store says that this plan has ended. Otherwise a plan that has ended, well or not, is not
     * tried a second time.
     *
     * @return a new run
     */
    public RolloutRun anew() {
        return new RolloutRun(plan, backend, definitions, metrics, time, store, listeners, patience, who, true);
    }

    /**
     * Starts it, or continues it where the store says that it stands.
     *
     * <p>A step that was being set or held is set once more, which changes nothing if it was in force, and held anew. A
     * roll back goes on. A pause stays one. What has ended is not begun again unless {@link #anew()} is said.
     *
     * @return the rollout under way
     * @throws RolloutException if the API is being rolled out already; if the store holds another rollout of it that has
     *     not ended, or something that is none; if the store cannot be written
     * @throws IllegalStateException if there are gates and nobody measures
     * @throws IllegalArgumentException if the API is not among the definitions, or has another split there
     */
    public RunningRollout start() {
        if (!plan.gates().isEmpty() && metrics.equals(NOBODY)) {
            throw new IllegalStateException(
                    "the rollout of '" + plan.api().id() + "' has gates, but nobody measures: say metrics(...)");
        }
        checkDefinitions();
        Runnable release = Busy.enter(backend, plan.api().id(), who);
        RolloutStore.Held held = null;
        try {
            held = store.open(plan.api().id(), who);
            Situation begin = begin(held);
            Time clock = time == null ? Time.own(plan.api().id()) : time;
            Runner runner = new Runner(
                    new Runner.Parts(
                            plan,
                            new Stage(plan, backend, definitions),
                            new Asker(plan, metrics, clock, patience),
                            clock,
                            held,
                            release,
                            listeners),
                    begin);
            runner.post(new Signal.Begin());
            return new RunningRollout(plan, runner);
        } catch (RuntimeException | Error e) {
            if (held != null) {
                held.close();
            }
            release.run();
            throw e;
        }
    }

    private void checkDefinitions() {
        ApiDefinition found = definitions.get().stream()
                .filter(ApiDefinition.class::isInstance)
                .map(ApiDefinition.class::cast)
                .filter(api -> api.id().equals(plan.api().id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Stage.missing(plan)));
        if (!Weights.split(found).equals(plan.split())) {
            throw new IllegalArgumentException(
                    "'" + plan.api().id() + "' has another split among the definitions of this"
                            + " world (" + Words.shares(Weights.split(found).shares()) + ") than in the rollout ("
                            + Words.shares(plan.split().shares()) + "); give both the same definition");
        }
    }

    private Situation begin(RolloutStore.Held held) {
        Optional<RolloutRecord> found = held.read();
        if (found.isPresent()) {
            RolloutRecord before = found.get();
            boolean ended = before.state().isFinal() && before.state() != RolloutState.FAILED;
            if (before.isOf(plan) && !(ended && anew)) {
                return Situation.of(before);
            }
            if (!ended) {
                throw new RolloutException("another rollout of '" + before.api() + "' has not ended: to "
                        + before.version() + " by " + before.steps() + " from " + Words.shares(before.original())
                        + ", it is " + before.state()
                        + "; continue or abort it by starting it with that plan, or delete"
                        + " its record");
            }
        }
        Situation begin = Situation.start();
        held.write(begin.record(plan));
        return begin;
    }
}
