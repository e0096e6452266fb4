package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What decides in a target now, as far as it can be read. An object that is not understood, whoever has made it, keeps nobody
 * from asking about the rest; but what it may decide is not certain then, in either direction.
 *
 * @param where the backend, as plans name it
 * @param model what was read
 * @param uncertain what was not, and what objects of others do to it
 * @param deviations where this world answers otherwise than the model says
 * @param rootNamespace whose policies are for the whole mesh; empty if there is none
 * @param routesOfOthers hosts for which objects of others have routes, also with a {@code *} in front, and the object of each
 */
public record InForce(
        String where,
        MeshModel model,
        List<Problem> uncertain,
        List<Deviation> deviations,
        String rootNamespace,
        Map<String, String> routesOfOthers) {
    private static final Set<String> ACCESS =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "SecurityPolicy");
    /** Checks that nothing is missing, and keeps the list unchangeable. */
    public InForce {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(rootNamespace, "rootNamespace");
        uncertain = List.copyOf(uncertain);
        deviations = List.copyOf(deviations);
        routesOfOthers = Collections.unmodifiableMap(new LinkedHashMap<>(routesOfOthers));
    }

    /**
     * A world in which nobody else has routes.
     *
     * @param where the backend, as plans name it
     * @param model what was read
     * @param uncertain what was not, and what objects of others do to it
     * @param deviations where this world answers otherwise than the model says
     * @param rootNamespace whose policies are for the whole mesh; empty if there is none
     */
    public InForce(
            String where, MeshModel model, List<Problem> uncertain, List<Deviation> deviations, String rootNamespace) {
        this(where, model, uncertain, deviations, rootNamespace, Map.of());
    }

    /**
     * A world that answers as the model says.
     *
     * @param where the backend, as plans name it
     * @param model what decides
     * @param uncertain what was not read
     */
    public InForce(String where, MeshModel model, List<Problem> uncertain) {
        this(where, model, uncertain, List.of(), "");
    }

    /**
     * Where this world answers otherwise about one API; what is so for all of that world is among it.
     *
     * @param api its id, for example {@code orders.shop}
     * @return a part of the deviations
     */
    public List<Deviation> deviationsOf(String api) {
        return deviations.stream()
                .filter(one -> one.subjects().isEmpty() || one.subjects().contains(api))
                .toList();
    }

    /**
     * What is not certain about a host that no API has: all that was not read, and routes of others for it.
     *
     * @param host a name without a port, in any case
     * @return nothing only if nobody here has routes for it
     */
    public List<Problem> uncertainAt(String host) {
        List<Problem> all = new ArrayList<>(uncertain);
        String name = host.toLowerCase(Locale.ROOT);
        routesOfOthers.entrySet().stream()
                .filter(one -> one.getKey().equals(name)
                        || one.getKey().startsWith("*")
                                && name.endsWith(one.getKey().substring(1)))
                .findFirst()
                .ifPresent(one -> all.add(new Problem(
                        "explain.others",
                        one.getValue(),
                        "is not ours and has routes for '" + one.getKey()
                                + "': what becomes of requests there is not read",
                        "look at it yourself, or take it into a definition: lintel import",
                        Origin.unknown())));
        return all;
    }

    /**
     * What is not certain about requests to the APIs of one namespace: all but policies that are certainly about workloads of
     * another one.
     *
     * @param namespace of the API that is called
     * @return a part of what is not certain; an answer holds only if there is none
     */
    public List<Problem> uncertainFor(String namespace) {
        return uncertain.stream()
                .filter(problem -> !isElsewhere(problem.path(), namespace))
                .toList();
    }

    /** Only where other APIs live it is known that the namespace is not the one of the whole mesh. */
    private boolean isElsewhere(String path, String namespace) {
        int space = path.indexOf(' ');
        int slash = path.indexOf('/', space + 1);
        if (space < 0 || slash < 0 || !ACCESS.contains(path.substring(0, space))) {
            return false;
        }
        String in = path.substring(space + 1, slash);
        return !in.equals(namespace)
                && !in.equals(rootNamespace)
                && model.apis().stream().anyMatch(api -> api.namespace().equals(in));
    }
}
