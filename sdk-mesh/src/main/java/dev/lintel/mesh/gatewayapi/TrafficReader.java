package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Manifest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads BackendTrafficPolicies of Envoy Gateway, in the words of a DestinationRule. */
final class TrafficReader {
    private final List<Problem> problems;
    private final Map<String, Said> targets = new LinkedHashMap<>();

    TrafficReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * What is said.
     *
     * @param policy a {@code trafficPolicy}
     * @param fault the {@code fault} of a route
     * @param health how workloads are asked whether they are well; empty if they are not
     * @param retry when a call is tried again; null for never
     * @param connectTimeout how long making a connection may take; null is the gateway's own limit
     */
    record Said(
            Map<String, Object> policy,
            Map<String, Object> fault,
            Map<String, Object> health,
            @Nullable RetryRule retry,
            @Nullable Duration connectTimeout) {
        static final Said NOTHING = new Said(Map.of(), Map.of(), Map.of(), null, null);
    }

    /** What is said about calls by a route. */
    Said at(Manifest route) {
        return targets.getOrDefault(route.kind() + " " + route.namespace() + "/" + route.name(), Said.NOTHING);
    }

    void read(Manifest manifest) {
        Part spec = new Part(manifest.id(), "spec", manifest.spec(), problems);
        List<Part> references = spec.parts("targetRefs");
        Part limits = spec.part("circuitBreaker");
        Part health = spec.part("healthCheck");
        Map<String, Object> outliers = health.has("passive") ? passive(health.part("passive")) : Map.of();
        Map<String, Object> balancer =
                spec.has("loadBalancer") ? balancer(spec.part("loadBalancer")) : new LinkedHashMap<>();
        if (!balancer.isEmpty() || !outliers.isEmpty()) {
            balancer.put("localityLbSetting", map("enabled", false));
        }
        Map<String, Object> policy = map(
                "loadBalancer",
                balancer,
                "connectionPool",
                map(
                        "tcp",
                        map("maxConnections", limits.number("maxConnections")),
                        "http",
                        map(
                                "http1MaxPendingRequests",
                                limits.number("maxPendingRequests"),
                                "http2MaxRequests",
                                limits.number("maxParallelRequests"),
                                "maxRetries",
                                limits.number("maxParallelRetries"))),
                "outlierDetection",
                outliers);
        limits.end();
        Map<String, Object> active = active(health.part("active"));
        health.end();
        RetryRule retry = spec.has("retry") ? PolicyRetries.read(spec.part("retry")) : null;
        Said said = new Said(policy, fault(spec.part("faultInjection")), active, retry, connectTimeout(spec));
        spec.end();
        for (Part target : references) {
            target.only("group", Meta.GROUP);
            String name = target.text("kind", "") + " " + manifest.namespace() + "/" + target.text("name", "");
            target.end();
            if (targets.putIfAbsent(name, said) != null) {
                spec.problem("is not the only policy for " + name + ", of which the oldest counts");
            }
        }
    }

    private static @Nullable Duration connectTimeout(Part spec) {
        Part timeout = spec.part("timeout");
        Part tcp = timeout.part("tcp");
        String text = tcp.text("connectTimeout");
        tcp.end();
        timeout.end();
        if (text != null && Durations.read(text).isEmpty()) {
            tcp.problem("connectTimeout is no duration: " + text);
        }
        return text == null ? null : Durations.read(text).orElse(Duration.ZERO);
    }

    private static Map<String, Object> balancer(Part balancer) {
        String type = balancer.text("type", "");
        Part hash = balancer.part("consistentHash");
        balancer.end();
        Map<String, Object> read = new LinkedHashMap<>();
        switch (type) {
            case "RoundRobin" -> read.put("simple", "ROUND_ROBIN");
            case "LeastRequest" -> read.put("simple", "LEAST_REQUEST");
            case "Random" -> read.put("simple", "RANDOM");
            case "ConsistentHash" -> read.put("consistentHash", hash(hash));
            default -> balancer.problem("is of the type '" + type + "'");
        }
        hash.end();
        return read;
    }

    private static Map<String, Object> hash(Part hash) {
        String by = hash.text("type", "");
        Part header = hash.part("header");
        Part cookie = hash.part("cookie");
        Map<String, Object> read = switch (by) {
            case "Header" -> map("httpHeaderName", header.text("name"));
            case "Cookie" -> map("httpCookie", map("name", cookie.text("name")));
            case "SourceIP" -> map("useSourceIp", true);
            default -> map();
        };
        if (read.isEmpty()) {
            hash.problem("hashes by '" + by + "'");
        }
        header.end();
        cookie.end();
        return read;
    }

    private static Map<String, Object> passive(Part passive) {
        boolean split = passive.flag("splitExternalLocalOriginErrors");
        Map<String, Object> read = map(
                "consecutive5xxErrors",
                or(passive.number("consecutive5XxErrors"), 5),
                "consecutiveGatewayErrors",
                or(passive.number("consecutiveGatewayErrors"), 0),
                "splitExternalLocalOriginErrors",
                split,
                "consecutiveLocalOriginFailures",
                split ? or(passive.number("consecutiveLocalOriginFailures"), 5) : null,
                "interval",
                seconds(passive, "interval", "3s"),
                "baseEjectionTime",
                seconds(passive, "baseEjectionTime", "30s"),
                "maxEjectionPercent",
                or(passive.number("maxEjectionPercent"), 10),
                "minHealthPercent",
                0);
        passive.end();
        return read;
    }

    private static Map<String, Object> active(Part active) {
        Part http = active.part("http");
        Map<String, Object> read = map(
                "path",
                http.text("path"),
                "timeout",
                active.text("timeout"),
                "interval",
                active.text("interval"),
                "unhealthy",
                active.number("unhealthyThreshold"),
                "healthy",
                active.number("healthyThreshold"));
        http.only("method", "GET");
        List<Integer> statuses = http.numbers("expectedStatuses");
        if (!statuses.isEmpty() && !statuses.equals(List.of(200))) {
            http.problem("takes other answers than 200 for well");
        }
        http.end();
        active.only("type", "HTTP");
        active.end();
        return read;
    }

    private static Map<String, Object> fault(Part fault) {
        Part delay = fault.part("delay");
        Part abort = fault.part("abort");
        Map<String, Object> read = map(
                "delay",
                delay.has("fixedDelay")
                        ? map(
                                "fixedDelay",
                                seconds(delay, "fixedDelay", "0s"),
                                "percentage",
                                map("value", or(delay.number("percentage"), 100)))
                        : null,
                "abort",
                abort.has("httpStatus")
                        ? map(
                                "httpStatus",
                                abort.number("httpStatus"),
                                "percentage",
                                map("value", or(abort.number("percentage"), 100)))
                        : null);
        delay.end();
        abort.end();
        fault.end();
        return read;
    }

    private static int or(@Nullable Integer number, int otherwise) {
        return number == null ? otherwise : number;
    }

    private static String seconds(Part part, String name, String otherwise) {
        String text = part.text(name, otherwise);
        if (Durations.read(text).isEmpty()) {
            part.problem(name + " is no duration: " + text);
        }
        return Durations.seconds(Durations.read(text).orElse(java.time.Duration.ZERO));
    }
}
