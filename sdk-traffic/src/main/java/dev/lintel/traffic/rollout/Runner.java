package dev.lintel.traffic.rollout;

import dev.lintel.traffic.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what the machine wants, one thing after the other: records a situation, then has its effects, then tells what came
 * of them. Whatever is asked of it waits until what is on its way to the world has ended.
 */
final class Runner {
    private static final int REMEMBERED = 10_000;
    private static final Duration GIVE_UP = Duration.ofSeconds(30);

    private final Rollout plan;
    private final Machine machine;
    private final Stage stage;
    private final Asker asker;
    private final Time time;
    private final RolloutStore.Held held;
    private final Runnable release;
    private final Mailbox mailbox;
    private final List<Consumer<? super RolloutEvent>> listeners;
    private final List<RolloutEvent> events = new ArrayList<>();
    private final CompletableFuture<RolloutOutcome> finished = new CompletableFuture<>();
    private Runnable timer = () -> {};
    private long ticket;
    private boolean over;
    private RolloutRecord written;
    private volatile Situation situation;

    /** What a runner works with. */
    record Parts(
            Rollout plan,
            Stage stage,
            Asker asker,
            Time time,
            RolloutStore.Held held,
            Runnable release,
            List<Consumer<? super RolloutEvent>> listeners) {}

    /** Begins at a situation that is recorded already. */
    Runner(Parts parts, Situation begin) {
        this.plan = parts.plan();
        this.machine = new Machine(plan);
        this.stage = parts.stage();
        this.asker = parts.asker();
        this.time = parts.time();
        this.held = parts.held();
        this.release = parts.release();
        this.listeners = new ArrayList<>(parts.listeners());
        this.mailbox = new Mailbox(time::execute);
        this.situation = begin;
        this.written = begin.record(plan);
    }

    Situation situation() {
        return situation;
    }

    List<Split.Share> inForce() {
        return machine.inForce(situation);
    }

    CompletableFuture<RolloutOutcome> finished() {
        return finished;
    }

    List<RolloutEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    void post(Signal signal) {
        mailbox.post(() -> handle(signal));
    }

    /** Tells a listener what has happened, and what will. */
    void listen(Consumer<? super RolloutEvent> listener) {
        mailbox.post(() -> {
            listeners.add(listener);
            for (RolloutEvent event : events()) {
                if (listeners.contains(listener)) {
                    tell(listener, event);
                }
            }
        });
    }

    /**
     * Does nothing more; the record says where to continue. Returns when it is given up, so that somebody else may start it;
     * from a listener at once, because what is under way waits for the listener.
     */
    void stop() {
        CompletableFuture<Void> given = new CompletableFuture<>();
        mailbox.post(() -> {
            end(() -> {
                boolean unused = finished.completeExceptionally(
                        new CancellationException("the rollout of " + plan.api().id() + " was closed before its end;"
                                + " started again with the same store it continues"));
            });
            boolean unused = given.complete(null);
        });
        if (!mailbox.isInside()) {
            // A scheduler that was shut down may have dropped what was under way.
            given.completeOnTimeout(null, GIVE_UP.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    private void handle(Signal signal) {
        try {
            Signal next = signal;
            while (next != null && !over) {
                next = turn(next);
            }
        } catch (RuntimeException | Error e) {
            // Nobody foresaw this: to go on might do harm, and the record says where to continue.
            end(() -> finished.completeExceptionally(e));
        }
    }

    private @Nullable Signal turn(Signal signal) {
        Situation was = situation;
        Machine.Turn turn = machine.next(was, signal, time.now());
        String failure = record(turn.now());
        if (failure != null) {
            publish(new RolloutEvent.NotRecorded(time.now(), plan.api().id(), failure));
            if (forward(turn.now())) {
                // The world is where it is, whatever is recorded.
                situation = was.set(turn.now().set());
                return new Signal.NotRecorded(failure);
            }
        }
        situation = turn.now();
        if (situation.state() != was.state()) {
            long unused = renew();
        }
        Signal next = null;
        for (Effect effect : turn.effects()) {
            Signal answer = perform(effect);
            next = answer == null ? next : answer;
        }
        return next;
    }

    /** Going back is never held up by a record that cannot be written: the world matters more. */
    private static boolean forward(Situation now) {
        return switch (now.state()) {
            case STEPPING, HOLDING, JUDGING, SUCCEEDED -> true;
            default -> false;
        };
    }

    private @Nullable String record(Situation now) {
        RolloutRecord record = now.record(plan);
        if (record.equals(written)) {
            return null;
        }
        try {
            held.write(record);
            written = record;
            return null;
        } catch (RuntimeException e) {
            return Words.failure(e);
        }
    }

    private @Nullable Signal perform(Effect effect) {
        if (effect instanceof Effect.Tell tell) {
            publish(tell.event());
        } else if (effect instanceof Effect.Compare) {
            return stage.compare(plan.split().shares());
        } else if (effect instanceof Effect.Confirm confirm) {
            return stage.compare(confirm.weights());
        } else if (effect instanceof Effect.Apply apply) {
            return stage.apply(apply.weights(), apply.from());
        } else if (effect instanceof Effect.Wait wait) {
            long mine = renew();
            timer = time.after(wait.time(), () -> post(mine, new Signal.Due()));
        } else if (effect instanceof Effect.Ask ask) {
            long mine = renew();
            CompletableFuture<Void> unused =
                    asker.ask(plan.gates(), ask.window()).thenAccept(said -> post(mine, new Signal.Judged(said)));
        } else if (effect instanceof Effect.Look) {
            List<Gate> unsure =
                    plan.gates().stream().filter(gate -> !gate.isStandard()).toList();
            CompletableFuture<Void> unused =
                    asker.ask(unsure, plan.hold()).thenAccept(said -> post(new Signal.Looked(said)));
        } else if (effect instanceof Effect.Finish finish) {
            end(() -> finished.complete(finish.outcome()));
        }
        return null;
    }

    /** What was waited for before counts no more. */
    private long renew() {
        timer.run();
        timer = () -> {};
        return ++ticket;
    }

    private void post(long of, Signal signal) {
        mailbox.post(() -> {
            if (of == ticket) {
                handle(signal);
            }
        });
    }

    private void end(Runnable how) {
        if (!over) {
            over = true;
            long unused = renew();
            try {
                held.close();
            } catch (RuntimeException e) {
                publish(new RolloutEvent.NotRecorded(time.now(), plan.api().id(), Words.failure(e)));
            }
            release.run();
            how.run();
        }
    }

    private void publish(RolloutEvent event) {
        synchronized (events) {
            if (events.size() == REMEMBERED) {
                events.remove(0);
            }
            events.add(event);
        }
        for (Consumer<? super RolloutEvent> listener : List.copyOf(listeners)) {
            tell(listener, event);
        }
    }

    private void tell(Consumer<? super RolloutEvent> listener, RolloutEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) {
            // Who only looks on must not end a rollout.
            boolean unused = listeners.remove(listener);
            publish(new RolloutEvent.ListenerFailed(time.now(), plan.api().id(), Words.failure(e)));
        }
    }
}
