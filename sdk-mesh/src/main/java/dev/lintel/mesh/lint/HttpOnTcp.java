package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Policies about HTTP for ports that are said to be something else. */
final class HttpOnTcp implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        // Most services speak HTTP and nothing else, and looking for who is behind one is dear.
        Map<String, List<Manifest>> others = new HashMap<>();
        for (Manifest service : scene.all(Scene.SERVICE)) {
            if (Part.of(service).get("ports").items().stream().anyMatch(HttpOnTcp::isOther)) {
                others.computeIfAbsent(service.namespace(), n -> new ArrayList<>())
                        .add(service);
            }
        }
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            List<Part> rules = Policies.rules(policy).stream()
                    .filter(rule -> Policies.http(rule).isThere())
                    .toList();
            if (rules.isEmpty()) {
                continue;
            }
            Scope scope = scene.scope(policy);
            List<Workload> selected = scene.workloads(scope);
            for (Manifest service : others.getOrDefault(policy.namespace(), List.of())) {
                if (isBehind(scope, selected, service)) {
                    Part.of(service).get("ports").items().stream()
                            .filter(HttpOnTcp::isOther)
                            .forEach(port -> rules.forEach(rule -> check(policy, rule, service, port, report)));
                }
            }
        }
    }

    private static boolean isOther(Part port) {
        String protocol = Ports.protocol(port);
        return !protocol.isEmpty() && !protocol.equals("auto") && !Ports.isHttp(protocol);
    }

    /** Whether a policy is for workloads of a service, as far as labels tell. */
    private static boolean isBehind(Scope scope, List<Workload> selected, Manifest service) {
        Map<String, String> labels = Part.of(service).get("selector").labels();
        if (labels.isEmpty() || !scope.targets().isEmpty()) {
            return scope.targets().contains("Service/" + service.name());
        }
        return labels.entrySet().containsAll(scope.labels().entrySet())
                || selected.stream().anyMatch(each -> each.carries(labels));
    }

    private static void check(Manifest policy, Part rule, Manifest service, Part port, Report report) {
        Part http = Policies.http(rule);
        List<Part> operations = Policies.operations(rule);
        String number = port.get("targetPort").isThere()
                ? port.get("targetPort").text()
                : port.get("port").text();
        boolean meant = operations.isEmpty()
                || operations.stream()
                        .anyMatch(operation -> !operation.get("ports").isThere()
                                || operation.get("ports").texts().contains(number));
        if (meant) {
            boolean allow = Policies.action(policy).equals("ALLOW");
            report.add(
                    LintCode.HTTP_ON_TCP,
                    policy,
                    http.path(),
                    "is a field of HTTP, but port " + port.get("port").text() + " of " + service.id() + " is "
                            + Ports.protocol(port) + ": there this rule " + (allow ? "never" : "always") + " matches",
                    "name other ports, or make the port an HTTP one");
        }
    }
}
