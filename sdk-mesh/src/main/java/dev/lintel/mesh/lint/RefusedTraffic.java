package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DestinationRules that Istio's webhook refuses. */
final class RefusedTraffic implements Rule {
    private static final List<String> POLICY =
            List.of("outlierDetection", "connectionPool", "loadBalancer", "tls", "portLevelSettings", "tunnel");
    private static final List<String> ANY_POLICY = List.of("proxyProtocol", "retryBudget");
    private static final List<String> OF_PORTS = List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");
    private static final int WHOLE = 100;
    private static final int CERTAINTY = 30;

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            Refusal refusal = new Refusal(rule, report);
            Part spec = Part.of(rule);
            refusal.exported();
            elsewhere(spec, refusal);
            Part host = spec.get("host");
            if (!host.text().isEmpty() && !Texts.isHost(host.text())) {
                refusal.malformed(host, "domain name", "name a service, or '*.' and a domain");
            }
            policy(spec.get("trafficPolicy"), refusal);
            List<Part> names = new ArrayList<>();
            for (Part subset : spec.get("subsets").items()) {
                names.add(subset.get("name"));
                if (!subset.get("name").text().isEmpty()
                        && !Texts.isLabel(subset.get("name").text())) {
                    refusal.malformed(subset.get("name"), "name of a subset", "say letters, digits and '-'");
                }
                policy(subset.get("trafficPolicy"), refusal);
            }
            refusal.once(names, "subset");
        }
    }

    private static void elsewhere(Part spec, Refusal refusal) {
        List<String> all = spec.get("exportTo").texts();
        String here = refusal.object().namespace();
        if (spec.get("workloadSelector").isThere()
                && all.stream().anyMatch(one -> !one.equals(".") && !one.equals(here))) {
            refusal.apart(
                    spec.get("exportTo"),
                    "a rule with a workloadSelector cannot be exported beyond its own namespace",
                    "say exportTo: [\".\"]");
        }
    }

    private static void policy(Part policy, Refusal refusal) {
        if (policy.value() instanceof Map
                && POLICY.stream().noneMatch(field -> policy.get(field).isThere())
                && ANY_POLICY.stream().noneMatch(field -> policy.get(field).isThere())) {
            refusal.needed(policy, "the traffic policy must have at least one field", "say one, or leave it out");
        }
        refusal.either(policy, "tunnel", "proxyProtocol");
        settings(policy, refusal);
        for (Part port : policy.get("portLevelSettings").items()) {
            if (!port.get("port").isThere()) {
                refusal.needed(port.get("port"), "settings of a port name no port", "say port: {number: 80}");
            }
            if (OF_PORTS.stream().noneMatch(field -> port.get(field).isThere())) {
                refusal.needed(
                        port, "the settings of a port must have at least one field", "say one, or leave them out");
            }
            settings(port, refusal);
        }
        Part protocol = policy.get("tunnel", "protocol");
        if (!Set.of("", "CONNECT", "POST").contains(protocol.text())) {
            refusal.value(protocol, "tunnel protocol", "say CONNECT or POST");
        }
    }

    private static void settings(Part policy, Refusal refusal) {
        pool(policy.get("connectionPool"), refusal);
        Part outlier = policy.get("outlierDetection");
        Part local = outlier.get("consecutiveLocalOriginFailures");
        if (local.value() instanceof Number number
                && number.doubleValue() > 0
                && !Boolean.TRUE.equals(
                        outlier.get("splitExternalLocalOriginErrors").value())) {
            refusal.apart(
                    local,
                    "consecutive local origin failures are counted, and splitExternalLocalOriginErrors is false",
                    "say splitExternalLocalOriginErrors: true, or leave them out");
        }
        balancer(policy.get("loadBalancer"), refusal);
        tls(policy.get("tls"), refusal);
    }

    private static void pool(Part pool, Refusal refusal) {
        if (pool.value() instanceof Map
                && !pool.get("http").isThere()
                && !pool.get("tcp").isThere()) {
            refusal.needed(
                    pool, "the connection pool must have at least one field", "say http or tcp, or leave it out");
        }
        Part http = pool.get("http");
        for (String field : List.of(
                "http1MaxPendingRequests",
                "http2MaxRequests",
                "maxRequestsPerConnection",
                "maxRetries",
                "maxConcurrentStreams")) {
            negative(http.get(field), refusal);
        }
        negative(pool.get("tcp", "maxConnections"), refusal);
        if (http.get("h2UpgradePolicy").text().equals("UPGRADE")
                && Boolean.TRUE.equals(http.get("useClientProtocol").value())) {
            refusal.apart(
                    http.get("useClientProtocol"),
                    "the protocol of the client is kept, and h2UpgradePolicy is UPGRADE",
                    "say one of the two");
        }
    }

    private static void negative(Part number, Refusal refusal) {
        if (number.value() instanceof Number n && n.doubleValue() < 0) {
            refusal.range(number, number.text() + " is negative", "say 0 or more");
        }
    }

    private static void balancer(Part balancer, Refusal refusal) {
        Part size = balancer.get("consistentHash", "maglev", "tableSize");
        if (size.value() instanceof Number number
                && !BigInteger.valueOf(number.longValue()).isProbablePrime(CERTAINTY)) {
            refusal.range(size, "the table size " + size.text() + " is no prime number", "say one like 65537");
        }
        Part locality = balancer.get("localityLbSetting");
        for (Part distribute : locality.get("distribute").items()) {
            Part to = distribute.get("to");
            double sum = to.keys().stream()
                    .mapToDouble(key -> to.get(key).value() instanceof Number share ? share.doubleValue() : 0)
                    .sum();
            if (to.isThere() && sum != WHOLE) {
                refusal.range(
                        to, "the total weight of the localities is " + (long) sum + " and not 100", "make it 100");
            }
        }
        for (Part failover : locality.get("failover").items()) {
            String from = failover.get("from").text();
            if (!from.isEmpty() && from.equals(failover.get("to").text())) {
                refusal.apart(failover, "'" + from + "' fails over to itself", "name different regions");
            }
        }
    }

    private static void tls(Part tls, Refusal refusal) {
        String mode = tls.get("mode").text();
        boolean mutual = mode.equals("MUTUAL") && !tls.get("credentialName").isThere();
        for (String field : List.of("clientCertificate", "privateKey")) {
            if (mutual && !tls.get(field).isThere()) {
                refusal.needed(
                        tls, "a " + field + " is required for mutual TLS", "say " + field + ", or a credentialName");
            }
        }
    }
}
