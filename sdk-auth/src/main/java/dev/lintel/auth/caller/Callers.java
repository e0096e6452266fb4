package dev.lintel.auth.caller;

import dev.lintel.core.Names;
import dev.lintel.core.Peer;
import dev.lintel.core.Policy;
import dev.lintel.core.match.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which workloads may call a service, by the identity that a client certificate proves. A service policy: it governs
 * calls from inside, and those who enter by the exposed host as well, who are refused unless they are one of the
 * workloads or {@link #orEntering()} is said.
 *
 * <p>Of several that match a request the most specific one governs alone, whatever the order in which they are said; paths
 * are those that the service gets, after rewrites. What none matches is open to every caller. Methods that the more
 * specific one does not name fall to the next one; where that would leave them open to every caller, {@code define()}
 * refuses until {@link #everyCaller()} says so.
 *
 * @param workloads service accounts, as {@code frontend} in the API's own namespace or as {@code frontend.web}
 * @param namespaces namespaces of which every workload may call
 * @param everybody whether everybody may call, in place of workloads and namespaces
 * @param endpoints where it holds; empty for everywhere
 * @param entering whether those may call as well who enter by the exposed host
 */
public record Callers(
        List<String> workloads, List<String> namespaces, boolean everybody, List<Endpoint> endpoints, boolean entering)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "auth.callers/v1";

    /** Checks the names, that somebody may call, and that nothing is said twice. */
    public Callers {
        workloads = workloads == null ? List.of() : List.copyOf(workloads);
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
        for (String workload : workloads) {
            var unused = Peer.workload(workload, "any");
        }
        namespaces.forEach(namespace -> Names.label("a namespace", namespace));
        once("workload", workloads);
        once("namespace", namespaces);
        once("endpoint", endpoints.stream().map(Endpoint::toString).toList());
        boolean none = workloads.isEmpty() && namespaces.isEmpty();
        if (none != everybody) {
            throw new IllegalArgumentException(
                    none
                            ? "at least one workload or namespace must be named; for everybody say everyCaller()"
                            : "everyCaller() must not name workloads or namespaces, but was given " + workloads
                                    + namespaces);
        }
        if (everybody && entering) {
            throw new IllegalArgumentException(
                    "everyCaller() includes those who enter by the host: leave orEntering() out");
        }
    }

    /**
     * Some workloads, known by their service accounts.
     *
     * @param workloads at least one: {@code frontend} in the API's own namespace, {@code frontend.web} in another one
     * @return callers, everywhere
     * @throws IllegalArgumentException if there are none, or one is no such name
     */
    public static Callers callers(String... workloads) {
        return new Callers(List.of(workloads), List.of(), false, List.of(), false);
    }

    /**
     * All workloads of some namespaces.
     *
     * @param namespaces at least one
     * @return callers, everywhere
     * @throws IllegalArgumentException if there are none, or one is no DNS label
     */
    public static Callers callersIn(String... namespaces) {
        return new Callers(List.of(), List.of(namespaces), false, List.of(), false);
    }

    /**
     * Everybody, to take something out of a wider rule.
     *
     * @return callers, everywhere, until {@link #at} says where
     */
    public static Callers everyCaller() {
        return new Callers(List.of(), List.of(), true, List.of(), false);
    }

    /**
     * The same callers, and all workloads of some namespaces.
     *
     * @param more at least one
     * @return new callers
     */
    public Callers namespace(String... more) {
        return new Callers(workloads, plus("namespace", namespaces, more), everybody, endpoints, entering);
    }

    /**
     * The same callers, at some endpoints only.
     *
     * @param more for example {@code GET /internal/**}, or a path alone for every method
     * @return new callers
     */
    public Callers at(String... more) {
        List<String> texts = plus("at", List.of(), more);
        List<Endpoint> all = new ArrayList<>(endpoints);
        texts.forEach(text -> all.add(Endpoint.parse(text)));
        return new Callers(workloads, namespaces, everybody, all, entering);
    }

    /**
     * The same callers, and whoever enters by the exposed host, as far as the entry policies let them in.
     *
     * @return new callers
     */
    public Callers orEntering() {
        return new Callers(workloads, namespaces, everybody, endpoints, true);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Its endpoints, so that it may be said for several. */
    @Override
    public String key() {
        return endpoints.isEmpty()
                ? Endpoint.any().toString()
                : endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }

    private static List<String> plus(String word, List<String> some, String... more) {
        if (more.length == 0) {
            throw new IllegalArgumentException(word + "(…) must name at least one");
        }
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static void once(String what, List<String> names) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " '" + name + "' is said twice");
            }
        }
    }
}
