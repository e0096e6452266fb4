package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import dev.lintel.mesh.lint.LintCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Objects of others beside ours: which of them open what ours close, or speak about the same hosts and workloads. */
public final class ObjectsOfOthers {
    /** What lets callers in, which is judged together. */
    private static final Set<String> ACCESS =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication");

    private static final Set<String> OPEN =
            Set.of(LintCode.REOPENED.code(), LintCode.PEERS_WEAKENED.code(), LintCode.ISSUER_TWICE.code());
    private static final Set<String> EXPORTED = Set.of("DestinationRule", "ServiceEntry", "VirtualService");
    private static final String HOSTNAMES = "hostnames";
    private static final Map<String, String> HOSTS = Map.of(
            "VirtualService", "hosts",
            "ServiceEntry", "hosts",
            "APIRule", "hosts",
            "HTTPRoute", HOSTNAMES,
            "GRPCRoute", HOSTNAMES);
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Pod");

    private ObjectsOfOthers() {}

    /**
     * What one object does.
     *
     * @param code {@code reopened}, {@code taken} or {@code unjudged}: the end of a problem's code
     * @param object whose it is
     * @param field where in it
     * @param message that the object is not ours and what it does, beginning with its name
     * @param hint what to do about it
     */
    public record Found(String code, Manifest object, String field, String message, String hint) {}

    /**
     * What is found.
     *
     * @param all objects of others
     * @param ours objects that are to be there
     * @param root the namespace whose objects are for the whole mesh
     * @return first what is opened, then the rest; each in the order of the objects
     */
    public static List<Found> of(List<Manifest> all, List<Manifest> ours, String root) {
        List<Manifest> theirs = all.stream().filter(one -> !isSeenByNobody(one)).toList();
        List<Manifest> workloads = Selected.by(ours);
        List<Found> found = new ArrayList<>(reopened(theirs, ours, workloads, root));
        List<Found> more = new ArrayList<>(Fences.of(theirs, ours));
        more.addAll(Redirects.of(theirs, ours));
        add(MeshRoutes.of(theirs, ours), more);
        add(OutwardRoutes.of(theirs, ours), more);
        add(Contested.of(theirs, ours, workloads, root), more);
        more.forEach(one -> found.add(new Found(
                one.code(),
                one.object(),
                one.field(),
                one.object().id() + ", which is not ours; it " + one.message(),
                one.hint())));
        return found;
    }

    /**
     * The hosts for which objects have routes.
     *
     * @param objects of others
     * @return hosts in lower case, also with a {@code *} in front, and the first object of each; without {@code .} in it a host is
     *     that of a service, by its full name
     */
    public static Map<String, String> routes(List<Manifest> objects) {
        Map<String, String> routes = new LinkedHashMap<>();
        for (Manifest one : objects) {
            String field = HOSTS.get(one.kind());
            if (field == null || isSeenByNobody(one)) {
                continue;
            }
            List<String> hosts = SpecParts.texts(one.spec().get(field));
            // Routes of Gateway API without a host are for all of their parent.
            for (String host : hosts.isEmpty() && field.equals(HOSTNAMES) ? List.of("*") : hosts) {
                routes.putIfAbsent(
                        Hosts.undotted(Hosts.full(host.toLowerCase(Locale.ROOT), one.namespace())), one.id());
            }
        }
        return routes;
    }

    /** What is exported to nobody is no part of any proxy. */
    private static boolean isSeenByNobody(Manifest one) {
        return EXPORTED.contains(one.kind())
                && SpecParts.texts(one.spec().get("exportTo")).equals(List.of("~"));
    }

    /** Of an object of which more is known nothing less is said. */
    private static void add(List<Found> found, List<Found> into) {
        Set<String> known = new HashSet<>();
        into.forEach(one -> known.add(one.object().id()));
        found.stream().filter(one -> !known.contains(one.object().id())).forEach(into::add);
    }

    private static List<Found> reopened(
            List<Manifest> theirs, List<Manifest> ours, List<Manifest> workloads, String root) {
        List<Manifest> foreign = theirs.stream()
                .filter(one -> ACCESS.contains(one.kind()) || WORKLOADS.contains(one.kind()))
                .toList();
        if (foreign.stream().noneMatch(one -> ACCESS.contains(one.kind()))) {
            return List.of();
        }
        Map<String, Manifest> byId = new HashMap<>();
        foreign.forEach(one -> byId.put(one.id(), one));
        List<Manifest> alone = new ArrayList<>(foreign);
        alone.addAll(workloads);
        List<Manifest> all = new ArrayList<>(alone);
        ours.stream().filter(one -> ACCESS.contains(one.kind())).forEach(all::add);
        Set<Finding> known = new HashSet<>(Lint.of(alone, root));
        List<Found> found = new ArrayList<>();
        for (Finding finding : Lint.of(all, root)) {
            Manifest object = byId.get(finding.object());
            if (object != null && OPEN.contains(finding.code()) && !known.contains(finding)) {
                found.add(new Found(
                        "reopened",
                        object,
                        finding.field(),
                        finding.object() + ", which is not ours; its " + finding.field() + " " + finding.message(),
                        finding.hint()));
            }
        }
        return found;
    }
}
