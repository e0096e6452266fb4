package dev.lintel.core.evaluate;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision.Refuse;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the steps of one decision in words; the data path passes null instead. */
final class Trace {
    private final List<Explanation.Step> steps = new ArrayList<>();
    private final boolean rehearsal;

    Trace(boolean rehearsal) {
        this.rehearsal = rehearsal;
    }

    /** Whether the request is only looked at, so that nothing must be used up. */
    boolean isRehearsal() {
        return rehearsal;
    }

    List<Explanation.Step> steps() {
        return steps;
    }

    void refused(String stage, String why) {
        add(stage, "refused, " + why, Origin.unknown());
    }

    void path(String raw, String normal) {
        add("path", raw.equals(normal) ? normal + " is in normal form" : raw + " means " + normal, Origin.unknown());
    }

    void host(String host, ApiModel api, boolean inside) {
        String text = host + " is " + api.id() + (inside ? ", from inside: no entry policies" : "");
        add("host", text, api.origin());
    }

    void open(ApiModel api) {
        add("access", "no access policy, everybody may call and tokens are not judged", api.origin());
    }

    void token(Token token, @Nullable Refuse refused) {
        String text = "none was presented";
        if (token instanceof Token.Verified verified) {
            text = verified(verified) + (refused == null ? "" : ": refused, " + refused.detail());
        } else if (refused != null) {
            text = "refused, " + refused.detail();
        }
        add("token", text, Origin.unknown());
    }

    void session(Token session) {
        String text = session instanceof Token.Verified verified ? verified(verified) : "none";
        add("session", text, Origin.unknown());
    }

    void login(LoginRule rule, String text) {
        add("login", text, rule.origin());
    }

    void authorizer(AuthorizerRule rule, String outcome) {
        add("verdict", rule.describe() + ": " + outcome, rule.origin());
    }

    /** Who calls: {@code caller} or {@code boundary}. */
    void caller(String stage, String text, Origin origin) {
        add(stage, text, origin);
    }

    private static String verified(Token.Verified token) {
        String text = (token.subject() == null ? "" : "of " + token.subject() + ", ") + "from " + token.issuer();
        if (!token.audiences().isEmpty()) {
            text += ", for " + String.join(" and ", token.audiences());
        }
        return text + (token.scopes().isEmpty() ? ", without scopes" : ", scopes " + String.join(" ", token.scopes()));
    }

    void access(@Nullable AccessRule rule, @Nullable Refuse refused) {
        if (rule == null) {
            add("access", "no rule speaks about this method and path: refused", Origin.unknown());
        } else {
            add("access", said(rule) + ": " + (refused == null ? "granted" : "refused"), rule.origin());
        }
    }

    private static String said(AccessRule rule) {
        String verb = rule.requirement() instanceof Requirement.Token ? " needs " : " is ";
        return rule.endpoint() + verb + rule.requirement();
    }

    void notAsked(@Nullable AccessRule rule) {
        if (rule != null) {
            add("access", said(rule) + ": not asked any more", rule.origin());
        }
    }

    void guard(GuardRule rule, Guard.@Nullable Refusal refusal) {
        String outcome = refusal == null ? "passed" : "refused with " + refusal.status() + ", " + refusal.reason();
        add("guard", rule.describe() + ": " + outcome, rule.origin());
    }

    void route(Route route, @Nullable SplitRule split) {
        String target = route.version() == null ? "the service" : "version " + route.version();
        String past = route.version() == null || split == null ? "" : ", past the split";
        add("route", route.match() + " goes to " + target + past, route.origin());
    }

    void split(SplitRule split, String version, boolean kept) {
        String shares = split.shares().stream()
                .map(share -> share.version() + " " + share.weight() + " %")
                .collect(Collectors.joining(", "));
        add(
                "split",
                shares + ": " + (kept ? "kept on " + version + by(split.sticky()) : "drawn " + version),
                split.origin());
    }

    private static String by(SplitRule.@Nullable Sticky sticky) {
        if (sticky == null) {
            return "";
        }
        return " by the " + sticky.by().name().toLowerCase(Locale.ROOT) + " " + sticky.name();
    }

    void delay(FaultRule fault, FaultRule.Delay delay, boolean drawn) {
        String share = delay.percent() + " % are held up for " + Durations.write(delay.fixed());
        add("fault", share + ": " + drawn(drawn), fault.origin());
    }

    void abort(FaultRule fault, FaultRule.Abort abort, boolean drawn) {
        String share = abort.percent() + " % are answered with " + abort.status();
        add("fault", share + ": " + drawn(drawn), fault.origin());
    }

    void mirror(MirrorRule mirror, boolean drawn) {
        add("mirror", mirror.percent() + " % are copied to " + mirror.version() + ": " + drawn(drawn), mirror.origin());
    }

    private static String drawn(boolean drawn) {
        return drawn ? "drawn" : "not drawn";
    }

    void choice(Choice choice, boolean holds, @Nullable SplitRule split) {
        String past = split == null ? "" : ", past the split";
        String outcome = holds ? "goes to " + choice.version() + past : "does not hold";
        add("choice", choice.when() + ": " + outcome, choice.origin());
    }

    void answer(Route route, Decision.Reply reply) {
        add("route", route.match() + ": " + reply, route.origin());
    }

    void noSplit() {
        add("split", "none, any workload of the service will do", Origin.unknown());
    }

    void rewrite(Rewrite rewrite, String path) {
        add("rewrite", rewrite.from() + " becomes " + rewrite.to() + ": " + path, rewrite.origin());
    }

    private void add(String stage, String text, Origin origin) {
        steps.add(new Explanation.Step(stage, text, origin));
    }
}
