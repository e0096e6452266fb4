package dev.lintel.core.plan;

import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What changes about how calls travel: choices, copies, faults, breakers, balancing, health, and where a service is. */
final class TrafficEffects {
    private final Tale tale;

    private TrafficEffects(Tale tale) {
        this.tale = tale;
    }

    static void tell(Traffic before, Traffic now, Tale tale) {
        TrafficEffects effects = new TrafficEffects(tale);
        effects.choices(before.choices(), now.choices());
        for (Two<MirrorRule> mirror : Two.of(before.mirrors(), now.mirrors(), MirrorRule::version)) {
            tale.compare(
                    "copies of calls go to " + mirror.name() + ": ",
                    mirror.was(),
                    mirror.is(),
                    rule -> rule.percent() + " %",
                    tale.origin(mirror.is(), MirrorRule::origin));
        }
        tale.compare(
                "on purpose ",
                before.fault(),
                now.fault(),
                TrafficWords::fault,
                tale.origin(now.fault(), FaultRule::origin));
        effects.breaker(before, now);
        tale.compare(
                "workloads get calls by ",
                before.balance(),
                now.balance(),
                TrafficWords::balance,
                tale.origin(now.balance(), BalanceRule::origin));
        tale.compare(
                "workloads are asked whether they are well by ",
                before.health(),
                now.health(),
                TrafficWords::health,
                tale.origin(now.health(), HealthRule::origin));
        tale.compare(
                "the service is ",
                before.elsewhere(),
                now.elsewhere(),
                ElsewhereWords::all,
                tale.origin(now.elsewhere(), Elsewhere::origin));
    }

    private void choices(List<Choice> before, List<Choice> now) {
        for (Two<Choice> choice : Two.of(before, now, one -> one.when().toString())) {
            tale.compare(
                    "calls with " + choice.name() + " go to ",
                    choice.was(),
                    choice.is(),
                    Choice::version,
                    tale.origin(choice.is(), Choice::origin));
        }
        List<String> was = conditions(before);
        List<String> is = conditions(now);
        List<String> stay = new ArrayList<>(is);
        was.retainAll(is);
        stay.retainAll(was);
        if (!stay.equals(was)) {
            tale.tell("choices are asked in another order: " + String.join(", then ", is), tale.here());
        }
    }

    private static List<String> conditions(List<Choice> choices) {
        List<String> conditions = new ArrayList<>();
        choices.forEach(choice -> conditions.add(choice.when().toString()));
        return conditions;
    }

    private void breaker(Traffic before, Traffic now) {
        tale.compare(
                "a workload is left out ",
                before.breaker(),
                now.breaker(),
                rule -> rule.outliers() == null ? null : TrafficWords.outliers(rule.outliers()),
                tale.origin(now.breaker(), BreakerRule::origin));
        tale.compare(
                "a version takes at once at most ",
                before.breaker(),
                now.breaker(),
                rule -> TrafficWords.limits(rule.limits()),
                tale.origin(now.breaker(), BreakerRule::origin));
    }
}
