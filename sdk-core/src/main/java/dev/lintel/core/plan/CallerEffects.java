package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who may call a service now and might not, or the other way round: both sides are asked about one caller of each kind, on
 * a path of every region, with every method that matters, first with nothing but the rules, then with everything else.
 */
final class CallerEffects {
    private static final Set<Reason> BLAMED = Set.of(Reason.CALLER);
    private static final Set<Reason> PARAMETERS = Set.of(Reason.BAD_REQUEST);

    private final Sides sides;
    private final AccessEffects access;
    private final Sides rules;
    private final boolean enteringOnly;
    private final List<Effect> effects = new ArrayList<>();

    /** Compares callers; where a host changes hands only of those who enter, because they called another service inside. */
    CallerEffects(Sides sides, AccessEffects access, boolean enteringOnly) {
        this.enteringOnly = enteringOnly;
        this.sides = sides;
        this.access = access;
        this.rules = new Sides(alone(sides.before), alone(sides.now), List.of(), List.of());
    }

    /** An API of which nothing is left but who may call, at the paths of the service itself. */
    private static ApiModel alone(ApiModel api) {
        Entry entry = api.entry();
        Entry open = new Entry(
                entry.hosts(), Access.OPEN, entry.routes(), List.of(), entry.headers(), entry.pathParameters());
        return new ApiModel(api.name(), api.namespace(), open, api.service(), List.of(), api.origin(), api.front());
    }

    List<Effect> effects() {
        if (!sides.before.service().callers().equals(sides.now.service().callers())) {
            RuleLines lines = new RuleLines(sides.land, sides.now.origin());
            for (PathPattern region : sides.land.regions()) {
                sides.land
                        .path(region, sides.land.free())
                        .ifPresent(
                                path -> sides.land.methods().forEach(method -> compare(region, method, path, lines)));
            }
            effects.addAll(lines.effects());
        }
        if (!enteringOnly) {
            parameters();
        }
        rewrites();
        return effects;
    }

    private void compare(PathPattern region, String method, String path, RuleLines lines) {
        List<Caller> could = inside(true, method, path);
        List<Caller> can = inside(false, method, path);
        boolean entered = enters(true, method, path);
        boolean enters = enters(false, method, path);
        if (could.equals(can) && entered == enters) {
            return;
        }
        boolean all = can.size() == rules.callers.size();
        Origin origin = origin(path, method);
        boolean widens = opens(region, method);
        List<Caller> gained = without(can, could);
        List<Caller> lost = without(could, can);
        if (all) {
            lines.add(region, method, "newly open to every caller: ", "", widens, origin);
            return;
        }
        if (could.size() == rules.callers.size()) {
            String who = can.isEmpty() ? "nobody inside" : "only " + CallerWords.of(can, rules.callers);
            lines.add(region, method, who + " may still call ", " (was: every caller)", false, origin);
        } else if (!lost.isEmpty()) {
            String who = CallerWords.of(lost, rules.callers);
            lines.add(region, method, who + " may no longer call ", "", false, origin);
        }
        if (!gained.isEmpty()) {
            lines.add(region, method, CallerWords.of(gained, rules.callers) + " may now call ", "", widens, origin);
        }
        if (enters && !entered) {
            lines.add(region, method, "who enters by the host may now call ", "", widens, origin);
        } else if (entered && !enters) {
            lines.add(region, method, "who enters by the host may no longer call ", "", false, origin);
        }
    }

    private List<Caller> inside(boolean asItWas, String method, String path) {
        return rules.callers.stream()
                .filter(caller -> Sides.passes(rules.calls(asItWas, caller, method, path)))
                .toList();
    }

    private boolean enters(boolean asItWas, String method, String path) {
        return Sides.passes(rules.enters(asItWas, Caller.NONE, method, path, Token.NONE, false));
    }

    /**
     * Whether somebody gets through now who was refused as a caller. Where paths are rewritten or may contain parameters,
     * rules are asked at another path than access is, so that everything that a rule opens counts there.
     */
    private boolean opens(PathPattern region, String method) {
        boolean elsewhere = sides.now.entry().pathParameters()
                || !sides.now.entry().rewrites().isEmpty()
                || !sides.before.entry().rewrites().isEmpty();
        return elsewhere
                || sides.paths(region).stream()
                        .anyMatch(path -> !enteringOnly
                                        && !sides.openedInside(method, path, BLAMED)
                                                .isEmpty()
                                || sides.opensEntry(method, path, access.tokens(method, path), BLAMED));
    }

    /** Where rules ask for callers, calls from inside must not have parameters in their paths unless that is said. */
    private void parameters() {
        boolean refused =
                Sides.asksCallers(sides.before) && !sides.before.entry().pathParameters();
        boolean refuses = Sides.asksCallers(sides.now) && !sides.now.entry().pathParameters();
        if (refused && !refuses) {
            boolean widens = sides.land.regions().stream()
                    .flatMap(region -> sides.paths(region).stream())
                    .anyMatch(path -> sides.land.methods().stream()
                            .anyMatch(method -> !sides.openedInside(method, path, PARAMETERS)
                                    .isEmpty()));
            effects.add(new Effect("calls from inside may have ';' in their paths", widens, sides.now.origin()));
        } else if (refuses && !refused) {
            effects.add(new Effect("calls from inside must not have ';' in their paths", false, sides.now.origin()));
        }
    }

    private void rewrites() {
        if (Sides.asksCallers(sides.before)
                && !sides.before.entry().rewrites().equals(sides.now.entry().rewrites())) {
            effects.add(new Effect(
                    "who enters is asked as a caller at other paths, because paths are rewritten otherwise",
                    access.letsThrough(token -> true),
                    sides.now.origin()));
        }
    }

    /** The line of a rule for this path, for people: the first of the new ones that fits, or else the definition's. */
    private Origin origin(String path, String method) {
        return sides.now.service().callers().stream()
                .filter(rule ->
                        rule.endpoint().path().matches(path) && rule.endpoint().allows(method))
                .findFirst()
                .map(CallerRule::origin)
                .orElse(sides.now.origin());
    }

    private static List<Caller> without(List<Caller> some, List<Caller> others) {
        return some.stream().filter(caller -> !others.contains(caller)).toList();
    }
}
