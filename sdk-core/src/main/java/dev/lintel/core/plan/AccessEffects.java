package dev.lintel.core.plan;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changes about who may call what: both models are asked, by the one evaluator, about a caller for every way
 * through a rule, on a path of every region, with every method that matters.
 *
 * <p>Issuers, audiences and guards are told apart from rules. Here both sides trust whom the new one trusts and ask no
 * guard, so that a rule is blamed for what the rule does.
 */
final class AccessEffects {
    private static final Draw FIRST = bound -> 0;

    private final ApiModel before;
    private final ApiModel now;
    private final Landscape land;
    private final Evaluator asBefore;
    private final Evaluator asNow;

    /**
     * Compares two APIs.
     *
     * @throws IllegalArgumentException if the paths of their rules overlap in too many ways
     */
    AccessEffects(ApiModel before, ApiModel now) {
        Access trusted = now.entry().access();
        Access old = before.entry().access();
        boolean comparable = trusted.isRestricted() && old.isRestricted();
        this.before = before;
        this.now = now;
        this.land = new Landscape(before, now);
        this.asNow = evaluator(now, trusted);
        this.asBefore =
                evaluator(before, comparable ? new Access(trusted.issuers(), trusted.audiences(), old.rules()) : old);
    }

    private static Evaluator evaluator(ApiModel api, Access access) {
        Entry entry = api.entry();
        Entry bare = entry.bare(access);
        return Evaluator.of(new MeshModel(
                List.of(new ApiModel(api.name(), api.namespace(), bare, api.service(), List.of(), api.origin()))));
    }

    /** What the rules change, in lines. */
    List<Effect> rules() {
        RuleLines lines = new RuleLines(land, now.origin());
        for (PathPattern region : land.regions()) {
            Optional<String> path = land.path(region, land.free());
            if (path.isPresent()) {
                for (String method : land.methods()) {
                    Said was = said(asBefore, before, method, path.get());
                    Said is = said(asNow, now, method, path.get());
                    if (!was.equals(is)) {
                        lines.add(region, method, was, is, opens(method, path.get(), was.rule(), is.rule()));
                    }
                }
            }
        }
        return lines.effects();
    }

    /** Whether some caller, of those asked for, gets through now. */
    boolean letsThrough(Predicate<Token> callers) {
        return letsThrough(callers, land.free(), "");
    }

    /** Whether somebody gets through now on a path with parameters. */
    boolean letsParametersThrough() {
        return letsThrough(token -> true, land.free() + ";p", ";");
    }

    private boolean letsThrough(Predicate<Token> callers, String free, String part) {
        return land.regions().stream()
                .flatMap(region -> land.path(region, free).stream())
                .filter(path -> path.contains(part))
                .anyMatch(path -> land.methods().stream().anyMatch(method -> anybody(callers, method, path)));
    }

    private boolean anybody(Predicate<Token> callers, String method, String path) {
        List<Token> tokens = Witnesses.of(
                now.entry().access(), said(asNow, now, method, path).rule());
        return tokens == null
                || tokens.stream().filter(callers).anyMatch(token -> passes(asNow, now, method, path, token));
    }

    /** Whether somebody gets through now who did not. */
    private boolean opens(String method, String path, @Nullable AccessRule was, @Nullable AccessRule is) {
        List<Token> tokens = Witnesses.of(now.entry().access(), is);
        if (tokens == null) {
            return !Witnesses.surely(is, was);
        }
        return tokens.stream()
                .anyMatch(token ->
                        passes(asNow, now, method, path, token) && !passes(asBefore, before, method, path, token));
    }

    private static boolean passes(Evaluator evaluator, ApiModel api, String method, String path, Token token) {
        // A request that is answered in place of the service has passed as well.
        return !(decide(evaluator, api, method, path, token) instanceof Decision.Refuse);
    }

    private static Said said(Evaluator evaluator, ApiModel api, String method, String path) {
        return new Said(
                api.entry().access().isRestricted(),
                decide(evaluator, api, method, path, Token.NONE).access());
    }

    private static Decision decide(Evaluator evaluator, ApiModel api, String method, String path, Token token) {
        String host = api.entry().hosts().get(0);
        return evaluator.decide(RequestValue.of(method, host, path, null).token(token), FIRST);
    }

    /**
     * What a model says about a request.
     *
     * @param restricted whether there is an access policy at all
     * @param rule the rule that governs; null if none does
     */
    record Said(boolean restricted, @Nullable AccessRule rule) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Said said
                    && said.toString().equals(toString())
                    && said.requirement().equals(requirement());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }

        private Object requirement() {
            return rule == null ? "" : rule.requirement();
        }

        /** In a few words, for example {@code scope orders.read}. */
        @Override
        public String toString() {
            if (!restricted) {
                return "open to everybody";
            }
            return rule == null ? "no rule" : rule.requirement().toString();
        }
    }
}
