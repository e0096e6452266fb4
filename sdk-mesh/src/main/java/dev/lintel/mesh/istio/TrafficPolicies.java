package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code trafficPolicy} of a DestinationRule: how a workload is picked, when one is left out, and how much is
 * taken at once. Every number that counts is written, because Istio's own differ.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy">Istio,
 *     TrafficPolicy</a>
 */
final class TrafficPolicies {
    private TrafficPolicies() {}

    /** Empty if there is nothing to say. */
    static Map<String, Object> of(Service service) {
        Traffic traffic = service.traffic();
        BreakerRule breaker = traffic.breaker();
        BreakerRule.Limits limits = breaker == null ? BreakerRule.Limits.NONE : breaker.limits();
        BreakerRule.Outliers outliers = breaker == null ? null : breaker.outliers();
        return map(
                "loadBalancer",
                balancer(traffic.balance(), outliers != null),
                "connectionPool",
                map("tcp", map("maxConnections", limits.maxConnections()), "http", http(limits)),
                "outlierDetection",
                outliers == null ? null : outliers(outliers),
                "retryBudget",
                limits.maxRetries() == null ? budget(service.retry()) : null);
    }

    private static Map<String, Object> http(BreakerRule.Limits limits) {
        return map(
                "http1MaxPendingRequests",
                limits.maxPending(),
                "http2MaxRequests",
                limits.maxRequests(),
                "maxRetries",
                limits.maxRetries());
    }

    /** Where workloads are left out, Istio prefers those nearby unless it is told not to. */
    private static @Nullable Map<String, Object> balancer(@Nullable BalanceRule balance, boolean ejects) {
        if (balance == null) {
            return ejects ? map("localityLbSetting", map("enabled", false)) : null;
        }
        BalanceRule.HashOn hashOn = balance.hashOn();
        return map(
                "simple",
                hashOn == null ? balance.algorithm().name() : null,
                "consistentHash",
                hashOn == null ? null : hash(hashOn),
                "localityLbSetting",
                map("enabled", balance.localityFirst()));
    }

    private static Map<String, Object> hash(BalanceRule.HashOn on) {
        return switch (on.by()) {
            case HEADER -> map("httpHeaderName", on.name());
            // Without a time to live Envoy makes no cookie of its own.
            case COOKIE -> map("httpCookie", map("name", on.name()));
            case QUERY -> map("httpQueryParameterName", on.name());
            case ADDRESS -> map("useSourceIp", true);
        };
    }

    private static Map<String, Object> outliers(BreakerRule.Outliers outliers) {
        return map(
                "consecutive5xxErrors",
                outliers.consecutive5xx(),
                "consecutiveGatewayErrors",
                outliers.consecutiveGatewayErrors(),
                "splitExternalLocalOriginErrors",
                outliers.splitLocalErrors(),
                "consecutiveLocalOriginFailures",
                outliers.splitLocalErrors() ? outliers.consecutiveLocalFailures() : null,
                "interval",
                Retries.seconds(outliers.interval()),
                "baseEjectionTime",
                Retries.seconds(outliers.baseEjection()),
                "maxEjectionPercent",
                percent(outliers),
                "minHealthPercent",
                0);
    }

    /** Nobody here knows how many workloads there will be: what holds for several. */
    static int percent(BreakerRule.Outliers outliers) {
        return outliers.percentFor(2);
    }

    private static @Nullable Map<String, Object> budget(@Nullable RetryRule retry) {
        return retry == null || retry.attempts() == 0
                ? null
                : map(
                        "percent",
                        retry.budget().percent(),
                        "minRetryConcurrency",
                        retry.budget().least());
    }
}
