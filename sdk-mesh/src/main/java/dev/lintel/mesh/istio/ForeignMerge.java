package dev.lintel.mesh.istio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes at one host, which several VirtualServices may have: a mesh puts them one after another by their age, which
 * the objects do not tell, and what takes every request last. Where no request fits two of them their order is no matter.
 */
final class ForeignMerge {
    private ForeignMerge() {}

    /**
     * The routes of one VirtualService at a host.
     *
     * @param gateways of the VirtualService that serve the host
     * @param routes in their order
     * @param place for problems
     */
    record Part(Set<String> gateways, List<ForeignRoute> routes, Fields place) {
        /** Whether some routes are for one of the gateways alone. */
        boolean tellsGatewaysApart() {
            return gateways.size() > 1
                    && routes.stream()
                            .anyMatch(route -> gateways.stream()
                                            .map(route::canonical)
                                            .distinct()
                                            .count()
                                    > 1);
        }

        List<Routed> routed() {
            String gateway = gateways.iterator().next();
            return routes.stream()
                    .map(route -> new Routed(route, route.canonical(gateway)))
                    .toList();
        }
    }

    /** A route, and its entries for requests through the gateway. */
    record Routed(ForeignRoute route, List<Map<String, Object>> entries) {
        private boolean isWhole() {
            return entries.stream().anyMatch(entry -> !entry.containsKey("match"));
        }
    }

    static List<Routed> of(String host, List<Part> parts) {
        List<List<Routed>> all = parts.stream().map(Part::routed).toList();
        for (Part part : parts) {
            if (part.tellsGatewaysApart()) {
                part.place()
                        .problem(
                                "does otherwise for '" + host + "' at one of its gateways than at another; read as at '"
                                        + part.gateways().iterator().next() + "'");
            }
        }
        for (int i = 1; i < all.size(); i++) {
            if (meetsEarlier(all, i)) {
                parts.get(i)
                        .place()
                        .problem("is merged with another VirtualService for '" + host
                                + "': which of their routes comes first is up to the mesh; read in the order of the"
                                + " objects");
            }
        }
        List<Routed> merged = new ArrayList<>();
        all.forEach(merged::addAll);
        if (all.size() > 1) {
            merged.sort(Comparator.comparing(Routed::isWhole));
        }
        return merged;
    }

    private static boolean meetsEarlier(List<List<Routed>> all, int at) {
        return all.subList(0, at).stream()
                .flatMap(List::stream)
                .anyMatch(one -> all.get(at).stream().anyMatch(other -> meet(one, other)));
    }

    private static boolean meet(Routed one, Routed other) {
        if (one.isWhole() != other.isWhole()) {
            return false;
        }
        return one.entries().stream()
                .anyMatch(entry -> other.entries().stream().anyMatch(another -> {
                    Map<?, ?> uri = uri(entry);
                    Map<?, ?> second = uri(another);
                    return meet(uri, second) && meet(second, uri);
                }));
    }

    private static Map<?, ?> uri(Map<String, Object> entry) {
        return entry.get("match") instanceof List<?> matches
                        && matches.get(0) instanceof Map<?, ?> match
                        && match.get("uri") instanceof Map<?, ?> uri
                ? uri
                : Map.of();
    }

    /** Whether a path may fit both, as far as the first of them tells. */
    private static boolean meet(Map<?, ?> uri, Map<?, ?> other) {
        String exact = text(uri.get("exact"));
        if (exact != null && other.containsKey("exact")) {
            return exact.equals(other.get("exact"));
        }
        String begins = beginning(uri);
        String second = beginning(other);
        if (exact != null) {
            return exact.startsWith(second);
        }
        return other.containsKey("exact") || begins.startsWith(second) || second.startsWith(begins);
    }

    private static String beginning(Map<?, ?> uri) {
        String exact = text(uri.get("exact"));
        String prefix = text(uri.get("prefix"));
        String regex = text(uri.get("regex"));
        if (exact != null || prefix != null) {
            return exact != null ? exact : String.valueOf(prefix);
        }
        // What stands before anything that has a meaning in an expression.
        return regex == null ? "" : regex.replaceFirst("^\\^", "").replaceAll("[^A-Za-z0-9_/-].*", "");
    }

    private static @Nullable String text(@Nullable Object said) {
        return said == null ? null : said.toString();
    }
}
