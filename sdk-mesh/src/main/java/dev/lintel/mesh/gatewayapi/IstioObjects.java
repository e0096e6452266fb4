package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Objects of Istio's own dialect: which of them stay beside HTTPRoutes, and what those that do not would have said. */
final class IstioObjects {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private IstioObjects() {}

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

    /** Whether a route for requests from outside refuses some of them. */
    static boolean refuses(Manifest entry) {
        return http(entry).stream().anyMatch(rule -> status(rule) == FORBIDDEN && !says(rule));
    }

    /** The expressions of the paths that a gateway must not pass on; empty if there are none. */
    static List<String> hygiene(List<Manifest> entries, ApiModel api) {
        List<String> regexes = new ArrayList<>();
        for (Manifest entry : entries) {
            boolean own = api.name().equals(entry.labels().get(Manifest.API))
                    && api.namespace().equals(entry.namespace());
            if (own && !http(entry).isEmpty() && api.entry().access().isRestricted()) {
                Map<?, ?> first = http(entry).get(0);
                if (status(first) == BAD_REQUEST && first.get("match") instanceof List<?> matches) {
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
