package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.Moments.Moment;
import java.util.List;
import java.util.Set;

/**
 * What every moment of a way does to requests, seen by who goes through the objects one by one: no moment is left out, since
 * it need not be understood as a whole.
 *
 * @param judged how often a request was judged at a moment
 * @param shut how many of these both sides refuse
 * @param opened requests that both sides refuse, and some moment lets through
 * @param broken requests that both sides let through, and some moment refuses or leads elsewhere
 */
record Watch(int judged, int shut, List<Told> opened, List<Told> broken) {
    Watch {
        opened = List.copyOf(opened);
        broken = List.copyOf(broken);
    }

    /**
     * One request at one moment.
     *
     * @param names what gaps may be told about that cover it: the names of hosts and services
     * @param text for people
     */
    record Told(Set<String> names, String text) {}

    /**
     * A way with both ends.
     *
     * @param models what the ends mean
     * @param asked requests that a gateway does not spell otherwise before it asks anything
     */
    record Way(
            List<Manifest> before,
            List<Manifest> after,
            List<Moment> moments,
            List<MeshModel> models,
            List<RequestValue> asked) {}
}
