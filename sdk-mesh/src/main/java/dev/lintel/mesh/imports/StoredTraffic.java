package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Durations;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How calls travel to a service, in the stored form. */
final class StoredTraffic {
    /** What a breaker means where it says nothing. */
    private static final int USUAL_COUNT = 5;

    private static final Duration USUAL_SWEEP = Duration.ofSeconds(10);
    private static final Duration USUAL_EJECTION = Duration.ofSeconds(30);
    private static final Duration USUAL_LONGEST = Duration.ofMinutes(5);

    private final List<Map<String, Object>> policies;
    private final Unsaid lost;

    /**
     * Adds to what is said already.
     *
     * @param policies takes what is said
     * @param lost takes what a definition cannot say
     */
    StoredTraffic(List<Map<String, Object>> policies, Unsaid lost) {
        this.policies = policies;
        this.lost = lost;
    }

    void service(Service service) {
        Traffic traffic = service.traffic();
        SplitRule split = service.split();
        if (split != null) {
            List<Object> shares = new ArrayList<>();
            split.shares().forEach(share -> shares.add(map("version", share.version(), "weight", share.weight())));
            SplitRule.Sticky sticky = split.sticky();
            say(
                    "traffic.split/v1",
                    "shares",
                    shares,
                    "sticky",
                    sticky == null ? null : map(sticky.by().name().toLowerCase(Locale.ROOT), sticky.name()));
        }
        traffic.choices()
                .forEach(choice -> say(
                        "traffic.choice/v1",
                        "when",
                        map(
                                "by",
                                choice.when().by().toString(),
                                "name",
                                choice.when().name(),
                                "value",
                                choice.when().value()),
                        "version",
                        choice.version()));
        traffic.mirrors()
                .forEach(mirror -> say("traffic.mirror/v1", "version", mirror.version(), "percent", mirror.percent()));
        if (service.retry() != null && service.retry().attempts() > 0) {
            retry(service.retry());
        }
        if (service.timeout() != null) {
            say("traffic.timeout/v1", "total", Durations.write(service.timeout().total()));
        }
        if (traffic.fault() != null) {
            fault(traffic.fault());
        }
        if (traffic.breaker() != null) {
            breaker(traffic.breaker());
        }
        if (traffic.balance() != null) {
            Map<String, Object> hash = traffic.balance().hashOn() == null
                    ? Map.of()
                    : map(
                            "by",
                            word(traffic.balance().hashOn().by()),
                            "name",
                            traffic.balance().hashOn().name());
            say(
                    "traffic.load-balancing/v1",
                    "algorithm",
                    word(traffic.balance().algorithm()),
                    "hashOn",
                    hash,
                    "nearbyFirst",
                    traffic.balance().localityFirst() ? true : null);
        }
        if (traffic.health() != null) {
            lost.add("how workloads are asked whether they are well");
        }
        if (traffic.elsewhere() != null) {
            elsewhere(traffic);
        }
    }

    private void elsewhere(Traffic traffic) {
        Elsewhere place = traffic.elsewhere();
        if (place != null
                && place.kind() == Elsewhere.Kind.EXTERNAL
                && place.address() != null
                && place.credential() == null) {
            say("traffic.served-by/v1", "place", "external", "address", String.valueOf(place.address()));
        } else {
            lost.add("where the service is: " + place);
        }
    }

    private void retry(RetryRule retry) {
        Map<String, Object> backOff = retry.backoff().equals(RetryRule.Backoff.DEFAULT)
                ? Map.of()
                : map(
                        "base",
                        text(retry.backoff().base()),
                        "most",
                        text(retry.backoff().most()));
        Map<String, Object> budget = retry.budget().equals(RetryRule.Budget.DEFAULT)
                ? Map.of()
                : map(
                        "percent",
                        retry.budget().percent(),
                        "least",
                        retry.budget().least());
        Set<?> on = retry.on();
        List<String> failures = on.equals(RetryRule.DEFAULT_ON)
                ? List.of()
                : retry.on().stream().map(StoredTraffic::word).toList();
        say(
                "traffic.retry/v1",
                "attempts",
                retry.attempts(),
                "perTry",
                text(retry.perTry()),
                "nonIdempotent",
                retry.nonIdempotent() ? true : null,
                "failures",
                failures,
                "statuses",
                List.copyOf(retry.statuses()),
                "backOff",
                backOff,
                "budget",
                budget);
    }

    private void fault(FaultRule fault) {
        FaultRule.Delay delay = fault.delay();
        FaultRule.Abort abort = fault.abort();
        say(
                "traffic.fault/v1",
                "delay",
                delay == null ? null : map("fixed", text(delay.fixed()), "percent", delay.percent()),
                "abort",
                abort == null ? null : map("status", abort.status(), "percent", abort.percent()));
    }

    private void breaker(BreakerRule breaker) {
        BreakerRule.Outliers out = breaker.outliers();
        BreakerRule.Limits limits = breaker.limits();
        Map<String, Object> said = new LinkedHashMap<>(
                out == null
                        ? map("consecutive5xx", 0)
                        : map(
                                "consecutive5xx",
                                out.consecutive5xx() == USUAL_COUNT ? null : out.consecutive5xx(),
                                "consecutiveGatewayErrors",
                                out.consecutiveGatewayErrors() == 0 ? null : out.consecutiveGatewayErrors(),
                                "consecutiveLocalFailures",
                                out.splitLocalErrors() ? out.consecutiveLocalFailures() : null,
                                "every",
                                unusual(out.interval(), USUAL_SWEEP),
                                "ejectFor",
                                unusual(out.baseEjection(), USUAL_EJECTION),
                                "atMostEjectedFor",
                                unusual(out.maxEjection(), longest(out.baseEjection())),
                                "jitter",
                                out.jitter().isZero() ? null : text(out.jitter()),
                                "maxEjectionPercent",
                                out.maxEjectionPercent()));
        said.putAll(map(
                "maxConnections",
                limits.maxConnections(),
                "maxPending",
                limits.maxPending(),
                "maxRequests",
                limits.maxRequests(),
                "maxRetries",
                limits.maxRetries()));
        Map<String, Object> policy = map("kind", "traffic.breaker/v1");
        policy.putAll(said);
        policies.add(policy);
    }

    /** What a breaker that says nothing takes as the longest ejection. */
    private static Duration longest(Duration ejection) {
        return ejection.compareTo(USUAL_LONGEST) > 0 ? ejection : USUAL_LONGEST;
    }

    /** Null for what counts where nothing is said. */
    private static @Nullable String unusual(Duration said, Duration usual) {
        return said.equals(usual) ? null : text(said);
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : Durations.write(duration);
    }

    /** A constant as the stored form writes it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void say(String kind, @Nullable Object... fields) {
        Map<String, Object> policy = map("kind", kind);
        policy.putAll(map(fields));
        policies.add(policy);
    }
}
