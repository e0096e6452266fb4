package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the steps of one decision in words; the data path passes null instead. */
final class Trace {
    private final List<Explanation.Step> steps = new ArrayList<>();

    List<Explanation.Step> steps() {
        return steps;
    }

    void path(String raw, String normal) {
        add("path", raw.equals(normal) ? normal + " is in normal form" : raw + " means " + normal, Origin.unknown());
    }

    void host(String host, ApiModel api) {
        add("host", host + " is " + api.id(), api.origin());
    }

    void token(Token token, @Nullable Refuse refused) {
        String text = "none was presented";
        if (token instanceof Token.Verified verified) {
            text = "of " + verified.subject() + " from " + verified.issuer() + ", scopes " + verified.scopes();
        }
        add("token", refused == null ? text : refused.detail(), Origin.unknown());
    }

    void access(@Nullable AccessRule rule, @Nullable Refuse refused) {
        if (rule == null) {
            add("access", "no rule speaks about this method and path", Origin.unknown());
        } else {
            String outcome = refused == null ? "granted" : "refused, " + refused.detail();
            add("access", rule.endpoint() + " asks for " + rule.requirement() + ": " + outcome, rule.origin());
        }
    }

    void guard(GuardRule rule, Guard.@Nullable Refusal refusal) {
        String outcome = refusal == null ? "passed" : "refused with " + refusal.status() + ", " + refusal.reason();
        add("guard", rule.describe() + ": " + outcome, rule.origin());
    }

    void route(Route route) {
        String target = route.version() == null ? "the service" : "version " + route.version();
        add("route", route.match() + " goes to " + target, route.origin());
    }

    void split(SplitRule split, String version, boolean kept) {
        String shares = split.shares().stream()
                .map(share -> share.version() + " " + share.weight() + "%")
                .collect(Collectors.joining(", "));
        add("split", shares + ": " + (kept ? "kept on " : "drawn ") + version, split.origin());
    }

    void rewrite(Rewrite rewrite, String path) {
        add("rewrite", rewrite.from() + " becomes " + rewrite.to() + ": " + path, rewrite.origin());
    }

    private void add(String stage, String text, Origin origin) {
        steps.add(new Explanation.Step(stage, text, origin));
    }
}
