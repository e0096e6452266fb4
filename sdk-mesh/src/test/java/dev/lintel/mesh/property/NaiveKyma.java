package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.NaiveDoors.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who passes where Kyma's controller is at work: its policies and routes are made of the APIRules as it makes them, one by
 * one, and then Istio's are asked, those that stand beside an APIRule included. A field that is not known here ends the test.
 *
 * @see <a href="https://github.com/kyma-project/api-gateway/tree/main/internal/processing/processors/v2alpha1">Kyma, API
 *     Gateway: processors</a>
 */
final class NaiveKyma {
    private static final String SECURITY = "security.istio.io/v1";
    private static final String GATEWAY = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

    private final List<Manifest> rules;
    private final Map<String, Map<String, String>> labels;
    private final NaiveDoors doors;

    /** With the labels of the workloads of each service, by its namespace and name. */
    NaiveKyma(List<Manifest> objects, Map<String, Map<String, String>> labels) {
        this.rules = objects.stream()
                .filter(object -> object.kind().equals("APIRule"))
                .toList();
        this.labels = labels;
        List<Manifest> all = new ArrayList<>(objects);
        rules.forEach(rule -> all.addAll(made(rule)));
        this.doors = new NaiveDoors(all, false);
    }

    /** Whether a request is led to a service and let through there. */
    boolean lets(RequestValue request) {
        return place(request).filter(place -> doors.lets(place, request)).isPresent();
    }

    /** Where a request is led; what takes every path is asked last. */
    private Optional<Place> place(RequestValue request) {
        if (request.via() == Via.MESH) {
            String[] parts = request.host().split("\\.");
            return Optional.of(new Place(parts[1], parts[0], labels.getOrDefault(parts[1] + "/" + parts[0], Map.of())));
        }
        Optional<Place> whole = Optional.empty();
        for (Manifest object : rules) {
            if (NaiveRules.texts(object.spec(), "hosts").contains(request.host())) {
                for (Map<String, Object> rule : NaiveRules.maps(object.spec(), "rules")) {
                    if (NaiveRules.texts(rule, "methods").contains(request.method())
                            && NaiveRules.fits(path(rule), request.path())) {
                        Place place = place(object, rule);
                        if (!"/*".equals(rule.get("path"))) {
                            return Optional.of(place);
                        }
                        whole = whole.or(() -> Optional.of(place));
                    }
                }
            }
        }
        return whole;
    }

    private Place place(Manifest object, Map<String, Object> rule) {
        Map<String, Object> service = NaiveRules.map(rule.containsKey("service") ? rule : object.spec(), "service");
        String namespace = String.valueOf(service.getOrDefault("namespace", object.namespace()));
        String name = String.valueOf(service.get("name"));
        return new Place(namespace, name, labels.getOrDefault(namespace + "/" + name, Map.of("no", name)));
    }

    private static String path(Map<String, Object> rule) {
        return "/*".equals(rule.get("path")) ? "/{**}" : String.valueOf(rule.get("path"));
    }

    private List<Manifest> made(Manifest object) {
        List<Manifest> made = new ArrayList<>();
        List<Map<String, Object>> all = NaiveRules.maps(object.spec(), "rules");
        for (int i = 0; i < all.size(); i++) {
            Map<String, Object> rule = all.get(i);
            NaiveRules.only(rule, "path", "methods", "noAuth", "jwt", "extAuth", "service", "timeout", "request");
            Map<String, Object> operation = Map.of(
                    "hosts",
                    NaiveRules.texts(object.spec(), "hosts"),
                    "methods",
                    NaiveRules.texts(rule, "methods"),
                    "paths",
                    List.of(path(rule)),
                    "notPaths",
                    notPaths(all, i));
            Place place = place(object, rule);
            Map<String, Object> to = Map.of("to", List.of(Map.of("operation", operation)));
            Map<String, Object> external = NaiveRules.map(rule, "extAuth");
            NaiveRules.texts(external, "authorizers")
                    .forEach(one -> made.add(object(
                            place,
                            "AuthorizationPolicy",
                            Map.of("action", "CUSTOM", "provider", Map.of("name", one), "rules", List.of(to)))));
            Map<String, Object> jwt =
                    external.isEmpty() ? NaiveRules.map(rule, "jwt") : NaiveRules.map(external, "restrictions");
            List<Map<String, Object>> issuers = NaiveRules.maps(jwt, "authentications");
            if (!issuers.isEmpty()) {
                made.add(object(place, "RequestAuthentication", Map.of("jwtRules", issuers)));
            }
            allowed(to, jwt, issuers)
                    .forEach(one -> made.add(object(place, "AuthorizationPolicy", Map.of("rules", List.of(one)))));
        }
        return made;
    }

    /** One for each that is enough. */
    private static List<Map<String, Object>> allowed(
            Map<String, Object> to, Map<String, Object> jwt, List<Map<String, Object>> issuers) {
        Map<String, Object> gateway = new TreeMap<>(Map.of("principals", List.of(GATEWAY)));
        if (!jwt.isEmpty()) {
            gateway.put(
                    "requestPrincipals",
                    issuers.stream().map(one -> one.get("issuer") + "/*").toList());
        }
        Map<String, Object> rule = new TreeMap<>(to);
        rule.put("from", List.of(Map.of("source", gateway)));
        List<Map<String, Object>> grants = NaiveRules.maps(jwt, "authorizations");
        if (grants.isEmpty()) {
            return List.of(rule);
        }
        List<Map<String, Object>> allowed = new ArrayList<>();
        for (Map<String, Object> grant : grants) {
            NaiveRules.only(grant, "requiredScopes", "audiences");
            for (String claim : List.of("scp", "scope", "scopes")) {
                List<Object> when = new ArrayList<>();
                NaiveRules.texts(grant, "requiredScopes").forEach(scope -> when.add(is(claim, scope)));
                NaiveRules.texts(grant, "audiences").forEach(audience -> when.add(is("aud", audience)));
                Map<String, Object> one = new TreeMap<>(rule);
                one.put("when", when);
                allowed.add(one);
            }
        }
        return allowed;
    }

    private static Map<String, Object> is(String claim, String value) {
        return Map.of("key", "request.auth.claims[" + claim + "]", "values", List.of(value));
    }

    /** Of the rules before the first one with this path. */
    private static List<String> notPaths(List<Map<String, Object>> rules, int current) {
        Object path = rules.get(current).get("path");
        List<String> methods = NaiveRules.texts(rules.get(current), "methods");
        List<String> not = new ArrayList<>();
        for (Map<String, Object> rule : rules) {
            if (rule.get("path").equals(path)) {
                return not;
            }
            if (!List.of("/", "/*", "/{**}").contains(rule.get("path"))
                    && NaiveRules.texts(rule, "methods").stream().anyMatch(methods::contains)) {
                not.add(path(rule));
            }
        }
        return not;
    }

    private static Manifest object(Place place, String kind, Map<String, Object> spec) {
        Map<String, Object> whole = new TreeMap<>(spec);
        whole.put("selector", Map.of("matchLabels", place.labels()));
        return new Manifest(SECURITY, kind, place.namespace(), "made", Map.of(), Map.of(), whole);
    }
}
