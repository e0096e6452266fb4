package dev.lintel.core.evaluate;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One API, ready to be asked. */
final class CompiledApi {
    final ApiModel model;
    final PathIndex<AccessRule> access;
    final PathIndex<Route> routes;
    final PathIndex<Rewrite> rewrites;
    final PathIndex<CallerRule> callers;
    /** Whether there is a caller rule that refuses anybody. */
    final boolean asksCallers;

    final List<Living> guards;

    CompiledApi(ApiModel model, InstantSource clock, @Nullable CompiledApi before) {
        this.model = model;
        this.access = PathIndex.of(model.entry().access().rules(), rule -> Match.of(rule.endpoint()));
        this.routes = PathIndex.of(model.entry().routes(), Route::match);
        this.rewrites = PathIndex.of(model.entry().rewrites(), CompiledApi::everyMethod);
        this.callers = PathIndex.of(model.service().callers(), rule -> Match.of(rule.endpoint()));
        this.asksCallers = model.service().callers().stream().anyMatch(rule -> !rule.everybody());
        this.guards = model.guards().isEmpty() ? List.of() : guards(model, clock, before);
    }

    /** A rule with the guard that keeps its state. */
    record Living(GuardRule rule, Guard guard) {}

    /** A guard lives on if its rule does; of several equal rules each has its own. */
    private static List<Living> guards(ApiModel model, InstantSource clock, @Nullable CompiledApi before) {
        List<Living> old = new ArrayList<>(before == null ? List.of() : before.guards);
        List<Living> living = new ArrayList<>();
        for (GuardRule rule : model.guards()) {
            Living same =
                    old.stream().filter(g -> g.rule().equals(rule)).findFirst().orElse(null);
            // The rule is taken from the new model: equal rules may have been said on different lines.
            living.add(new Living(rule, same == null ? rule.start(clock) : same.guard()));
            old.remove(same);
        }
        return List.copyOf(living);
    }

    private static Match everyMethod(Rewrite rewrite) {
        return Match.of(new Endpoint(List.of(), rewrite.from()));
    }
}
