package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Services elsewhere that are another one afterwards. Their address, how they are connected to and the name by which routes
 * call them are objects of their own, and what is meant for one address is not to be sent to another: not in the clear, and
 * not by a name of somebody else. So an address goes before the rest changes, and the new one comes when routes lead there.
 */
final class Withdrawn {
    private static final Aim NOWHERE = new Aim(Set.of(), Set.of());

    private final Map<String, Aim> before = new HashMap<>();
    private final Map<String, Aim> after = new HashMap<>();
    private final Set<String> rerouted = new HashSet<>();
    private final Set<String> keys = new LinkedHashSet<>();

    /**
     * How requests go to one place.
     *
     * @param tls what is said about connections
     * @param names by which routes call it, with ports; none if no route leads there
     */
    private record Aim(Set<Object> tls, Set<Object> names) {}

    private Withdrawn() {}

    static Withdrawn of(Map<String, Passage> passages) {
        Withdrawn withdrawn = new Withdrawn();
        if (passages.values().stream().noneMatch(Withdrawn::isPlace)) {
            return withdrawn;
        }
        passages.values().forEach(withdrawn::note);
        passages.forEach((key, each) -> {
            if (isPlace(each) && each.isChanged() && withdrawn.isAnother(each)) {
                withdrawn.keys.add(key);
            }
        });
        return withdrawn;
    }

    /** The places that nothing leads to while routes change. */
    Set<String> keys() {
        return keys;
    }

    /** Whether two of the three change at a place that stays: where it is, how it is connected to, and who is led there how. */
    boolean isMixed(Passage place) {
        return isPlace(place)
                && place.sides().size() == 2
                && places(place.any()).stream()
                        .anyMatch(each -> Stream.of(
                                                place.isChanged(),
                                                !at(before, each)
                                                        .tls()
                                                        .equals(at(after, each).tls()),
                                                rerouted.contains(each))
                                        .filter(one -> one)
                                        .count()
                                > 1);
    }

    private boolean isAnother(Passage place) {
        return place.sides().stream()
                .flatMap(side -> places(side).stream())
                .anyMatch(each -> isLed(each) && !at(before, each).equals(at(after, each)));
    }

    private boolean isLed(String place) {
        return Stream.of(before, after)
                .noneMatch(side -> at(side, place).names().isEmpty());
    }

    /** Whether it says where the service of an API is; a name of a Backend is a service's of no other kind. */
    private static boolean isPlace(Passage passage) {
        Manifest object = passage.any();
        return object.kind().equals("ServiceEntry") && object.labels().containsKey(Manifest.API)
                || object.kind().equals("Backend") && passage.sides().size() == 2;
    }

    private static Collection<String> places(Manifest place) {
        return place.kind().equals("Backend")
                ? List.of(backend(place.namespace(), place.name()))
                : SpecTree.texts(place.spec(), "hosts");
    }

    private static String backend(String namespace, @Nullable Object name) {
        return namespace + "/" + name;
    }

    private void note(Passage passage) {
        for (Manifest side : passage.sides()) {
            Map<String, Aim> aims = new HashMap<>();
            note(side, aims);
            aims.forEach((place, aim) -> {
                if (passage.isChanged() && !aim.names().isEmpty()) {
                    rerouted.add(place);
                }
            });
            if (side.equals(passage.before())) {
                add(aims, before);
            }
            if (side.equals(passage.after())) {
                add(aims, after);
            }
        }
    }

    private static void add(Map<String, Aim> some, Map<String, Aim> all) {
        some.forEach((place, aim) -> {
            aim(all, place).tls().addAll(aim.tls());
            aim(all, place).names().addAll(aim.names());
        });
    }

    private static void note(Manifest object, Map<String, Aim> aims) {
        Map<String, Object> spec = object.spec();
        switch (object.kind()) {
            case "DestinationRule" ->
                aim(aims, String.valueOf(spec.get("host")))
                        .tls()
                        .add(SpecTree.map(SpecTree.map(spec, "trafficPolicy"), "tls"));
            case "BackendTLSPolicy" ->
                SpecTree.maps(spec, "targetRefs")
                        .forEach(target -> aim(aims, backend(object.namespace(), target.get("name")))
                                .tls()
                                .add(SpecTree.map(spec, "validation")));
            case "VirtualService" -> {
                for (Map<String, Object> http : SpecTree.maps(spec, "http")) {
                    Object name = SpecTree.map(http, "rewrite").getOrDefault("authority", "");
                    for (Map<String, Object> share : SpecTree.maps(http, "route")) {
                        Map<String, Object> to = SpecTree.map(share, "destination");
                        aim(aims, String.valueOf(to.get("host"))).names().add(List.of(name, SpecTree.map(to, "port")));
                    }
                }
            }
            case "HTTPRoute", "GRPCRoute" ->
                SpecTree.maps(spec, "rules").forEach(rule -> note(object.namespace(), rule, aims));
            default -> {}
        }
    }

    private static void note(String namespace, Map<String, Object> rule, Map<String, Aim> aims) {
        List<Object> names = SpecTree.maps(rule, "filters").stream()
                .map(filter -> SpecTree.map(filter, "urlRewrite").getOrDefault("hostname", ""))
                .filter(name -> !name.equals(""))
                .toList();
        for (Map<String, Object> reference : SpecTree.maps(rule, "backendRefs")) {
            String place = "Hostname".equals(reference.get("kind"))
                    ? String.valueOf(reference.get("name"))
                    : backend(namespace, reference.get("name"));
            aim(aims, place).names().add(List.of(names, reference.getOrDefault("port", "")));
        }
    }

    private static Aim at(Map<String, Aim> aims, String place) {
        return aims.getOrDefault(place, NOWHERE);
    }

    private static Aim aim(Map<String, Aim> aims, String place) {
        return aims.computeIfAbsent(place, p -> new Aim(new LinkedHashSet<>(), new LinkedHashSet<>()));
    }
}
