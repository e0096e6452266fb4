package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.rollout.RolloutState.ABORTED;
import static dev.lintel.traffic.rollout.RolloutState.FAILED;
import static dev.lintel.traffic.rollout.RolloutState.HOLDING;
import static dev.lintel.traffic.rollout.RolloutState.JUDGING;
import static dev.lintel.traffic.rollout.RolloutState.PAUSED;
import static dev.lintel.traffic.rollout.RolloutState.PENDING;
import static dev.lintel.traffic.rollout.RolloutState.ROLLED_BACK;
import static dev.lintel.traffic.rollout.RolloutState.ROLLING_BACK;
import static dev.lintel.traffic.rollout.RolloutState.STEPPING;
import static dev.lintel.traffic.rollout.RolloutState.SUCCEEDED;

import dev.lintel.traffic.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All transitions of a rollout. Pure: the same situation and signal give the same turn. */
final class Machine {
    /** How often the world is tried to be changed before somebody must look. */
    static final int TRIES = 5;

    /** The same for a roll back, about nine minutes: until it is done, callers get what was found to be bad. */
    static final int TRIES_BACK = 20;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Rollout plan;
    private final List<Split.Share> original;

    Machine(Rollout plan) {
        this.plan = plan;
        this.original = plan.split().shares();
    }

    /**
     * What comes of a signal.
     *
     * @param now the situation afterwards
     * @param effects what is to be done, in this order, once the situation is recorded
     */
    record Turn(Situation now, List<Effect> effects) {
        Turn {
            effects = List.copyOf(effects);
        }

        static Turn of(Situation now, Effect... effects) {
            return new Turn(now, List.of(effects));
        }
    }

    Turn next(Situation was, Signal signal, Instant at) {
        if (signal instanceof Signal.Begin) {
            return begin(was, at);
        }
        if (was.state().isFinal()) {
            return ended(was, signal, at);
        }
        if (signal instanceof Signal.Looked looked) {
            return looked(was, looked, at);
        }
        if (signal instanceof Signal.Abort abort) {
            return abort(was, abort, at);
        }
        if (signal instanceof Signal.Pause) {
            return was.state() == PAUSED || was.state() == ROLLING_BACK ? Turn.of(was) : pause(was, "by hand", at);
        }
        if (signal instanceof Signal.NotRecorded failure) {
            return pause(was, failure.why(), at);
        }
        return switch (was.state()) {
            case PENDING, STEPPING, ROLLING_BACK -> changing(was, signal, at);
            case HOLDING -> signal instanceof Signal.Due ? look(was) : Turn.of(was);
            case JUDGING -> judging(was, signal, at);
            case PAUSED -> signal instanceof Signal.Resume ? resume(was, at) : Turn.of(was);
            default -> Turn.of(was);
        };
    }

    /** The weights that a situation aims at. */
    private List<Split.Share> aim(Situation now) {
        return now.state() == ROLLING_BACK ? original : at(now.step());
    }

    /** The weights that were set last. */
    List<Split.Share> inForce(Situation now) {
        return at(now.set());
    }

    private List<Split.Share> at(int step) {
        return step < 0 ? original : Weights.at(original, plan.version(), percent(step));
    }

    private int percent(int step) {
        return plan.steps().get(step);
    }

    private Turn begin(Situation was, Instant at) {
        Effect told = tell(new RolloutEvent.Started(at, plan.api().id(), plan.toString(), was.state()));
        Turn next = switch (was.state()) {
            case PENDING -> Turn.of(was, new Effect.Look(), new Effect.Compare());
            case PAUSED ->
                Turn.of(was, tell(new RolloutEvent.Paused(at, plan.api().id(), was.why())));
            case ROLLING_BACK, FAILED -> back(was, was.end(), was.why(), at);
            case SUCCEEDED, ROLLED_BACK, ABORTED -> Turn.of(was, new Effect.Confirm(inForce(was)));
            default ->
                // A world that lives in the process that has ended begins with the original split, too.
                step(was, was.step(), at, List.of(inForce(was), original), new Effect.Look());
        };
        return after(told, next);
    }

    /** What has ended stays so; whoever starts it again is told where the world is another one meanwhile. */
    private Turn ended(Situation was, Signal signal, Instant at) {
        if (signal instanceof Signal.Compared compared) {
            return finish(compared.difference().isEmpty() ? was : was.because(meanwhile(compared.difference())), at);
        }
        return signal instanceof Signal.NotApplied failure
                ? finish(was.because("it could not be compared with the world: " + failure.why()), at)
                : Turn.of(was);
    }

    private static String meanwhile(String difference) {
        return "the world is not what came of it: " + difference
                + "; apply the definition with these weights, or say anew()";
    }

    private static Turn after(Effect first, Turn turn) {
        List<Effect> effects = new ArrayList<>();
        effects.add(first);
        effects.addAll(turn.effects());
        return new Turn(turn.now(), effects);
    }

    private Turn step(Situation was, int step, Instant at, List<List<Split.Share>> from, Effect... before) {
        Situation now = was.to(STEPPING, step, "");
        List<Effect> effects = new ArrayList<>(List.of(before));
        effects.add(tell(new RolloutEvent.StepBegun(
                at, plan.api().id(), plan.version(), step + 1, plan.steps().size(), percent(step))));
        effects.add(new Effect.Apply(aim(now), from));
        return new Turn(now, effects);
    }

    /** Going back asks nothing of the world, and neither does who was told of what is different and resumes. */
    private List<List<Split.Share>> from(Situation was) {
        boolean told = was.state() == PAUSED && was.why().startsWith(Stage.DIFFERS);
        return told || was.state() == ROLLING_BACK ? List.of() : List.of(inForce(was));
    }

    /** Pending, stepping or rolling back: the world is being compared or changed. */
    private Turn changing(Situation was, Signal signal, Instant at) {
        if (signal instanceof Signal.Due) {
            return Turn.of(was, was.state() == PENDING ? new Effect.Compare() : new Effect.Apply(aim(was), from(was)));
        }
        if (signal instanceof Signal.Compared compared) {
            return compared.difference().isEmpty()
                    ? step(was, 0, at, from(was))
                    : pause(was, Stage.DIFFERS + compared.difference() + Stage.REMEDY, at);
        }
        if (signal instanceof Signal.Applied applied) {
            Effect told = tell(new RolloutEvent.WeightsSet(at, plan.api().id(), aim(was), applied.changed()));
            if (was.state() == ROLLING_BACK) {
                return after(told, finish(was.in(was.end()).set(-1), at));
            }
            Situation now = was.in(HOLDING).set(was.step()).tries(0);
            return Turn.of(now, told, new Effect.Wait(interval(now)));
        }
        return signal instanceof Signal.NotApplied failure ? notApplied(was, failure, at) : Turn.of(was);
    }

    private Turn notApplied(Situation was, Signal.NotApplied failure, Instant at) {
        int tries = was.tries() + 1;
        if (failure.again() && tries < (was.state() == ROLLING_BACK ? TRIES_BACK : TRIES)) {
            Duration wait = shortest(
                    FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 10)), shortest(LONGEST_PAUSE, plan.hold()));
            return Turn.of(
                    was.tries(tries),
                    tell(new RolloutEvent.Retrying(at, plan.api().id(), failure.why(), wait)),
                    new Effect.Wait(wait));
        }
        return was.state() == ROLLING_BACK
                ? finish(
                        was.in(FAILED)
                                .because("the original split could not be restored: " + failure.why() + " (" + was.why()
                                        + ")"),
                        at)
                : pause(was, failure.why(), at);
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration interval(Situation now) {
        Duration left = plan.hold().minus(now.held());
        Duration every = plan.interval();
        return left.isZero() || left.isNegative() || left.compareTo(every) > 0 ? every : left;
    }

    private Turn look(Situation was) {
        Situation now = was.in(JUDGING).held(was.held().plus(interval(was)));
        return Turn.of(now, new Effect.Ask(shortest(now.held(), plan.hold())));
    }

    /** The last step has passed only if it is still in force. */
    private Turn judging(Situation was, Signal signal, Instant at) {
        if (signal instanceof Signal.Judged judged) {
            return judged(was, judged.verdicts(), at);
        }
        if (signal instanceof Signal.Compared compared) {
            return compared.difference().isEmpty()
                    ? finish(was.in(SUCCEEDED), at)
                    : pause(was, Stage.DIFFERS + compared.difference() + Stage.REMEDY, at);
        }
        return signal instanceof Signal.NotApplied failure ? pause(was, failure.why(), at) : Turn.of(was);
    }

    private Turn judged(Situation was, List<Verdict> verdicts, Instant at) {
        List<Effect> effects = new ArrayList<>();
        verdicts.forEach(verdict -> effects.add(tell(event(verdict, at))));
        Turn next = concluded(was, verdicts, at);
        effects.addAll(next.effects());
        return new Turn(next.now(), effects);
    }

    private Turn concluded(Situation was, List<Verdict> verdicts, Instant at) {
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Breached breach) {
                return breached(was, breach, at);
            }
        }
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Inconclusive) {
                return inconclusive(was, at);
            }
        }
        if (was.held().compareTo(plan.hold()) < 0) {
            return holdOn(was.counted(0, 0));
        }
        return was.step() + 1 < plan.steps().size()
                ? step(was, was.step() + 1, at, from(was))
                : Turn.of(was, new Effect.Confirm(aim(was)));
    }

    private Turn breached(Situation was, Verdict.Breached breach, Instant at) {
        int breaches = was.breaches() + 1;
        if (breaches < plan.breachLimit()) {
            return holdOn(was.counted(breaches, 0));
        }
        String why = breach.gate() + " was breached at " + percent(was.step()) + " %: "
                + Judge.text(breach.gate(), breach.reading());
        return plan.rollback() ? back(was, ROLLED_BACK, why, at) : pause(was, why, at);
    }

    /** Does not end a row of breaches: it may be a breach that nobody could measure. */
    private Turn inconclusive(Situation was, Instant at) {
        int looks = was.inconclusive() + 1;
        return looks < plan.inconclusiveLimit()
                ? holdOn(was.counted(was.breaches(), looks))
                : pause(
                        was,
                        looks + (looks == 1 ? " look" : " looks in a row") + " at the gates concluded nothing",
                        at);
    }

    private Turn holdOn(Situation was) {
        Situation now = was.in(HOLDING);
        return Turn.of(now, new Effect.Wait(interval(now)));
    }

    private Turn looked(Situation was, Signal.Looked looked, Instant at) {
        List<Effect> effects = new ArrayList<>();
        for (Verdict verdict : looked.verdicts()) {
            if (verdict instanceof Verdict.Inconclusive) {
                effects.add(tell(event(verdict, at)));
            }
        }
        return new Turn(was, effects);
    }

    private RolloutEvent event(Verdict verdict, Instant at) {
        String api = plan.api().id();
        if (verdict instanceof Verdict.Passed passed) {
            return new RolloutEvent.GatePassed(at, api, passed.gate(), passed.reading());
        }
        if (verdict instanceof Verdict.Breached breached) {
            return new RolloutEvent.GateBreached(at, api, breached.gate(), breached.reading());
        }
        return new RolloutEvent.GateInconclusive(at, api, verdict.gate(), ((Verdict.Inconclusive) verdict).why());
    }

    private Turn pause(Situation was, String why, Instant at) {
        return Turn.of(
                was.to(PAUSED, was.step(), why),
                tell(new RolloutEvent.Paused(at, plan.api().id(), why)));
    }

    private Turn resume(Situation was, Instant at) {
        return step(
                was,
                Math.max(0, was.step()),
                at,
                from(was),
                tell(new RolloutEvent.Resumed(at, plan.api().id())));
    }

    private Turn abort(Situation was, Signal.Abort abort, Instant at) {
        if (was.state() == ROLLING_BACK) {
            return Turn.of(was);
        }
        if (was.step() < 0) {
            return finish(was.in(ABORTED).because("by hand, before the first step"), at);
        }
        return abort.keep()
                ? finish(was.in(ABORTED).keeping().because("by hand, keeping the weights"), at)
                : back(was, ABORTED, "aborted by hand", at);
    }

    private Turn back(Situation was, RolloutState end, String why, Instant at) {
        Situation now = was.to(ROLLING_BACK, was.step(), why).ending(end);
        return Turn.of(
                now,
                tell(new RolloutEvent.RollingBack(at, plan.api().id(), why)),
                new Effect.Apply(aim(now), List.of()));
    }

    private Turn finish(Situation now, Instant at) {
        RolloutOutcome outcome = new RolloutOutcome(now.state(), inForce(now), now.why());
        return Turn.of(now, tell(new RolloutEvent.Finished(at, plan.api().id(), outcome)), new Effect.Finish(outcome));
    }

    private static Effect tell(RolloutEvent event) {
        return new Effect.Tell(event);
    }
}
