package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Sidecars take in of hosts outside. One that says {@code *.example} takes in what comes below that, and what is still
 * there; by other ports than it had itself, or is to have, that would open.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/#IstioEgressListener">Istio, Sidecar:
 *     IstioEgressListener</a>
 */
final class TakenIn {
    private static final String PORTS = "ports";
    private static final String SEEN = "exportTo";
    private static final String NUMBER = "number";

    private final Map<String, List<List<String>>> sidecars = new HashMap<>();
    private final Map<String, List<Manifest>> entries = new HashMap<>();

    /** Of one side. */
    TakenIn(Collection<Manifest> side) {
        for (Manifest each : side) {
            if (isHost(each)) {
                entries.computeIfAbsent(each.namespace(), n -> new ArrayList<>())
                        .add(each);
            } else if (each.kind().equals("Sidecar")) {
                List<String> taken = SpecTree.maps(each.spec(), "egress").stream()
                        .flatMap(listener -> SpecTree.texts(listener, "hosts").stream())
                        .map(host -> host.startsWith("./") ? each.namespace() + host.substring(1) : host)
                        .toList();
                sidecars.computeIfAbsent(each.namespace(), n -> new ArrayList<>())
                        .add(taken);
            }
        }
    }

    /** The host as it may stand there while Sidecars of this side are. */
    Manifest narrowed(Manifest then) {
        if (!isHost(then)) {
            return then;
        }
        List<Map<String, Object>> ports = SpecTree.maps(then.spec(), PORTS);
        List<Map<String, Object>> left =
                ports.stream().filter(port -> isLetOut(then, port)).toList();
        return left.size() == ports.size()
                ? then
                : left.isEmpty() ? LedTo.with(then, SEEN, List.of("~")) : LedTo.with(then, PORTS, left);
    }

    /**
     * Who is let out on both sides, and not while Sidecars change.
     *
     * @return each host with the namespace that calls it, as in {@code psp.example from shop}
     */
    static Set<String> missed(Passage entry, Manifest then, TakenIn was, TakenIn willBe) {
        Set<String> missed = new TreeSet<>();
        if (isHost(then)) {
            List<Map<String, Object>> lost = entry.sides().stream()
                    .flatMap(side -> SpecTree.maps(side.spec(), PORTS).stream())
                    .filter(port -> SpecTree.texts(then.spec(), SEEN).contains("~") || !has(then, port))
                    .toList();
            Set<String> namespaces = new TreeSet<>(was.sidecars.keySet());
            namespaces.retainAll(willBe.sidecars.keySet());
            namespaces.removeIf(each -> entry.sides().stream().noneMatch(side -> isSeen(side, each)));
            for (String namespace : namespaces) {
                hosts(then)
                        .filter(host -> lost.stream()
                                .anyMatch(
                                        port -> was.lets(namespace, host, port) && willBe.lets(namespace, host, port)))
                        .forEach(host -> missed.add(host + " from " + namespace));
            }
        }
        return missed;
    }

    private boolean lets(String namespace, String host, Map<String, Object> port) {
        return sidecars.getOrDefault(namespace, List.of()).stream()
                .anyMatch(taken -> isKnown(namespace, taken, host, port));
    }

    private static boolean has(Manifest entry, Map<String, Object> port) {
        return SpecTree.maps(entry.spec(), PORTS).stream()
                .anyMatch(own -> String.valueOf(own.get(NUMBER)).equals(String.valueOf(port.get(NUMBER))));
    }

    private static boolean isHost(Manifest manifest) {
        return manifest.kind().equals("ServiceEntry") && !manifest.labels().containsKey(Manifest.API);
    }

    /** Whether each Sidecar that takes it in lets out by that port without it as well. */
    private boolean isLetOut(Manifest then, Map<String, Object> port) {
        for (Map.Entry<String, List<List<String>>> each : sidecars.entrySet()) {
            for (List<String> taken : isSeen(then, each.getKey()) ? each.getValue() : List.<List<String>>of()) {
                boolean takes = hosts(then).anyMatch(host -> isTaken(taken, then, host));
                if (takes && !hosts(then).allMatch(host -> isKnown(each.getKey(), taken, host, port))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isKnown(String namespace, List<String> taken, String host, Map<String, Object> port) {
        return taken.stream()
                .flatMap(each ->
                        entries.getOrDefault(each.substring(0, Math.max(0, each.indexOf('/'))), List.of()).stream())
                .filter(entry -> isSeen(entry, namespace))
                .filter(entry -> hosts(entry).anyMatch(wide -> fits(wide, host) && isTaken(taken, entry, wide)))
                .anyMatch(entry -> has(entry, port));
    }

    private static Stream<String> hosts(Manifest entry) {
        return SpecTree.texts(entry.spec(), "hosts").stream();
    }

    private static boolean isSeen(Manifest entry, String namespace) {
        List<String> seen = SpecTree.texts(entry.spec(), SEEN);
        return seen.isEmpty()
                || seen.contains("*")
                || seen.contains(namespace)
                || seen.contains(".") && entry.namespace().equals(namespace);
    }

    private static boolean isTaken(List<String> taken, Manifest entry, String host) {
        return taken.stream()
                .anyMatch(each ->
                        each.startsWith(entry.namespace() + "/") && fits(each.substring(each.indexOf('/') + 1), host));
    }

    private static boolean fits(String pattern, String host) {
        return pattern.equals(host) || pattern.startsWith("*.") && host.endsWith(pattern.substring(1));
    }
}
