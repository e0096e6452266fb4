package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes hosts that several APIs share apart: what each of them would say if the host were its own, and which paths belong
 * to it. To whom a path belongs is read from who gets it: the first rule that matches.
 */
final class GuestReader {
    private static final String NOBODY = "";

    private final List<Problem> problems;
    private final List<Manifest> manifests = new ArrayList<>();
    private final Map<String, List<PathPattern>> claims = new LinkedHashMap<>();
    private final Map<String, List<PathPattern>> others = new LinkedHashMap<>();

    private GuestReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** A rule and the name of the API to which it belongs. */
    private record Owned(String owner, HttpRule rule, Map<String, Object> tree) {}

    static GuestReader of(List<Manifest> manifests, List<Problem> problems) {
        GuestReader reader = new GuestReader(problems);
        manifests.forEach(manifest -> {
            if (isShared(manifest)) {
                reader.apart(manifest);
            } else {
                reader.manifests.add(manifest);
            }
        });
        return reader;
    }

    /** The objects, each of one API. */
    List<Manifest> manifests() {
        return manifests;
    }

    /** The paths that belong to an API of a shared host; empty if all do. */
    List<PathPattern> claims(String id) {
        return claims.getOrDefault(id, List.of());
    }

    /** The paths of the same host that belong to others. */
    List<PathPattern> others(String id) {
        return others.getOrDefault(id, List.of());
    }

    private static boolean isShared(Manifest manifest) {
        return manifest.kind().equals(Meta.VIRTUAL_SERVICE)
                && !manifest.labels().containsKey(Manifest.API)
                && !List.of("mesh").equals(manifest.spec().get("gateways"))
                && manifest.spec().get("http") instanceof List<?> http
                && http.stream().anyMatch(route -> route instanceof Map<?, ?> map && map.containsKey("name"));
    }

    private void apart(Manifest manifest) {
        Fields spec = new Fields(manifest.id(), "spec", manifest.spec(), problems);
        HttpRuleReader reader = new HttpRuleReader(manifest.namespace());
        List<Owned> rules = new ArrayList<>();
        List<Object> common = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(manifest.spec().get("http"))) {
            Map<String, Object> tree = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> tree.put(String.valueOf(key), value));
            Object owner = tree.remove("name");
            // What cannot be read is told when the API itself is read.
            Fields http = new Fields(manifest.id(), "spec.http", tree, new ArrayList<>());
            if (owner == null && rules.isEmpty() && HttpRuleReader.hygiene(http).isPresent()) {
                common.add(tree);
            } else if (owner == null) {
                spec.problem("has a route that does not say to which API it belongs");
            } else {
                rules.add(new Owned(owner.toString(), reader.read(http), tree));
            }
        }
        claim(manifest.namespace(), rules, spec);
        Set<String> owners = rules.stream().map(Owned::owner).collect(Collectors.toCollection(LinkedHashSet::new));
        owners.forEach(owner -> manifests.add(alone(manifest, owner, common, rules)));
    }

    private static Manifest alone(Manifest manifest, String owner, List<Object> common, List<Owned> rules) {
        List<Object> http = new ArrayList<>(common);
        rules.stream().filter(rule -> rule.owner().equals(owner)).forEach(rule -> http.add(rule.tree()));
        Map<String, Object> spec = new LinkedHashMap<>(manifest.spec());
        spec.put("http", http);
        Map<String, String> labels = new LinkedHashMap<>(manifest.labels());
        labels.put(Manifest.API, owner);
        String names = Arrays.stream(
                        manifest.annotations().getOrDefault(Meta.VERSIONS, "").split(",", -1))
                .filter(name -> name.startsWith(owner + ":"))
                .map(name -> name.substring(owner.length() + 1))
                .collect(Collectors.joining(","));
        Map<String, String> notes = new LinkedHashMap<>(manifest.annotations());
        notes.remove(Meta.VERSIONS);
        if (!names.isEmpty()) {
            notes.put(Meta.VERSIONS, names);
        }
        return new Manifest(
                manifest.apiVersion(), manifest.kind(), manifest.namespace(), manifest.name(), labels, notes, spec);
    }

    private void claim(String namespace, List<Owned> rules, Fields place) {
        Set<PathPattern> patterns = new LinkedHashSet<>(List.of(PathPattern.ANY));
        rules.forEach(owned -> owned.rule().entries().stream()
                .map(Entry::path)
                .filter(Objects::nonNull)
                .forEach(path -> patterns.add(path.atom())));
        List<PathPattern> regions = Regions.of(patterns);
        Set<String> methods = new TreeSet<>(Set.of(ServiceReader.OTHER));
        Hits.methods(rules.stream().map(Owned::rule).toList()).forEach(methods::addAll);
        Map<PathPattern, String> owners = new LinkedHashMap<>();
        for (PathPattern region : regions) {
            Set<String> found = new LinkedHashSet<>();
            for (String path : Partition.samples(region, regions)) {
                methods.forEach(method -> found.addAll(owners(rules, path, method)));
            }
            if (found.size() > 1) {
                place.problem("does not tell by the path alone to which API '" + region + "' belongs: " + found);
            }
            found.stream().findFirst().ifPresent(owner -> owners.put(region, owner));
        }
        List<PathPattern> needed = Partition.needed(
                List.copyOf(owners.keySet()), (one, other) -> Objects.equals(owners.get(one), owners.get(other)));
        for (PathPattern region : needed) {
            String owner = Objects.requireNonNull(owners.get(region));
            if (!owner.equals(NOBODY)) {
                claims.computeIfAbsent(owner + "." + namespace, id -> new ArrayList<>())
                        .add(region);
                rules.stream()
                        .map(Owned::owner)
                        .distinct()
                        .filter(other -> !other.equals(owner))
                        .forEach(other -> others.computeIfAbsent(other + "." + namespace, id -> new ArrayList<>())
                                .add(region));
            } else if (needed.stream().anyMatch(wide -> Partition.isNarrower(region, wide))) {
                place.problem("leaves '" + region + "' to nobody, although what is around it belongs to an API");
            }
        }
        rules.stream()
                .map(owned -> owned.owner() + "." + namespace)
                .distinct()
                .filter(id -> !claims.containsKey(id))
                .forEach(id -> claims.put(id, covered(id, namespace, rules, owners.keySet())));
    }

    /** Paths of an API that others cover whole: no request meets them, but with none it would have the whole host. */
    private static List<PathPattern> covered(String id, String namespace, List<Owned> rules, Set<PathPattern> met) {
        List<PathPattern> paths = rules.stream()
                .filter(owned -> id.equals(owned.owner() + "." + namespace))
                .flatMap(owned -> owned.rule().entries().stream())
                .map(entry ->
                        entry.path() == null ? PathPattern.ANY : entry.path().atom())
                .filter(path -> !met.contains(path))
                .distinct()
                .toList();
        return paths.isEmpty() ? List.of(PathPattern.ANY) : paths;
    }

    /** Whose rules may take a request; with nobody if none has to. */
    private static Set<String> owners(List<Owned> rules, String path, String method) {
        Set<String> owners = new LinkedHashSet<>();
        for (Owned owned : rules) {
            for (Entry entry : owned.rule().entries()) {
                boolean takes = entry.allows(method)
                        && Optional.ofNullable(entry.path())
                                .map(expression -> expression.matches(path))
                                .orElse(true);
                if (takes) {
                    owners.add(owned.owner());
                }
                if (takes && entry.isPlain()) {
                    return owners;
                }
            }
        }
        owners.add(NOBODY);
        return owners;
    }
}
