package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Istio's routes lead a request that enters, by going through the objects one by one, without any of the readers: the
 * first rule that matches wins. Of several objects for one host nobody says which is asked first, so that either is. A field
 * that is not known here ends the test.
 *
 * @param objects all that are in force
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">Istio, Virtual Service</a>
 */
record NaiveRoutes(Collection<Manifest> objects) {
    private static final String INSIDE = ".svc.cluster.local";

    /**
     * Where a request may go.
     *
     * @param service with its namespace, as in {@code shop/orders}, or a host elsewhere; empty if it is answered
     * @param path as it gets there
     * @param name by which it is called; empty for the one that the caller says
     * @param status of the answer; 0 if it goes on
     */
    record End(String service, String path, String name, int status) {}

    /** All places where a request may be led. */
    Set<End> of(RequestValue request) {
        List<Manifest> here = objects.stream()
                .filter(object -> object.kind().equals("VirtualService")
                        && NaiveRules.texts(object.spec(), "hosts").contains(request.host())
                        && isServed(object, request.host()))
                .toList();
        Set<End> ends = new LinkedHashSet<>();
        for (int i = 0; i < Math.max(1, here.size()); i++) {
            List<Manifest> order = new ArrayList<>(here);
            Collections.rotate(order, i);
            List<Map<String, Object>> rules = new ArrayList<>();
            order.forEach(object -> rules.addAll(NaiveRules.maps(object.spec(), "http")));
            ends.addAll(
                    first(rules, request, order.isEmpty() ? "" : order.get(0).namespace()));
        }
        return ends;
    }

    private boolean isServed(Manifest route, String host) {
        List<String> named = NaiveRules.texts(route.spec(), "gateways");
        return objects.stream()
                .filter(object ->
                        object.kind().equals("Gateway") && named.contains(object.namespace() + "/" + object.name()))
                .flatMap(gateway -> NaiveRules.maps(gateway.spec(), "servers").stream())
                .flatMap(server -> NaiveRules.texts(server, "hosts").stream())
                .anyMatch((route.namespace() + "/" + host)::equals);
    }

    private Set<End> first(List<Map<String, Object>> rules, RequestValue request, String namespace) {
        for (Map<String, Object> rule : rules) {
            List<Map<String, Object>> matches = NaiveRules.maps(rule, "match");
            Optional<Map<String, Object>> match = matches.isEmpty()
                    ? Optional.of(Map.of())
                    : matches.stream().filter(one -> holds(one, request)).findFirst();
            if (match.isPresent()) {
                return ends(rule, match.get(), request, namespace);
            }
        }
        return Set.of(new End("", request.path(), "", 404));
    }

    private Set<End> ends(Map<String, Object> rule, Map<String, Object> match, RequestValue request, String namespace) {
        for (String answer : List.of("directResponse", "redirect")) {
            Map<String, Object> said = NaiveRules.map(rule, answer);
            if (!said.isEmpty()) {
                Object status = said.getOrDefault("status", said.getOrDefault("redirectCode", 301));
                return Set.of(new End("", request.path(), "", (Integer) status));
            }
        }
        Map<String, Object> delegate = NaiveRules.map(rule, "delegate");
        if (!delegate.isEmpty()) {
            Object place = delegate.getOrDefault("namespace", namespace);
            List<Map<String, Object>> rules = objects.stream()
                    .filter(object -> object.kind().equals("VirtualService")
                            && object.name().equals(delegate.get("name"))
                            && object.namespace().equals(place))
                    .flatMap(object -> NaiveRules.maps(object.spec(), "http").stream())
                    .toList();
            Set<End> ends = new LinkedHashSet<>();
            for (End end : first(rules, request, String.valueOf(place))) {
                ends.add(new End(end.service(), rewritten(rule, match, end.path()), end.name(), end.status()));
            }
            return ends;
        }
        Set<End> ends = new LinkedHashSet<>();
        for (Map<String, Object> share : NaiveRules.maps(rule, "route")) {
            if (!Objects.equals(share.get("weight"), 0)) {
                String host =
                        String.valueOf(NaiveRules.map(share, "destination").get("host"));
                String name = String.valueOf(NaiveRules.map(rule, "rewrite").getOrDefault("authority", ""));
                ends.add(new End(service(host), rewritten(rule, match, request.path()), name, 0));
            }
        }
        return ends;
    }

    private static String service(String host) {
        String[] parts = host.split("\\.");
        return host.endsWith(INSIDE) ? parts[1] + "/" + parts[0] : host;
    }

    private static String rewritten(Map<String, Object> rule, Map<String, Object> match, String path) {
        Map<String, Object> rewrite = NaiveRules.map(rule, "rewrite");
        NaiveRules.only(rewrite, "uri", "uriRegexRewrite", "authority");
        Map<String, Object> expression = NaiveRules.map(rewrite, "uriRegexRewrite");
        if (!expression.isEmpty()) {
            return path.replaceAll(
                    String.valueOf(expression.get("match")),
                    String.valueOf(expression.get("rewrite")).replace("$", "\\$"));
        }
        if (!rewrite.containsKey("uri")) {
            return path;
        }
        Object prefix = NaiveRules.map(match, "uri").get("prefix");
        return rewrite.get("uri")
                + (prefix == null ? "" : path.substring(String.valueOf(prefix).length()));
    }

    private static boolean holds(Map<String, Object> match, RequestValue request) {
        NaiveRules.only(match, "uri", "method", "headers", "queryParams");
        return fits(NaiveRules.map(match, "uri"), request.path())
                && fits(NaiveRules.map(match, "method"), request.method())
                && NaiveRules.map(match, "headers").keySet().stream()
                        .allMatch(name -> fits(
                                NaiveRules.map(NaiveRules.map(match, "headers"), name),
                                request.headers().get(name.toLowerCase(Locale.ROOT))))
                && NaiveRules.map(match, "queryParams").keySet().stream()
                        .allMatch(name -> fits(
                                NaiveRules.map(NaiveRules.map(match, "queryParams"), name),
                                parameter(request.query(), name)));
    }

    private static boolean fits(Map<String, Object> asked, @Nullable String value) {
        NaiveRules.only(asked, "exact", "prefix", "regex");
        if (asked.isEmpty()) {
            return true;
        }
        if (value == null) {
            return false;
        }
        String text = String.valueOf(asked.values().iterator().next());
        return asked.containsKey("exact")
                ? value.equals(text)
                : asked.containsKey("prefix") ? value.startsWith(text) : Pattern.matches(text, value);
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }
}
