package dev.lintel.core.evaluate;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
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
    final List<Living> guards;

    CompiledApi(ApiModel model, InstantSource clock, @Nullable CompiledApi before) {
        this.model = model;
        this.access = new PathIndex<>(model.entry().access().rules(), rule -> Match.of(rule.endpoint()));
        this.routes = new PathIndex<>(model.entry().routes(), Route::match);
        this.rewrites = new PathIndex<>(model.entry().rewrites(), CompiledApi::everyMethod);
        List<Living> living = new ArrayList<>();
        for (GuardRule rule : model.guards()) {
            Living old = before == null ? null : before.guard(rule);
            living.add(old == null ? new Living(rule, rule.start(clock)) : old);
        }
        this.guards = List.copyOf(living);
    }

    /** A rule with the guard that keeps its state. */
    record Living(GuardRule rule, Guard guard) {}

    private @Nullable Living guard(GuardRule rule) {
        return guards.stream().filter(g -> g.rule().equals(rule)).findFirst().orElse(null);
    }

    private static Match everyMethod(Rewrite rewrite) {
        return Match.of(new Endpoint(List.of(), rewrite.from()));
    }
}
