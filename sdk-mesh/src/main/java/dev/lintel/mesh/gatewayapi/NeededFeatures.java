package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Names;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an implementation must support for the objects that are written, told from their fields, with the APIs whose objects
 * have them.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-2162/">GEP-2162, Supported features</a>
 */
public final class NeededFeatures {
    private final Map<String, Set<String>> needed = new TreeMap<>();

    private NeededFeatures() {}

    /**
     * What objects need.
     *
     * @param manifests any; those that are not of Gateway API need nothing
     * @return APIs by the name of the feature; whatever belongs to no single API is needed by nobody in particular
     */
    public static Map<String, Set<String>> of(Collection<Manifest> manifests) {
        NeededFeatures features = new NeededFeatures();
        manifests.stream()
                .filter(manifest -> manifest.apiVersion().startsWith(Meta.GROUP + "/"))
                .forEach(features::object);
        return features.needed;
    }

    /** One line; features that the same APIs need stand together. */
    static String describe(Collection<Manifest> manifests) {
        Map<Set<String>, List<String>> together = new LinkedHashMap<>();
        of(manifests)
                .forEach((feature, apis) ->
                        together.computeIfAbsent(apis, key -> new ArrayList<>()).add(feature));
        List<String> parts = new ArrayList<>();
        together.forEach((apis, features) -> parts.add(
                String.join(", ", features) + (apis.isEmpty() ? "" : " (" + Names.few(List.copyOf(apis)) + ")")));
        return String.join("; ", parts);
    }

    private void object(Manifest manifest) {
        String api = manifest.labels().containsKey(Manifest.API) ? RouteGroup.owner(manifest) : "";
        need(manifest.kind(), api);
        switch (manifest.kind()) {
            case Meta.HTTP_ROUTE, Meta.GRPC_ROUTE ->
                each(manifest.spec(), "rules").forEach(rule -> rule(manifest.kind(), rule, api));
            case Meta.TLS_POLICY -> {
                if (!each(part(manifest.spec(), "validation"), "subjectAltNames")
                        .isEmpty()) {
                    need(Features.TLS_NAMES, api);
                }
            }
            default -> {}
        }
    }

    private void rule(String kind, Map<?, ?> rule, String api) {
        // The method of a GRPCRoute is part of its path, which every implementation compares.
        if (kind.equals(Meta.HTTP_ROUTE)) {
            for (Map<?, ?> match : each(rule, "matches")) {
                need(match.containsKey("method"), Features.METHOD, api);
                need(match.containsKey("queryParams"), Features.QUERY, api);
            }
        }
        List<Map<?, ?>> filters = new ArrayList<>(each(rule, "filters"));
        each(rule, "backendRefs").forEach(backend -> filters.addAll(each(backend, "filters")));
        filters.forEach(filter -> filter(filter, api));
        need(
                filters.stream()
                                .filter(filter -> filter.containsKey("requestMirror"))
                                .count()
                        > 1,
                Features.MIRRORS,
                api);
        Map<?, ?> timeouts = part(rule, "timeouts");
        need(timeouts.containsKey("request"), Features.TIMEOUT, api);
        need(timeouts.containsKey("backendRequest"), Features.TRY_TIMEOUT, api);
        boolean retries = rule.containsKey("retry");
        need(retries, Features.RETRY, api);
        need(retries, Features.RETRY_CONNECTION, api);
    }

    private void filter(Map<?, ?> filter, String api) {
        need(filter.containsKey("responseHeaderModifier"), Features.RESPONSE_HEADERS, api);
        Map<?, ?> rewrite = part(filter, "urlRewrite");
        need(rewrite.containsKey("path"), Features.REWRITE, api);
        need(rewrite.containsKey("hostname"), Features.HOST_REWRITE, api);
        Map<?, ?> redirect = part(filter, "requestRedirect");
        need(redirect.containsKey("path"), Features.REDIRECT_PATH, api);
        need(redirect.containsKey("port"), Features.REDIRECT_PORT, api);
        need(redirect.containsKey("scheme"), Features.REDIRECT_SCHEME, api);
        if (redirect.get("statusCode") instanceof Integer status && status != 301 && status != 302) {
            need(Features.redirectStatus(status), api);
        }
        Map<?, ?> mirror = part(filter, "requestMirror");
        need(!mirror.isEmpty(), Features.MIRROR, api);
        need(mirror.containsKey("percent"), Features.MIRROR_PERCENT, api);
    }

    private void need(boolean needed, String feature, String api) {
        if (needed) {
            need(feature, api);
        }
    }

    private void need(String feature, String api) {
        Set<String> apis = needed.computeIfAbsent(feature, key -> new LinkedHashSet<>());
        if (!api.isEmpty()) {
            apis.add(api);
        }
    }

    private static Map<?, ?> part(Map<?, ?> tree, String name) {
        return tree.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    private static List<Map<?, ?>> each(Map<?, ?> tree, String name) {
        List<Map<?, ?>> found = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> found.add(one instanceof Map<?, ?> map ? map : Map.of()));
        }
        return found;
    }
}
