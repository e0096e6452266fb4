package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Objects of Istio's own dialect: which of them stay beside HTTPRoutes, and what those that do not would have said. */
final class IstioObjects {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final GatewayApiDialect dialect;

    IstioObjects(GatewayApiDialect dialect) {
        this.dialect = dialect;
    }

    /** A policy for the gateway's pods names the gateway itself, as the pods are made by whoever implements it. */
    Manifest targeted(Manifest policy) {
        return isHere(policy) ? swapped(policy, "selector", selector(), "targetRefs", targets()) : policy;
    }

    /** The inverse of {@link #targeted}. */
    Manifest selected(Manifest policy) {
        return isHere(policy) ? swapped(policy, "targetRefs", targets(), "selector", selector()) : policy;
    }

    private Map<String, Object> selector() {
        return map("matchLabels", dialect.mesh().ingress().labels());
    }

    private List<Object> targets() {
        String name = dialect.gateway().name();
        return List.of(map("group", Meta.GROUP, "kind", Meta.GATEWAY, "name", name));
    }

    private boolean isHere(Manifest policy) {
        return policy.apiVersion().startsWith("security.istio.io/")
                && policy.namespace().equals(dialect.gateway().namespace());
    }

    private static Manifest swapped(Manifest policy, String name, Object value, String other, Object instead) {
        if (!value.equals(policy.spec().get(name))) {
            return policy;
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        policy.spec()
                .forEach((key, each) -> spec.put(key.equals(name) ? other : key, key.equals(name) ? instead : each));
        return policy.withSpec(spec);
    }

    /** Whether it leads calls from inside to an egress gateway, or is that gateway's; requests from outside never get there. */
    static boolean isExit(Manifest manifest) {
        boolean inside = manifest.spec().get("gateways") instanceof List<?> gateways && gateways.contains("mesh");
        return inside || String.valueOf(manifest.spec().get("servers")).contains("ISTIO_MUTUAL");
    }

    /**
     * Whether it is a route for requests from outside, in whose place there are HTTPRoutes. The split is not: it has no
     * hosts, and the routes for calls from inside name it.
     */
    static boolean isEntry(Manifest manifest) {
        return manifest.kind().equals(Meta.VIRTUAL_SERVICE)
                && manifest.spec().containsKey("hosts")
                && !isExit(manifest);
    }

    static boolean isKept(Manifest manifest) {
        return !isEntry(manifest)
                && !(!isExit(manifest)
                        && manifest.kind().equals(Meta.GATEWAY)
                        && manifest.apiVersion().equals(Meta.ISTIO_NETWORKING));
    }

    /** The names of the APIs of which a route for requests from outside refuses some. */
    static Set<String> refusers(Manifest entry) {
        Set<String> refusers = new LinkedHashSet<>();
        for (Map<?, ?> rule : http(entry)) {
            if (status(rule) == FORBIDDEN && !says(rule)) {
                String own = entry.labels().get(Manifest.API);
                refusers.add(own == null ? String.valueOf(rule.get("name")) : own);
            }
        }
        return refusers;
    }

    /** The expressions of the paths that a gateway must not pass on at an API's hosts; empty if there are none. */
    static List<String> hygiene(List<Manifest> entries, ApiModel api) {
        List<String> regexes = new ArrayList<>();
        for (Manifest entry : entries) {
            String label = entry.labels().get(Manifest.API);
            boolean own = api.namespace().equals(entry.namespace())
                    && (label == null
                            ? isAt(entry, api.entry().hosts())
                            : label.equals(api.name()) && api.entry().access().isRestricted());
            if (own && !http(entry).isEmpty()) {
                Map<?, ?> first = http(entry).get(0);
                if (first.get("name") == null
                        && status(first) == BAD_REQUEST
                        && first.get("match") instanceof List<?> matches) {
                    for (Object match : matches) {
                        if (match instanceof Map<?, ?> map && map.get("uri") instanceof Map<?, ?> uri) {
                            regexes.add(String.valueOf(uri.get("regex")));
                        }
                    }
                }
            }
        }
        return regexes;
    }

    private static boolean isAt(Manifest entry, List<String> hosts) {
        return entry.spec().get("hosts") instanceof List<?> served
                && served.size() == hosts.size()
                && served.containsAll(hosts);
    }

    private static List<Map<?, ?>> http(Manifest manifest) {
        List<Map<?, ?>> rules = new ArrayList<>();
        if (manifest.spec().get("http") instanceof List<?> list) {
            list.forEach(rule -> rules.add(rule instanceof Map<?, ?> map ? map : Map.of()));
        }
        return rules;
    }

    private static int status(Map<?, ?> rule) {
        return rule.get("directResponse") instanceof Map<?, ?> response
                        && response.get("status") instanceof Integer status
                ? status
                : 0;
    }

    private static boolean says(Map<?, ?> rule) {
        return rule.get("directResponse") instanceof Map<?, ?> response && Objects.nonNull(response.get("body"));
    }
}
