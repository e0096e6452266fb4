package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the routes of delegates where the mesh puts them: in the place of the route that names them, their conditions
 * joined with that route's, and what they do not say taken from it. A route whose delegate is not there is left out, as a
 * mesh leaves it out.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate">Istio, Delegate</a>
 */
final class Delegates {
    /** What a delegate's route inherits where it says nothing. */
    private static final List<String> INHERITED = List.of(
            "rewrite",
            "directResponse",
            "timeout",
            "retries",
            "fault",
            "mirror",
            "mirrorPercent",
            "mirrorPercentage",
            "corsPolicy",
            "mirrors",
            "headers");
    /** What a route may say beside its delegate. */
    private static final Set<String> BESIDE = Stream.concat(INHERITED.stream(), Stream.of("delegate", "match", "name"))
            .collect(Collectors.toSet());

    private static final Set<String> REFERENCE = Set.of("name", "namespace");
    private static final Set<String> DELEGATE = Set.of("hosts", "http", "exportTo");

    /** The conditions of which a route and its delegate must not contradict each other. */
    private static final List<String> TEXTS = List.of("uri", "scheme", "method", "authority");

    private static final List<String> MAPS = List.of("headers", "withoutHeaders", "queryParams");

    private final Map<String, Manifest> delegates = new LinkedHashMap<>();
    private final List<Problem> problems;
    private final ForeignPlaces places;

    private Delegates(List<Problem> problems, ForeignPlaces places) {
        this.problems = problems;
        this.places = places;
    }

    /** The objects without delegates, which mean nothing by themselves; whatever names them has their routes. */
    static List<Manifest> merged(Collection<Manifest> manifests, List<Problem> problems) {
        return merged(manifests, problems, new ForeignPlaces());
    }

    /** The same; it is noted where each route stood. */
    static List<Manifest> merged(Collection<Manifest> manifests, List<Problem> problems, ForeignPlaces places) {
        Delegates all = new Delegates(problems, places);
        List<Manifest> others = new ArrayList<>();
        for (Manifest manifest : manifests) {
            boolean routes = manifest.kind().equals(Meta.VIRTUAL_SERVICE);
            if (routes && isDelegate(manifest)) {
                all.delegates.put(manifest.namespace() + "/" + manifest.name(), manifest);
            } else {
                others.add(manifest);
            }
        }
        return others.stream()
                .map(each -> each.kind().equals(Meta.VIRTUAL_SERVICE) ? all.whole(each) : each)
                .toList();
    }

    /** Whether it names no host; one whose hosts are no list is a mistake, and none. */
    static boolean isDelegate(Manifest routes) {
        Object hosts = routes.spec().get("hosts");
        return hosts == null || hosts.equals(List.of());
    }

    private Manifest whole(Manifest root) {
        List<Object> http = list(root.spec().get("http"));
        if (http.stream().noneMatch(route -> map(route).containsKey("delegate"))) {
            return root;
        }
        List<Object> routes = new ArrayList<>();
        List<String> from = new ArrayList<>();
        for (int i = 0; i < http.size(); i++) {
            Map<String, Object> route = map(http.get(i));
            if (route.containsKey("delegate")) {
                known(root, "spec.http", route.keySet(), BESIDE);
                known(root, "spec.http.delegate", map(route.get("delegate")).keySet(), REFERENCE);
                Optional<Manifest> found = delegate(root, map(route.get("delegate")));
                List<Object> parts =
                        found.map(one -> list(one.spec().get("http"))).orElse(List.of());
                for (int j = 0; j < parts.size(); j++) {
                    Optional<Map<String, Object>> joined = joined(root, route, map(parts.get(j)));
                    joined.ifPresent(routes::add);
                    if (joined.isPresent() && found.isPresent()) {
                        from.add(found.get().id() + " spec.http[" + j + "]");
                    }
                }
            } else {
                routes.add(route);
                from.add(root.id() + " spec.http[" + i + "]");
            }
        }
        places.routes(root.id(), from);
        Map<String, Object> spec = new LinkedHashMap<>(root.spec());
        spec.put("http", routes);
        return root.withSpec(spec);
    }

    private Optional<Manifest> delegate(Manifest root, Map<String, Object> reference) {
        Object namespace = reference.getOrDefault("namespace", root.namespace());
        Manifest found = delegates.get(namespace + "/" + reference.get("name"));
        if (found == null) {
            problem(
                    root,
                    "spec.http: names the delegate '" + namespace + "/" + reference.get("name")
                            + "', which is not there");
            return Optional.empty();
        }
        known(found, "spec", found.spec().keySet(), DELEGATE);
        List<Object> exported = list(found.spec().get("exportTo"));
        boolean own = found.namespace().equals(root.namespace());
        boolean visible = exported.isEmpty()
                || exported.contains("*")
                || exported.contains(root.namespace())
                || own && exported.contains(".");
        if (!visible) {
            problem(root, "spec.http: names the delegate '" + found.id() + "', which is not exported to it");
        }
        return visible ? Optional.of(found) : Optional.empty();
    }

    /** A delegate's route as the route that names it allows it; empty if the two contradict each other. */
    private Optional<Map<String, Object>> joined(Manifest root, Map<String, Object> outer, Map<String, Object> inner) {
        if (inner.containsKey("delegate")) {
            problem(root, "spec.http: names a delegate that names another one");
            return Optional.empty();
        }
        List<Object> wide = list(outer.get("match"));
        List<Object> narrow = list(inner.get("match"));
        List<Object> matches = new ArrayList<>(wide.isEmpty() ? narrow : wide);
        if (!wide.isEmpty() && !narrow.isEmpty()) {
            matches.clear();
            for (Object leaf : narrow) {
                int before = matches.size();
                wide.forEach(each -> both(map(each), map(leaf)).ifPresent(matches::add));
                if (matches.size() == before) {
                    return Optional.empty();
                }
            }
        }
        Map<String, Object> route = new LinkedHashMap<>();
        named(outer.get("name"), inner.get("name")).ifPresent(name -> route.put("name", name));
        if (!matches.isEmpty()) {
            route.put("match", matches);
        }
        inner.forEach(route::putIfAbsent);
        INHERITED.stream().filter(outer::containsKey).forEach(name -> route.putIfAbsent(name, outer.get(name)));
        return Optional.of(route);
    }

    private static Optional<Object> named(@Nullable Object outer, @Nullable Object inner) {
        return outer != null && inner != null
                ? Optional.of(outer + "-" + inner)
                : Optional.ofNullable(outer == null ? inner : outer);
    }

    /** Conditions that hold where both hold; empty if Istio takes them for a contradiction. */
    private static Optional<Map<String, Object>> both(Map<String, Object> outer, Map<String, Object> inner) {
        boolean clash = TEXTS.stream().anyMatch(name -> contradict(outer.get(name), inner.get(name)));
        for (String name : MAPS) {
            Map<String, Object> wide = map(outer.get(name));
            clash |= map(inner.get(name)).entrySet().stream()
                    .anyMatch(one -> contradict(wide.get(one.getKey()), one.getValue()));
        }
        clash |= Boolean.TRUE.equals(outer.get("ignoreUriCase")) != Boolean.TRUE.equals(inner.get("ignoreUriCase"));
        Object port = outer.get("port");
        clash |= port != null && inner.containsKey("port") && !port.equals(inner.get("port"));
        if (clash) {
            return Optional.empty();
        }
        Map<String, Object> match = new LinkedHashMap<>(inner);
        outer.forEach(match::putIfAbsent);
        for (String name : MAPS) {
            Map<String, Object> all = new LinkedHashMap<>(map(outer.get(name)));
            all.putAll(map(inner.get(name)));
            if (!all.isEmpty()) {
                match.put(name, all);
            }
        }
        return Optional.of(match);
    }

    /** Whether the inner condition is not clearly narrower, by Istio's own rules: expressions never are. */
    private static boolean contradict(@Nullable Object outer, @Nullable Object inner) {
        if (outer == null || inner == null) {
            return false;
        }
        Object exact = map(outer).get("exact");
        Object prefix = map(outer).get("prefix");
        Object leaf = map(inner).get("exact");
        Object leafPrefix = map(inner).get("prefix");
        if (map(outer).containsKey("regex") || map(inner).containsKey("regex")) {
            return true;
        }
        if (exact != null) {
            return leafPrefix != null || !Objects.equals(leaf, exact);
        }
        Object text = leafPrefix != null ? leafPrefix : leaf;
        return prefix == null || text == null || !text.toString().startsWith(prefix.toString());
    }

    /** Tells fields that nobody takes from here; once, whoever names the delegate. */
    private void known(Manifest manifest, String where, Collection<String> names, Collection<String> known) {
        names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> Fields.unread(manifest.id(), where + ": " + name + " is not read"))
                .filter(told -> !problems.contains(told))
                .forEach(problems::add);
    }

    private void problem(Manifest root, String what) {
        problems.add(Fields.unread(root.id(), what));
    }

    private static Map<String, Object> map(@Nullable Object part) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (part instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> {
                if (value != null) {
                    map.put(String.valueOf(key), value);
                }
            });
        }
        return map;
    }

    private static List<Object> list(@Nullable Object part) {
        return part instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }
}
