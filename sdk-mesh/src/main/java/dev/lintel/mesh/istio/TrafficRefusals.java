package dev.lintel.mesh.istio;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of the traffic rules a mesh cannot do, each with the nearest thing that it can. */
final class TrafficRefusals {
    private static final String COOKIE = "cookie";

    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    TrafficRefusals(ApiModel api) {
        this.api = api;
    }

    /** Of two DestinationRules for one host a mesh takes one. */
    static List<Problem> shared(MeshModel model) {
        List<Problem> problems = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            boolean ruled = !TrafficPolicies.of(api.service()).isEmpty();
            for (Version version : api.service().versions()) {
                String service = version.service();
                boolean exposed = service != null
                        && model.api(service + "." + api.namespace()).isPresent();
                if (ruled && exposed) {
                    problems.add(new Problem(
                            "istio.shared-service",
                            api.id(),
                            "the service '" + service + "' of version '" + version.name()
                                    + "' is exposed as an API as well; a mesh takes one DestinationRule for a service",
                            "tell the version by labels, or say breaker, load balancing and retries of one of the two",
                            api.origin()));
                }
            }
        }
        return problems;
    }

    List<Problem> find() {
        Traffic traffic = api.service().traffic();
        traffic.choices().forEach(this::choice);
        cookies();
        fault(traffic.fault());
        if (traffic.breaker() != null) {
            breaker(traffic.breaker());
        }
        if (traffic.balance() != null && traffic.balance().localityFirst() && !ejects(traffic)) {
            refuse(
                    "locality",
                    "prefers workloads nearby only where it leaves out those that fail",
                    "say a breaker as well: breaker(b -> b.consecutive5xx(5))",
                    traffic.balance().origin());
        }
        if (traffic.health() != null) {
            refuse(
                    "health",
                    "does not ask workloads by itself whether they are well; Kubernetes does",
                    "give the workloads a readinessProbe for '"
                            + traffic.health().path() + "'",
                    traffic.health().origin());
        }
        SplitRule split = api.service().split();
        if (split != null && split.sticky() != null && split.sticky().by() == SplitRule.By.CLAIM) {
            refuse(
                    "sticky-claim",
                    "cannot keep callers on a version by the claim '"
                            + split.sticky().name() + "': hashing picks workloads, never versions",
                    "keep them by a cookie: sticky(cookie(\"version\"))",
                    split.origin());
        }
        Answers.of(api).forEach(this::answer);
        if (AccessPlan.isAtWorkload(api)
                && api.entry().access().isRestricted()
                && api.entry().headers().more().removeFromRequest().contains("authorization")) {
            refuse(
                    "remove-authorization",
                    "takes the header 'authorization' away at the gateway, but access is asked at the workload",
                    "let the service get it",
                    api.origin());
        }
        if (api.service().retry() != null) {
            retry(api.service().retry());
        }
        return found;
    }

    private static boolean ejects(Traffic traffic) {
        return traffic.breaker() != null && traffic.breaker().outliers() != null;
    }

    private void choice(Choice choice) {
        Condition when = choice.when();
        if (when.by() == Condition.By.CLAIM || when.by() == Condition.By.CALLER) {
            refuse(
                    "choice-token",
                    "cannot choose a version by '" + when
                            + "': the gateway chooses, but the workload's sidecar is what verifies tokens",
                    "choose by a header or a cookie",
                    choice.origin());
        } else if (when.by() == Condition.By.WORKLOAD) {
            refuse(
                    "choice-workload",
                    "cannot choose a version by '" + when + "' where routes do not see who calls",
                    "choose by a header or a cookie",
                    choice.origin());
        } else if (when.by() == Condition.By.HEADER && !isName(when.name())) {
            refuse(
                    "choice-header",
                    "cannot choose a version by the header '" + when.name() + "' as a whole",
                    when.name().equals(COOKIE) ? "choose by one cookie" : "choose by another header",
                    choice.origin());
        } else if (when.by() == Condition.By.COOKIE
                && StickyCookie.regex(when.name(), when.value()).length() > Refusals.LONGEST_REGEX) {
            refuse(
                    "long-cookie",
                    "takes expressions of at most " + Refusals.LONGEST_REGEX + " characters, but the cookie '"
                            + when.name() + "' with its value becomes longer",
                    "choose by a shorter value",
                    choice.origin());
        }
    }

    /** Pseudo headers and claims have a meaning of their own to Istio. */
    private static boolean isName(String header) {
        return header.matches("[a-z0-9!#$%&'*+.^_`|~-]+") && !header.equals(COOKIE);
    }

    /** Two conditions on the one header {@code Cookie} cannot be said together. */
    private void cookies() {
        SplitRule split = api.service().split();
        boolean asked =
                split != null && split.sticky() != null && split.sticky().by() == SplitRule.By.COOKIE
                        || api.service().traffic().choices().stream()
                                .anyMatch(choice -> choice.when().by() == Condition.By.COOKIE);
        for (Route route : api.entry().routes()) {
            if (asked && route.version() == null && route.match().headers().containsKey(COOKIE)) {
                refuse(
                        "cookie-header",
                        "cannot ask for one cookie where '" + route.match() + "' asks for all of them",
                        "match another header",
                        route.origin());
            }
        }
    }

    private void fault(@Nullable FaultRule fault) {
        if (fault != null && fault.delay() != null) {
            precision("delay", fault.delay().fixed(), fault.origin());
        }
    }

    private void breaker(BreakerRule breaker) {
        BreakerRule.Limits limits = breaker.limits();
        zero("maxConnections", limits.maxConnections(), breaker.origin());
        zero("maxPending", limits.maxPending(), breaker.origin());
        zero("maxRequests", limits.maxRequests(), breaker.origin());
        zero("maxRetries", limits.maxRetries(), breaker.origin());
        BreakerRule.Outliers outliers = breaker.outliers();
        if (outliers == null) {
            return;
        }
        precision("time between sweeps", outliers.interval(), breaker.origin());
        precision("time of an ejection", outliers.baseEjection(), breaker.origin());
        zero("maxEjectionPercent", outliers.maxEjectionPercent(), breaker.origin());
        Duration longest = longest(outliers.baseEjection());
        if (!outliers.maxEjection().equals(longest)) {
            refuse(
                    "breaker-longest",
                    "leaves a workload out for at most " + Durations.write(longest) + ", and cannot be told "
                            + Durations.write(outliers.maxEjection()),
                    "leave the longest ejection as it is",
                    breaker.origin());
        }
        if (!outliers.jitter().isZero()) {
            refuse(
                    "breaker-jitter",
                    "draws nothing on top of an ejection, and cannot be told " + Durations.write(outliers.jitter()),
                    "leave the jitter out",
                    breaker.origin());
        }
        if (outliers.splitLocalErrors() && outliers.consecutiveLocalFailures() == 0) {
            refuse(
                    "breaker-local",
                    "cannot pass over local failures that are counted by themselves",
                    "say after how many local failures in a row a workload is left out",
                    breaker.origin());
        }
    }

    /** Envoy's own: five minutes, or the first ejection if that is longer. */
    static Duration longest(Duration first) {
        Duration usual = Duration.ofMinutes(5);
        return first.compareTo(usual) > 0 ? first : usual;
    }

    private void zero(String what, @Nullable Integer number, Origin origin) {
        if (Objects.equals(number, 0)) {
            refuse("zero", "takes " + what + " 0 for no limit at all", "say at least 1", origin);
        }
    }

    private void answer(Route route) {
        PathPattern unasked = FarAccess.isAsked(api) ? null : Answers.unasked(api, route);
        if (unasked != null) {
            refuse(
                    "answer-access",
                    "answers '" + route.match() + "' at the gateway, but access to '" + unasked
                            + "' is asked only at the workload, which such a request does not reach",
                    "make it public: allow it for anyone, or let the service answer",
                    route.origin());
        }
        boolean back = route.answer() instanceof Answer.Redirect to
                && to.path() == null
                && (to.host() == null || api.entry().hosts().contains(to.host()));
        if (back) {
            refuse(
                    "redirect",
                    "redirects '" + route.match() + "' also where callers have already followed, in circles",
                    "say a path or another host, or let the Gateway redirect to https by itself",
                    route.origin());
        }
    }

    private void retry(RetryRule retry) {
        Duration base = retry.backoff().base();
        precision("pause before another try", base, retry.origin());
        if (!retry.backoff().most().equals(base.multipliedBy(10))) {
            refuse(
                    "retry-pause",
                    "pauses for at most ten times the first pause, " + Durations.write(base.multipliedBy(10))
                            + ", and cannot be told "
                            + Durations.write(retry.backoff().most()),
                    "say the first pause only",
                    retry.origin());
        }
        if (retry.budget().least() == 0) {
            refuse(
                    "retry-budget",
                    "takes a budget of at least 0 retries for no budget at all",
                    "let at least 1 retry be under way",
                    retry.origin());
        }
        BreakerRule breaker = api.service().traffic().breaker();
        if (breaker != null
                && breaker.limits().maxRetries() != null
                && !retry.budget().equals(RetryRule.Budget.DEFAULT)) {
            refuse(
                    "retry-limits",
                    "limits retries by a budget or by maxRetries, not by both",
                    "say one of them",
                    retry.origin());
        }
        retry.statuses().stream()
                .filter(status -> !NamedStatuses.isNamed(status))
                .forEach(status -> refuse(
                        "retry-status",
                        "does not know the status " + status + ", after which a call is to be tried again",
                        "name statuses that are registered",
                        retry.origin()));
    }

    private void precision(String what, Duration duration, Origin origin) {
        if (duration.toNanosPart() % 1_000_000 != 0 || duration.toMillis() < 1) {
            refuse(
                    "duration",
                    "counts in milliseconds, but the " + what + " is " + duration,
                    "say it in whole milliseconds",
                    origin);
        }
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("istio." + code, api.id(), "a mesh " + what, hint, origin));
    }
}
