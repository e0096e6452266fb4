package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
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
    private final List<Guest> guests = new ArrayList<>();

    private GuestReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** A rule and the name of the API to which it belongs. */
    private record Owned(String owner, HttpRule rule, Map<String, Object> tree) {}

    /** An API of a shared host. */
    private record Guest(String id, Set<String> hosts) {}

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

    /**
     * The same APIs, without what belongs to one of the host that was not read there: its paths do not fall to whoever has
     * what is around them.
     */
    List<ApiModel> closed(List<ApiModel> read) {
        List<ApiModel> closed = new ArrayList<>(read);
        for (Guest guest : guests) {
            if (read.stream().noneMatch(api -> api.id().equals(guest.id()) && isAt(api, guest))) {
                closed.replaceAll(api -> isAt(api, guest) ? without(api, claims(guest.id())) : api);
            }
        }
        return closed;
    }

    private static boolean isAt(ApiModel api, Guest guest) {
        return api.entry().hosts().stream().anyMatch(guest.hosts()::contains);
    }

    private static ApiModel without(ApiModel api, List<PathPattern> paths) {
        Entry entry = api.entry();
        List<AccessRule> rules = new ArrayList<>();
        paths.stream()
                .filter(path -> entry.paths().stream().anyMatch(own -> own.covers(path)))
                .forEach(path ->
                        rules.add(new AccessRule(new Endpoint(List.of(), path), Requirement.DENIED, Origin.unknown())));
        if (rules.isEmpty()) {
            return api;
        }
        Access access = entry.access();
        rules.addAll(
                access.isRestricted()
                        ? access.rules()
                        : List.of(new AccessRule(Endpoint.any(), Requirement.PUBLIC, Origin.unknown())));
        Entry less = new Entry(
                entry.hosts(),
                new Access(access.issuers(), access.audiences(), rules),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                entry.authorizer(),
                entry.login());
        return new ApiModel(api.name(), api.namespace(), less, api.service(), api.guards(), api.origin(), api.front());
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
        Set<String> hosts = new LinkedHashSet<>(
                new Fields(manifest.id(), "spec", manifest.spec(), new ArrayList<>()).texts("hosts"));
        owners.forEach(owner -> guests.add(new Guest(owner + "." + manifest.namespace(), hosts)));
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
                .map(HttpRule.Entry::path)
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
            // What nobody takes of it is refused by whoever has the rest. Nobody takes anything of it only where it is
            // what
            // no rule names, since a path that a rule names is taken by that rule, or by one before it.
            found.stream()
                    .filter(owner -> !owner.equals(NOBODY))
                    .findFirst()
                    .ifPresent(owner -> owners.put(region, owner));
        }
        List<PathPattern> needed = Partition.needed(
                List.copyOf(owners.keySet()), (one, other) -> Objects.equals(owners.get(one), owners.get(other)));
        for (PathPattern region : needed) {
            String owner = Objects.requireNonNull(owners.get(region));
            claims.computeIfAbsent(owner + "." + namespace, id -> new ArrayList<>())
                    .add(region);
            rules.stream()
                    .map(Owned::owner)
                    .distinct()
                    .filter(other -> !other.equals(owner))
                    .forEach(other -> others.computeIfAbsent(other + "." + namespace, id -> new ArrayList<>())
                            .add(region));
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
            for (HttpRule.Entry entry : owned.rule().entries()) {
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
