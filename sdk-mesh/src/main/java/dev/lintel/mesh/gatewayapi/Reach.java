package dev.lintel.mesh.gatewayapi;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which routes an object of somebody else is about: those that it names, and those before or behind whose pods it is asked. */
final class Reach {
    /** What the pods of a gateway carry that was made for an object of this name. */
    static final String GATEWAY_NAME = Meta.GROUP + "/gateway-name";

    private static final List<String> REFERENCES = List.of("targetRefs", "targetRef", "parentRefs", "parentRef");
    private static final List<String> SELECTORS =
            List.of("selector", "workloadSelector", "targetSelectors", "podSelector", "endpointSelector");
    private static final List<String> LABELS = List.of("matchLabels", "labels");

    private final GatewayApiDialect dialect;
    private final Map<String, Manifest> gateways = new LinkedHashMap<>();

    /** Looks at these gateways; one that is not among them has the class of the dialect and no labels of its own. */
    Reach(GatewayApiDialect dialect, List<Manifest> gateways) {
        this.dialect = dialect;
        gateways.forEach(gateway -> this.gateways.put(id(gateway), gateway));
    }

    /** The gateway of this namespace and name, if it is known. */
    Optional<Manifest> gateway(String id) {
        return Optional.ofNullable(gateways.get(id));
    }

    static String id(Manifest object) {
        return object.namespace() + "/" + object.name();
    }

    /** The gateways of a route, as namespace and name. */
    static Set<String> parents(Manifest route) {
        Set<String> parents = new LinkedHashSet<>();
        for (Map<?, ?> parent : maps(route.spec().get("parentRefs"))) {
            parents.add(text(parent, "namespace", route.namespace()) + "/" + text(parent, "name", ""));
        }
        return parents;
    }

    /** For each listener of a route by its name, or all of a gateway, what names it: the nearest first. */
    static List<List<String>> listeners(Manifest route) {
        List<List<String>> listeners = new ArrayList<>();
        for (Map<?, ?> parent : maps(route.spec().get("parentRefs"))) {
            String gateway = text(parent, "namespace", route.namespace()) + "/" + text(parent, "name", "");
            String section = text(parent, "sectionName", "");
            listeners.add(section.isEmpty() ? List.of(gateway) : List.of(gateway + "/" + section, gateway));
        }
        return listeners;
    }

    /** Whether a name such as {@code Gateway infra/public/https} is of one of the listeners that a route does not tell apart. */
    static boolean isListener(String name, Manifest route) {
        return listeners(route).stream()
                .anyMatch(names -> names.size() == 1 && name.startsWith(Meta.GATEWAY + " " + names.get(0) + "/"));
    }

    /** The services to which a route leads, as namespace and name. */
    static Set<String> services(Manifest route) {
        Set<String> services = new LinkedHashSet<>();
        for (Map<?, ?> rule : maps(route.spec().get("rules"))) {
            for (Map<?, ?> backend : maps(rule.get("backendRefs"))) {
                services.add(text(backend, "namespace", route.namespace()) + "/" + text(backend, "name", ""));
            }
        }
        return services;
    }

    /** Everything that an object says it is attached to. */
    static List<Map<?, ?>> references(Manifest object) {
        List<Map<?, ?>> references = new ArrayList<>();
        REFERENCES.forEach(name -> references.addAll(maps(object.spec().get(name))));
        return references;
    }

    /** Whether it is attached to the route, to its gateway or the class of that, or to a service behind it. */
    boolean isNamed(Manifest object, Manifest route) {
        return references(object).stream().anyMatch(one -> names(one, object.namespace(), route));
    }

    private boolean names(Map<?, ?> reference, String own, Manifest route) {
        String name = text(reference, "name", "");
        String whole = text(reference, "namespace", own) + "/" + name;
        return switch (text(reference, "kind", Meta.GATEWAY)) {
            case Meta.GATEWAY -> parents(route).contains(whole);
            case "GatewayClass" ->
                parents(route).stream().anyMatch(parent -> gatewayClass(parent).equals(name));
            case "Service" -> services(route).contains(whole);
            case "Namespace" -> route.namespace().equals(name);
            default -> route.kind().equals(reference.get("kind")) && id(route).equals(whole);
        };
    }

    private String gatewayClass(String gateway) {
        Manifest known = gateways.get(gateway);
        return known == null
                ? dialect.gatewayClass()
                : String.valueOf(known.spec().get("gatewayClassName"));
    }

    /** Whether it selects by labels, and may mean the route, its gateway or the pods of either. */
    boolean maySelect(Manifest object, Manifest route) {
        return SELECTORS.stream().anyMatch(object.spec()::containsKey)
                && (object.namespace().equals(route.namespace())
                        || parents(route).stream().anyMatch(gateway -> gateway.startsWith(object.namespace() + "/")));
    }

    /** The labels for which an object asks; empty if it asks for none. */
    static Map<String, String> selector(Manifest object) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String selector : SELECTORS) {
            for (Map<?, ?> asked : maps(object.spec().get(selector))) {
                LABELS.forEach(name -> maps(asked.get(name))
                        .forEach(said ->
                                said.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)))));
            }
        }
        return labels;
    }

    /** Whether the pods of a gateway carry all labels for which an object asks, as far as is known. */
    boolean selects(Manifest object, String gateway) {
        return labels(gateway).entrySet().containsAll(selector(object).entrySet());
    }

    /** Whether the pods of a gateway may carry these labels as well: they are somebody's own, or share one of them. */
    boolean maySelectPods(Manifest object, String gateway) {
        Map<String, String> known = labels(gateway);
        Map<String, String> asked = selector(object);
        boolean others = asked.entrySet().stream()
                .anyMatch(one ->
                        known.containsKey(one.getKey()) && !Objects.equals(known.get(one.getKey()), one.getValue()));
        boolean shared = asked.keySet().stream().anyMatch(known::containsKey);
        Manifest made = gateways.get(gateway);
        boolean own = made == null || made.spec().containsKey("addresses");
        return !others && (shared || own);
    }

    private Map<String, String> labels(String gateway) {
        Map<String, String> labels = new LinkedHashMap<>();
        Manifest known = gateways.get(gateway);
        if (known != null) {
            labels.putAll(known.labels());
            maps(known.spec().get("infrastructure"))
                    .forEach(one -> maps(one.get("labels"))
                            .forEach(said -> said.forEach(
                                    (key, value) -> labels.put(String.valueOf(key), String.valueOf(value)))));
        }
        labels.put(GATEWAY_NAME, gateway.substring(gateway.indexOf('/') + 1));
        return labels;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (each instanceof Map<?, ?> map) {
                maps.add(map);
            }
        }
        return maps;
    }

    private static String text(Map<?, ?> map, String name, String otherwise) {
        return map.get(name) == null ? otherwise : String.valueOf(map.get(name));
    }
}
