package dev.lintel.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the definitions of one world mean together: defaults filled, hosts resolved, rules in the order in which they are
 * asked. No user types, no vendor types, no I/O.
 *
 * @param apis sorted by namespace and name
 * @param egress what may leave, sorted by namespace and host; once there is one, nothing else leaves,
 *     from no namespace
 * @param isolations the boundaries of namespaces, sorted by namespace, one for each
 */
public record MeshModel(List<ApiModel> apis, List<EgressRule> egress, List<IsolationRule> isolations) {
    /** A world in which nothing is exposed. */
    public static final MeshModel EMPTY = new MeshModel(List.of());

    /** Keeps the APIs in their order, unchangeable. */
    public MeshModel {
        apis = Collections.unmodifiableList(new ArrayList<>(apis));
        egress = List.copyOf(egress);
        isolations = List.copyOf(isolations);
        Set<String> isolated = new HashSet<>();
        for (IsolationRule isolation : isolations) {
            if (!isolated.add(isolation.namespace())) {
                throw new IllegalArgumentException(
                        "a namespace has one boundary, but '" + isolation.namespace() + "' has two");
            }
        }
    }

    /**
     * A world without boundaries between namespaces.
     *
     * @param apis sorted by namespace and name
     * @param egress what may leave, sorted by namespace and host
     */
    public MeshModel(List<ApiModel> apis, List<EgressRule> egress) {
        this(apis, egress, List.of());
    }

    /**
     * A world in which nobody says what may leave.
     *
     * @param apis sorted by namespace and name
     */
    public MeshModel(List<ApiModel> apis) {
        this(apis, List.of());
    }

    /**
     * One API of this world.
     *
     * @param id for example {@code orders.shop}
     * @return the API, empty if there is none of that name
     */
    public Optional<ApiModel> api(String id) {
        return apis.stream().filter(api -> api.id().equals(id)).findFirst();
    }
}
