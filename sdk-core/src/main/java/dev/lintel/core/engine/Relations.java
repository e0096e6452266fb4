package dev.lintel.core.engine;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What policies of one API say against each other, once all of them are compiled. */
final class Relations {
    private final ApiModel api;
    private final Traffic traffic;
    private final List<Problem> problems;
    private final List<Problem> warnings;

    Relations(ApiModel api, List<Problem> problems, List<Problem> warnings) {
        this.api = api;
        this.traffic = api.service().traffic();
        this.problems = problems;
        this.warnings = warnings;
    }

    void check() {
        tries();
        retries();
        choices();
        sticky();
        api.guards().stream()
                .filter(GuardRule::needsToken)
                .forEach(guard -> tokens("guard.no-token", "'" + guard.describe() + "'", guard.origin()));
        traffic.mirrors().forEach(this::mirror);
        rewrites();
        problems.addAll(new Redirects(api).problems());
    }

    private void tries() {
        RetryRule retry = api.service().retry();
        TimeoutRule timeout = api.service().timeout();
        if (retry != null
                && timeout != null
                && retry.perTry() != null
                && retry.perTry().compareTo(timeout.total()) > 0) {
            problem(
                    "retry.per-try",
                    "one try may take " + Durations.write(retry.perTry()) + ", but the whole call only "
                            + Durations.write(timeout.total()),
                    "make the time-out of one try shorter than the one of the whole call"
                            + timeout.origin().after(", said at "),
                    retry.origin());
        }
    }

    private void retries() {
        RetryRule retry = api.service().retry();
        BreakerRule breaker = traffic.breaker();
        Integer limit = breaker == null ? null : breaker.limits().maxRetries();
        if (breaker == null || limit == null) {
            return;
        }
        if (retry == null) {
            warning(
                    "breaker.retries",
                    "limits retries to " + limit + ", but nothing is tried again",
                    "say retry(…), or leave maxRetries out",
                    breaker.origin());
        } else if (!retry.budget().equals(RetryRule.Budget.DEFAULT)) {
            problem(
                    "retry.budget",
                    "retries are limited twice: by a budget of "
                            + retry.budget().percent() + " % and at least "
                            + retry.budget().least() + ", and by maxRetries of " + limit
                            + breaker.origin().after(" at "),
                    "say one of the two; with a budget nobody looks at maxRetries",
                    retry.origin());
        }
    }

    private void choices() {
        SplitRule split = api.service().split();
        for (Choice choice : traffic.choices()) {
            Condition when = choice.when();
            if (when.by() == Condition.By.CLAIM || when.by() == Condition.By.CALLER) {
                tokens("choice.no-token", "a choice by " + when, choice.origin());
            }
            if (when.by() == Condition.By.COOKIE
                    && split != null
                    && Objects.equals(split.sticky(), new SplitRule.Sticky(SplitRule.By.COOKIE, when.name()))) {
                problem(
                        "choice.cookie",
                        "asks for the cookie '" + when.name() + "', in which the split remembers its versions"
                                + split.origin().after(", said at "),
                        "ask for another cookie",
                        choice.origin());
            }
        }
    }

    private void sticky() {
        SplitRule split = api.service().split();
        SplitRule.Sticky sticky = split == null ? null : split.sticky();
        if (split == null || sticky == null) {
            return;
        }
        if (sticky.by() == SplitRule.By.CLAIM) {
            tokens("sticky.no-token", "a split that is sticky by the claim '" + sticky.name() + "'", split.origin());
        }
        BalanceRule balance = traffic.balance();
        BalanceRule.HashOn on = balance == null ? null : balance.hashOn();
        if (balance != null
                && on != null
                && on.by() == BalanceRule.By.COOKIE
                && sticky.by() == SplitRule.By.COOKIE
                && on.name().equals(sticky.name())) {
            problem(
                    "balance.cookie",
                    "hashes the cookie '" + on.name() + "', in which the split remembers its versions"
                            + split.origin().after(", said at ")
                            + ", so that all callers of a version would get one workload",
                    "hash another cookie",
                    balance.origin());
        }
    }

    private void tokens(String code, String what, Origin origin) {
        if (api.entry().access().issuers().isEmpty()) {
            problem(
                    code,
                    what + " needs verified tokens, but nothing is said about whose tokens are accepted",
                    "say withOAuth2(…), or tell calls apart by something else, such as a header, a cookie or the address",
                    origin);
        }
    }

    private void mirror(MirrorRule mirror) {
        String version = mirror.version();
        SplitRule split = api.service().split();
        int weight = split == null ? 0 : weight(split, version);
        if (split != null && weight == 100) {
            problem(
                    "mirror.same",
                    "copies calls to '" + version + "', which gets all of them already"
                            + split.origin().after(", said at "),
                    "mirror to another version, or give this one a smaller share",
                    mirror.origin());
        } else if (weight > 0) {
            warning(
                    "mirror.share",
                    "copies calls to '" + version + "', which gets " + weight
                            + " % of them itself and so does some of them twice",
                    "mirror to a version of weight 0",
                    mirror.origin());
        } else if (split == null && shared(version)) {
            warning(
                    "mirror.no-split",
                    "copies calls to '" + version + "', whose workloads get calls themselves, because nothing is"
                            + " split, and so do some of them twice",
                    "say split(…) with the versions that get calls",
                    mirror.origin());
        }
    }

    /** Whether the workloads of a version are among those of the service. */
    private boolean shared(String version) {
        return api.service().versions().stream()
                .anyMatch(known -> known.name().equals(version) && known.service() == null);
    }

    private static int weight(SplitRule split, String version) {
        return split.shares().stream()
                .filter(share -> share.version().equals(version))
                .mapToInt(SplitRule.Share::weight)
                .sum();
    }

    /** A rewrite whose paths are all answered without the service. */
    private void rewrites() {
        for (Rewrite rewrite : api.entry().rewrites()) {
            Route answered = answered(rewrite);
            if (answered != null) {
                problem(
                        "rewrite.answered",
                        "rewrites '" + rewrite.from() + "', but '" + answered.match()
                                + "' is answered in place of the service"
                                + answered.origin().after(", said at "),
                        "say one of the two",
                        rewrite.origin());
            }
        }
    }

    private @Nullable Route answered(Rewrite rewrite) {
        return api.entry().routes().stream()
                .filter(route -> route.answer() != null
                        && route.match().endpoint().methods().isEmpty()
                        && route.match().headers().isEmpty()
                        && route.match().query().isEmpty()
                        && route.match().endpoint().path().sameAs(rewrite.from()))
                .findFirst()
                .orElse(null);
    }

    private void problem(String code, String message, String hint, Origin origin) {
        problems.add(new Problem(code, api.id(), message, hint, origin));
    }

    private void warning(String code, String message, String hint, Origin origin) {
        warnings.add(new Problem(code, api.id(), message, hint, origin));
    }
}
