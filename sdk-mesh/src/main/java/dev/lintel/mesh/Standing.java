package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Effect;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.steps.Wider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is in force before a change, as far as it can be compared with what is wanted. Where a hand has made of it what is not
 * read, it is taken as if it let through less than it does: what the change opens is told all the more then, and what only
 * closes is no widening.
 *
 * @param read what is in force, with the problems that are left
 * @param told what was understood without being read
 */
record Standing(Read read, List<Effect> told) {
    /** Without one of them less is led, and nothing else is asked. */
    private static final Set<String> LEADING =
            Set.of("APIRule", "GRPCRoute", "Gateway", "HTTPRoute", "HTTPRouteFilter", "VirtualService");

    Standing {
        told = List.copyOf(told);
    }

    /**
     * Compares what is there with what is to be there.
     *
     * @param live what is in force, of ours
     * @param wanted what is to be in force, under the same names
     */
    static Standing of(Dialect dialect, List<Manifest> live, List<Manifest> wanted) {
        Read read = dialect.read(live);
        if (read.problems().isEmpty()) {
            return new Standing(read, List.of());
        }
        Set<String> named =
                read.problems().stream().map(Problem::path).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, Manifest> wider = wider(live, wanted);
        Map<String, Manifest> unread = new LinkedHashMap<>(wider);
        unread.keySet().retainAll(named);
        List<Manifest> missing = missing(live, wanted);
        Standing standing = of(dialect, live, unread, List.of(), read);
        if (!standing.isRead()) {
            standing = of(dialect, live, unread, missing, read);
        }
        return standing.isRead() ? standing : of(dialect, live, wider, missing, read);
    }

    /**
     * Compares what is there with what should be there, where something may be missing: as if routes that are gone were
     * still there, which lets through more than there is.
     */
    static Standing without(Dialect dialect, List<Manifest> live, List<Manifest> wanted) {
        Read read = dialect.read(live);
        List<Manifest> missing =
                missing(live, wanted).stream().filter(Standing::leads).toList();
        if (read.problems().isEmpty() || missing.isEmpty()) {
            return new Standing(read, List.of());
        }
        List<Manifest> whole = new ArrayList<>(live);
        whole.addAll(missing);
        return new Standing(
                dialect.read(whole),
                missing.stream()
                        .map(each -> effect(each, "is missing" + hosts(each, ": it does not expose ")))
                        .toList());
    }

    private boolean isRead() {
        return read.problems().isEmpty();
    }

    private static Standing of(
            Dialect dialect, List<Manifest> live, Map<String, Manifest> wider, List<Manifest> missing, Read read) {
        List<Manifest> bound = new ArrayList<>();
        live.forEach(each -> bound.add(wider.getOrDefault(each.id(), each)));
        bound.addAll(missing);
        List<Effect> told = new ArrayList<>();
        missing.forEach(each -> told.add(effect(
                each,
                leads(each)
                        ? "is not there, and is made as the definition says" + hosts(each, ": it exposes ")
                        : "is not there, and is made; it only closes")));
        wider.values()
                .forEach(each ->
                        told.add(effect(each, "lets through more than it is to, and the rest goes" + why(each, read))));
        return new Standing(dialect.read(bound), told);
    }

    private static Effect effect(Manifest object, String text) {
        return new Effect(object.id() + ": " + text, false, Origin.unknown());
    }

    private static String why(Manifest object, Read read) {
        String why = read.problems().stream()
                .filter(problem -> problem.path().equals(object.id()))
                .map(Problem::message)
                .distinct()
                .collect(Collectors.joining("; "));
        return why.isEmpty() ? "" : " (" + why + ")";
    }

    private static String hosts(Manifest route, String before) {
        Object hosts = route.spec().getOrDefault("hosts", route.spec().get("hostnames"));
        return hosts instanceof List<?> all
                ? before + all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }

    /** What is there and lets through whatever it is to let through: by its id, what it is to be. */
    private static Map<String, Manifest> wider(List<Manifest> live, List<Manifest> wanted) {
        Map<String, Manifest> known = new LinkedHashMap<>();
        wanted.forEach(each -> known.put(each.id(), each));
        Map<String, Manifest> wider = new LinkedHashMap<>();
        for (Manifest each : live) {
            Manifest other = known.get(each.id());
            if (other != null && !other.equals(each) && Wider.covers(each, other)) {
                wider.put(each.id(), other);
            }
        }
        return wider;
    }

    /** What is gone of APIs that are there, and opens nothing that they do not say. */
    private static List<Manifest> missing(List<Manifest> live, List<Manifest> wanted) {
        Set<String> ids = new LinkedHashSet<>();
        Set<String> apis = new LinkedHashSet<>();
        live.forEach(each -> {
            ids.add(each.id());
            if (each.labels().containsKey(Manifest.API)) {
                apis.add(api(each));
            }
        });
        return wanted.stream()
                .filter(each -> apis.contains(api(each)) || each.kind().equals("Gateway"))
                .filter(each -> !ids.contains(each.id()))
                .filter(each -> leads(each) || Wider.closes(each))
                .toList();
    }

    private static boolean leads(Manifest object) {
        return LEADING.contains(object.kind());
    }

    private static String api(Manifest object) {
        return object.namespace() + "/" + object.labels().get(Manifest.API);
    }
}
