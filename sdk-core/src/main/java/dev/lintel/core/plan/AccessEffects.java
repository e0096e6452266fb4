package dev.lintel.core.plan;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What changes about who may call what: both models are asked, by the one evaluator, about a caller for every way
 * through a rule, on a path of every region, with every method that matters.
 */
final class AccessEffects {
    private final Sides sides;
    private final ApiModel now;
    private final Landscape land;

    AccessEffects(Sides sides) {
        this.sides = sides;
        this.now = sides.now;
        this.land = sides.land;
    }

    /** What the rules change, in lines. */
    List<Effect> rules() {
        RuleLines lines = new RuleLines(land, now.origin());
        for (PathPattern region : land.regions()) {
            Optional<String> path = land.path(region, land.free());
            if (path.isPresent()) {
                for (String method : land.methods()) {
                    Said was = said(true, method, path.get());
                    Said is = said(false, method, path.get());
                    if (was.owned() && is.owned() && !was.equals(is)) {
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

    /** Whether somebody gets through now on a path that did not belong to the API. */
    boolean opensPaths() {
        Set<Reason> blamed = Set.of(Reason.UNKNOWN_HOST);
        for (PathPattern region : land.regions()) {
            for (String path : sides.paths(region)) {
                for (String method : land.methods()) {
                    if (sides.opensEntry(method, path, tokens(method, path), blamed)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean letsThrough(Predicate<Token> callers, String free, String part) {
        return land.regions().stream()
                .flatMap(region -> land.path(region, free).stream())
                .filter(path -> path.contains(part))
                .anyMatch(path -> land.methods().stream().anyMatch(method -> anybody(callers, method, path)));
    }

    private boolean anybody(Predicate<Token> callers, String method, String path) {
        List<Token> tokens = tokens(method, path);
        return tokens == null || tokens.stream().filter(callers).anyMatch(token -> anybody(token, method, path));
    }

    private boolean anybody(Token token, String method, String path) {
        boolean login = now.entry().login() != null;
        for (Caller caller : sides.callers) {
            if (Sides.passes(sides.enters(false, caller, method, path, token, false))
                    || login && Sides.passes(sides.enters(false, caller, method, path, token, true))) {
                return true;
            }
        }
        return false;
    }

    /** The poorest callers that the rule at a path lets through now; null if there are too many. */
    @Nullable
    List<Token> tokens(String method, String path) {
        return Witnesses.of(now.entry(), said(false, method, path).rule());
    }

    /** Whether somebody gets through now who did not. */
    private boolean opens(String method, String path, @Nullable AccessRule was, @Nullable AccessRule is) {
        List<Token> tokens = Witnesses.of(now.entry(), is);
        return tokens == null ? !Witnesses.surely(is, was) : sides.opensEntry(method, path, tokens, Sides.BY_ACCESS);
    }

    private Said said(boolean asItWas, String method, String path) {
        ApiModel api = asItWas ? sides.before : now;
        Decision decision = sides.enters(asItWas, Caller.NONE, method, path, Token.NONE, false);
        boolean owned = !(decision instanceof Decision.Refuse refuse && refuse.reason() == Reason.UNKNOWN_HOST);
        return new Said(owned, api.entry().access().isRestricted(), decision.access());
    }

    /**
     * What a model says about a request.
     *
     * @param owned whether the path belongs to the API
     * @param restricted whether there is an access policy at all
     * @param rule the rule that governs; null if none does
     */
    record Said(boolean owned, boolean restricted, @Nullable AccessRule rule) {
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
