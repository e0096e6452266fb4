package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this dialect cannot say, each with the nearest thing that it can. */
final class Refusals {
    /** The most rules that Istio takes in one policy. */
    private static final int MOST_RULES = 512;
    /** The longest expression that Istio takes. */
    static final int LONGEST_REGEX = 1024;

    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    Refusals(ApiModel api) {
        this.api = api;
    }

    /**
     * All but what shows later.
     *
     * @param keptOut whether some isolated namespace may not call it
     */
    List<Problem> find(boolean keptOut) {
        api.guards()
                .forEach(guard -> add(
                        "istio.guard",
                        "a mesh cannot enforce " + guard.kind() + " (" + guard.describe() + ")",
                        "leave it out for this world, or expose the API by an embedded gateway",
                        guard.origin()));
        SplitRule split = api.service().split();
        if (split != null && split.sticky() != null && split.sticky().by() == SplitRule.By.HEADER) {
            add(
                    "istio.sticky-header",
                    "a mesh cannot keep callers on a version by the header '"
                            + split.sticky().name() + "': hashing picks workloads, never versions",
                    "keep them by a cookie: sticky(cookie(\"version\"))",
                    split.origin());
        }
        calls();
        access(api.entry().access());
        if (api.service().labels().isEmpty() && (AccessPlan.isAtWorkload(api) || keptOut)) {
            add(
                    "istio.no-labels",
                    "has no label that selects its workloads, so that its access rules and boundaries would hold for the whole namespace",
                    "say which labels its workloads carry",
                    api.origin());
        }
        api.entry().routes().forEach(route -> {
            if (route.match().headers().containsValue("")
                    || route.match().query().containsValue("")) {
                add(
                        "istio.empty-value",
                        "a mesh cannot ask for an empty value, as '" + route.match() + "' does",
                        "ask for a value",
                        route.origin());
            }
        });
        return found;
    }

    private void calls() {
        TimeoutRule timeout = api.service().timeout();
        if (timeout != null) {
            precision("time-out", timeout.total(), timeout.origin());
        }
        RetryRule retry = api.service().retry();
        if (retry != null && retry.perTry() != null) {
            precision("time-out of a try", retry.perTry(), retry.origin());
        }
    }

    private void precision(String what, Duration duration, Origin origin) {
        if (duration.toNanosPart() % 1_000_000 != 0 || duration.toMillis() < 1) {
            add(
                    "istio.duration",
                    "a mesh counts in milliseconds, but the " + what + " is " + duration,
                    "say it in whole milliseconds",
                    origin);
        }
    }

    private void access(Access access) {
        access.issuers().stream()
                .filter(issuer -> issuer.issuer().indexOf('*') >= 0)
                .forEach(issuer -> add(
                        "istio.wildcard",
                        "a mesh takes '*' in '" + issuer.issuer() + "' for any text",
                        "an issuer's name has no '*'",
                        issuer.origin()));
        access.rules().forEach(rule -> {
            if (rule.requirement() instanceof Requirement.Token token) {
                token.anyOf().forEach(grant -> grant(grant, rule.origin()));
            }
        });
    }

    private void grant(Grant grant, Origin origin) {
        grant.scopes().forEach(scope -> wildcard("scope", scope, origin));
        for (Grant.ClaimRule claim : grant.claims()) {
            claim.anyOf().forEach(value -> wildcard("value of claim '" + claim.name() + "'", value, origin));
            if (claim.name().indexOf('[') >= 0
                    || claim.name().indexOf(']') >= 0
                    || claim.name().equals("scope")) {
                add(
                        "istio.claim",
                        "a mesh cannot ask for the claim '" + claim.name() + "' as a whole",
                        claim.name().equals("scope")
                                ? "ask for scopes"
                                : "ask for a claim without brackets in its name",
                        origin);
            }
        }
    }

    private void wildcard(String what, String value, Origin origin) {
        if (value.startsWith("*") || value.endsWith("*")) {
            add(
                    "istio.wildcard",
                    "a mesh takes '*' at the end of the " + what + " '" + value + "' for any text",
                    "name it without '*' at either end",
                    origin);
        }
    }

    /** What shows only once paths are laid out. */
    List<Problem> of(@Nullable AccessPlan access, List<RoutePlan.Step> steps) {
        found.clear();
        for (RoutePlan.Step step : steps) {
            if (Forms.hasTemplate(step.path()) && Forms.regex(step.path()).length() > LONGEST_REGEX) {
                add(
                        "istio.long-path",
                        "a mesh takes expressions of at most " + LONGEST_REGEX + " characters, but '" + step.path()
                                + "' becomes " + Forms.regex(step.path()).length(),
                        "use a shorter path",
                        step.route() == null ? api.origin() : step.route().origin());
            }
        }
        if (access != null) {
            access.clashes().forEach(this::clash);
            Set<Grant> grants = new LinkedHashSet<>();
            access.areas()
                    .forEach(area -> area.asked().keySet().forEach(requirement -> {
                        if (requirement instanceof Requirement.Token token) {
                            grants.addAll(token.anyOf());
                        }
                    }));
            if (grants.size() + 2 > MOST_RULES) {
                add(
                        "istio.many-rules",
                        "a mesh takes at most " + MOST_RULES + " rules in a policy, but this needs "
                                + (grants.size() + 2),
                        "ask for fewer different things",
                        api.origin());
            }
        }
        return found;
    }

    private void clash(AccessPlan.Clash clash) {
        add(
                "istio.rewritten-access",
                "'" + clash.one().path() + "' and '" + clash.other().path()
                        + "' reach the service under the same paths ('"
                        + clash.one().seen() + "', '" + clash.other().seen()
                        + "'), where a mesh decides, although different things are asked there",
                "ask for the same at both, or rewrite them to different paths",
                api.origin());
    }

    Problem overlap(IllegalArgumentException why) {
        return problem(
                api, "istio.overlap", String.valueOf(why.getMessage()), "use fewer paths with braces", api.origin());
    }

    private void add(String code, String message, String hint, Origin origin) {
        found.add(problem(api, code, message, hint, origin));
    }

    private static Problem problem(ApiModel api, String code, String message, String hint, Origin origin) {
        return new Problem(code, api.id(), message, hint, origin);
    }
}
