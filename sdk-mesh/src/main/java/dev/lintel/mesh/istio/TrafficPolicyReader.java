package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code trafficPolicy} of a DestinationRule, as far as this dialect writes it. */
final class TrafficPolicyReader {
    private TrafficPolicyReader() {}

    /**
     * What is said about the calls of a service.
     *
     * @param breaker null if nothing is limited and nobody left out
     * @param balance null if the mesh picks workloads as it likes
     * @param budget null if nothing is said about retries at once
     */
    record Read(@Nullable BreakerRule breaker, @Nullable BalanceRule balance, RetryRule.@Nullable Budget budget) {
        static final Read NOTHING = new Read(null, null, null);
    }

    static Read read(Fields policy) {
        BreakerRule.Outliers outliers =
                policy.has("outlierDetection") ? outliers(policy.map("outlierDetection")) : null;
        BreakerRule.Limits limits = limits(policy.map("connectionPool"));
        BalanceRule balance = balance(policy.map("loadBalancer"), outliers != null);
        RetryRule.Budget budget = policy.has("retryBudget") ? budget(policy.map("retryBudget")) : null;
        policy.end();
        boolean broken = outliers != null || !limits.equals(BreakerRule.Limits.NONE);
        return new Read(broken ? new BreakerRule(outliers, limits, Origin.unknown()) : null, balance, budget);
    }

    private static BreakerRule.Limits limits(Fields pool) {
        Fields tcp = pool.map("tcp");
        Fields http = pool.map("http");
        BreakerRule.Limits limits = new BreakerRule.Limits(
                limit(tcp, "maxConnections"),
                limit(http, "http1MaxPendingRequests"),
                limit(http, "http2MaxRequests"),
                limit(http, "maxRetries"));
        tcp.end();
        http.end();
        pool.end();
        return limits;
    }

    private static @Nullable Integer limit(Fields fields, String name) {
        if (!fields.has(name)) {
            return null;
        }
        int limit = fields.number(name, 0);
        if (limit < 1) {
            fields.problem(name + " limits nothing: " + limit);
        }
        return limit;
    }

    private static BreakerRule.@Nullable Outliers outliers(Fields detection) {
        boolean whole = detection.has("consecutive5xxErrors")
                && detection.has("consecutiveGatewayErrors")
                && detection.has("maxEjectionPercent");
        int local = detection.number("consecutiveLocalOriginFailures", 0);
        Duration interval = detection.seconds("interval");
        Duration base = detection.seconds("baseEjectionTime");
        BreakerRule.Outliers outliers = !whole || interval == null || base == null
                ? null
                : new BreakerRule.Outliers(
                        detection.number("consecutive5xxErrors", 0),
                        detection.number("consecutiveGatewayErrors", 0),
                        detection.flag("splitExternalLocalOriginErrors"),
                        local,
                        interval,
                        base,
                        TrafficRefusals.longest(base),
                        Duration.ZERO,
                        detection.number("maxEjectionPercent", 0));
        if (outliers == null) {
            detection.problem("leaves numbers to the mesh");
        }
        if (detection.number("minHealthPercent", 0) != 0) {
            detection.problem("sends calls to workloads that are left out");
        }
        detection.end();
        return outliers;
    }

    private static @Nullable BalanceRule balance(Fields balancer, boolean ejects) {
        Fields locality = balancer.map("localityLbSetting");
        boolean said = locality.has("enabled");
        boolean nearby = locality.flag("enabled");
        locality.end();
        String simple = balancer.text("simple");
        BalanceRule.HashOn hashOn = balancer.has("consistentHash") ? hash(balancer.map("consistentHash")) : null;
        balancer.end();
        if (ejects && !said) {
            balancer.problem("leaves workloads out, and so prefers those nearby");
        }
        if (nearby && !ejects) {
            balancer.problem("prefers workloads nearby, but leaves none out");
        }
        if (hashOn != null) {
            return new BalanceRule(Algorithm.CONSISTENT_HASH, hashOn, nearby, Origin.unknown());
        }
        Optional<Algorithm> algorithm = algorithm(simple);
        if (algorithm.isEmpty() && (simple != null || nearby)) {
            balancer.problem("does not pick workloads in a way that is known: " + simple);
        }
        return algorithm
                .map(found -> new BalanceRule(found, null, nearby, Origin.unknown()))
                .orElse(null);
    }

    private static Optional<Algorithm> algorithm(@Nullable String simple) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm != Algorithm.CONSISTENT_HASH && algorithm.name().equals(simple)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    private static BalanceRule.HashOn hash(Fields hash) {
        String header = hash.text("httpHeaderName");
        String query = hash.text("httpQueryParameterName");
        Fields cookie = hash.map("httpCookie");
        String name = cookie.text("name");
        boolean address = hash.flag("useSourceIp");
        cookie.end();
        hash.end();
        int told = (header == null ? 0 : 1) + (query == null ? 0 : 1) + (name == null ? 0 : 1) + (address ? 1 : 0);
        if (told != 1) {
            hash.problem("does not hash one thing");
        }
        if (header != null) {
            return new BalanceRule.HashOn(BalanceRule.By.HEADER, header);
        }
        if (query != null) {
            return new BalanceRule.HashOn(BalanceRule.By.QUERY, query);
        }
        return name == null
                ? new BalanceRule.HashOn(BalanceRule.By.ADDRESS, "")
                : new BalanceRule.HashOn(BalanceRule.By.COOKIE, name);
    }

    private static RetryRule.Budget budget(Fields budget) {
        boolean whole = budget.has("percent") && budget.has("minRetryConcurrency");
        RetryRule.Budget read =
                new RetryRule.Budget(budget.number("percent", 20), budget.number("minRetryConcurrency", 3));
        if (!whole || read.least() < 1) {
            budget.problem("leaves numbers to the mesh");
        }
        budget.end();
        return read;
    }
}
