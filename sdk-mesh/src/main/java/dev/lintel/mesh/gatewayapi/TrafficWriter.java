package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes how calls travel, for Envoy Gateway: one BackendTrafficPolicy for the routes of an API. Every number that counts is
 * written, because Envoy Gateway's own differ.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#backendtrafficpolicyspec">Envoy Gateway,
 *     BackendTrafficPolicySpec</a>
 */
final class TrafficWriter {
    private final ApiModel api;

    TrafficWriter(ApiModel api) {
        this.api = api;
    }

    List<Manifest> write(List<RouteWriter.Written> routes) {
        Traffic traffic = api.service().traffic();
        Elsewhere elsewhere = traffic.elsewhere();
        BreakerRule breaker = traffic.breaker();
        BreakerRule.Limits limits = breaker == null ? BreakerRule.Limits.NONE : breaker.limits();
        Map<String, Object> said = map(
                "loadBalancer",
                traffic.balance() == null ? null : balancer(traffic.balance()),
                "circuitBreaker",
                map(
                        "maxConnections",
                        limits.maxConnections(),
                        "maxPendingRequests",
                        limits.maxPending(),
                        "maxParallelRequests",
                        limits.maxRequests(),
                        "maxParallelRetries",
                        limits.maxRetries()),
                "healthCheck",
                map(
                        "passive",
                        breaker == null || breaker.outliers() == null ? null : passive(breaker.outliers()),
                        "active",
                        traffic.health() == null ? null : active(traffic.health())),
                "retry",
                PolicyRetries.write(api.service().retry()),
                "timeout",
                elsewhere == null || elsewhere.connectTimeout() == null
                        ? null
                        : map("tcp", map("connectTimeout", Durations.write(elsewhere.connectTimeout()))),
                "faultInjection",
                fault(traffic.fault()));
        if (said.isEmpty()) {
            return List.of();
        }
        List<Object> targets = new ArrayList<>();
        routes.forEach(route -> targets.add(map(
                "group",
                Meta.GROUP,
                "kind",
                route.manifest().kind(),
                "name",
                route.manifest().name())));
        Map<String, Object> spec = map("targetRefs", targets);
        spec.putAll(said);
        return List.of(Meta.object(Meta.ENVOY, Meta.TRAFFIC_POLICY, api, api.name(), Map.of(), spec));
    }

    private static Map<String, Object> balancer(BalanceRule balance) {
        BalanceRule.HashOn on = balance.hashOn();
        if (on == null) {
            return map(
                    "type",
                    switch (balance.algorithm()) {
                        case ROUND_ROBIN -> "RoundRobin";
                        case LEAST_REQUEST -> "LeastRequest";
                        default -> "Random";
                    });
        }
        return map(
                "type",
                "ConsistentHash",
                "consistentHash",
                switch (on.by()) {
                    case HEADER -> map("type", "Header", "header", map("name", on.name()));
                    case COOKIE -> map("type", "Cookie", "cookie", map("name", on.name()));
                    default -> map("type", "SourceIP");
                });
    }

    private static Map<String, Object> passive(BreakerRule.Outliers outliers) {
        return map(
                "consecutive5XxErrors",
                outliers.consecutive5xx(),
                "consecutiveGatewayErrors",
                outliers.consecutiveGatewayErrors(),
                "splitExternalLocalOriginErrors",
                outliers.splitLocalErrors(),
                "consecutiveLocalOriginFailures",
                outliers.splitLocalErrors() ? outliers.consecutiveLocalFailures() : null,
                "interval",
                Durations.write(outliers.interval()),
                "baseEjectionTime",
                Durations.write(outliers.baseEjection()),
                // Nobody here knows how many workloads there will be: what holds for several.
                "maxEjectionPercent",
                outliers.percentFor(2));
    }

    private static Map<String, Object> active(HealthRule health) {
        return map(
                "timeout",
                Durations.write(health.timeout()),
                "interval",
                Durations.write(health.interval()),
                "unhealthyThreshold",
                health.unhealthyAfter(),
                "healthyThreshold",
                health.healthyAfter(),
                "type",
                "HTTP",
                "http",
                map("path", health.path(), "method", "GET", "expectedStatuses", List.of(200)));
    }

    private static @Nullable Map<String, Object> fault(@Nullable FaultRule fault) {
        if (fault == null) {
            return null;
        }
        FaultRule.Delay delay = fault.delay();
        FaultRule.Abort abort = fault.abort();
        return map(
                "delay",
                delay == null ? null : map("fixedDelay", Durations.write(delay.fixed()), "percentage", delay.percent()),
                "abort",
                abort == null ? null : map("httpStatus", abort.status(), "percentage", abort.percent()));
    }
}
