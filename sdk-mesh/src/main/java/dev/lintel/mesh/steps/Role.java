package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What an object does to requests, which says when it is written. */
enum Role {
    /** Routes lead to it: it is there before them, and goes after them. */
    LED_TO,
    /** Keeps requests out: it closes before routes change, and opens after that. */
    KEEPS_OUT,
    /** Leads requests. */
    LEADS,
    /** Keeps whole networks out beside the proxies: comes when everything leads around it, and goes before that. */
    FENCES;

    private static final Set<String> LED = Set.of(
            "Backend",
            "BackendTLSPolicy",
            "BackendTrafficPolicy",
            "DestinationRule",
            "HTTPRouteFilter",
            "ReferenceGrant",
            "Service",
            "ServiceEntry");
    private static final Set<String> KEEPING =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "SecurityPolicy");

    static Role of(Manifest manifest) {
        if (manifest.annotations().containsKey(Manifest.FRONT)) {
            return LED_TO;
        }
        if (manifest.kind().equals("NetworkPolicy")) {
            return FENCES;
        }
        return LED.contains(manifest.kind()) || isExit(manifest)
                ? LED_TO
                : KEEPING.contains(manifest.kind()) ? KEEPS_OUT : LEADS;
    }

    /** Whether it is of a gateway by which calls leave: Sidecars lead there, and it is ready before them. */
    private static boolean isExit(Manifest manifest) {
        Map<String, Object> spec = manifest.spec();
        if (manifest.labels().containsKey(Manifest.API)) {
            return false;
        }
        return switch (manifest.kind()) {
            case "Gateway" ->
                all(
                        SpecTree.maps(spec, "servers"),
                        server -> "ISTIO_MUTUAL"
                                .equals(SpecTree.map(server, "tls").get("mode")));
            case "VirtualService" -> {
                List<String> gateways = SpecTree.texts(spec, "gateways");
                yield spec.containsKey("exportTo") && gateways.contains("mesh") && gateways.size() > 1;
            }
            case "AuthorizationPolicy" ->
                "DENY".equals(spec.get("action")) && all(SpecTree.maps(spec, "rules"), Role::isAboutNames);
            default -> false;
        };
    }

    /** Whether a rule is about namespaces and the name that a caller shows alone. */
    private static boolean isAboutNames(Map<String, Object> rule) {
        return !rule.containsKey("to")
                && all(
                        SpecTree.maps(rule, "from"),
                        from -> SpecTree.map(from, "source").keySet().equals(Set.of("notNamespaces")))
                && all(SpecTree.maps(rule, "when"), when -> "connection.sni".equals(when.get("key")));
    }

    private static boolean all(List<Map<String, Object>> some, Predicate<Map<String, Object>> such) {
        return !some.isEmpty() && some.stream().allMatch(such);
    }
}
