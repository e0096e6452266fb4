package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What objects that lead requests say about which. */
final class Leads {
    private Leads() {}

    /** Whether other routes rest on it: where requests enter, and parts of routes that others name. */
    static boolean isFirst(Manifest manifest) {
        return manifest.kind().equals("Gateway")
                || manifest.kind().equals("VirtualService") && !manifest.spec().containsKey("hosts");
    }

    /** Whether it stands behind others of its kind: it is for whoever these do not name, or rests on them. */
    static boolean isLater(Manifest manifest) {
        return manifest.kind().equals("Sidecar") && !manifest.spec().containsKey("workloadSelector")
                || manifest.kind().equals("VirtualService") && manifest.spec().containsKey("hosts")
                || manifest.kind().equals(RulePolicies.KIND) && RulePolicies.isForWhole(manifest)
                || manifest.kind().equals("AuthorizationPolicy")
                        && Nearness.sort(manifest).equals("ALLOW");
    }

    /** The hosts that a route is for, those of calls from inside apart; none for what is no route. */
    static Set<String> hosts(Manifest manifest) {
        Map<String, Object> spec = manifest.spec();
        return switch (manifest.kind()) {
            case "VirtualService" -> {
                String where = SpecTree.texts(spec, "gateways").contains("mesh") ? "mesh" : "entry";
                Set<String> hosts = new LinkedHashSet<>();
                SpecTree.texts(spec, "hosts").forEach(host -> hosts.add(where + " " + host));
                yield hosts;
            }
            case "HTTPRoute", "GRPCRoute" -> entry(SpecTree.texts(spec, "hostnames"));
            case "APIRule" -> entry(SpecTree.texts(spec, "hosts"));
            default -> Set.of();
        };
    }

    private static Set<String> entry(List<String> hosts) {
        Set<String> entered = new LinkedHashSet<>();
        hosts.forEach(host -> entered.add("entry " + host));
        return entered;
    }
}
