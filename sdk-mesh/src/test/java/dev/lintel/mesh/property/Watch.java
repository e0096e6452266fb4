package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.steps.Gap;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** What both have seen. */
    Watch and(Watch other) {
        List<Told> open = new ArrayList<>(opened);
        open.addAll(other.opened);
        List<Told> worse = new ArrayList<>(broken);
        worse.addAll(other.broken);
        return new Watch(judged + other.judged, shut + other.shut, open, worse);
    }

    /**
     * One request at one moment.
     *
     * @param effect what happened to it, where both sides let it through
     * @param names by which gaps may tell of it: the host, and for calls inside the service with its namespace
     * @param text for people
     */
    record Told(Effect effect, Set<String> names, String text) {
        /** About a request, or a call that leaves. */
        static Told of(Effect effect, Object question, String text) {
            if (!(question instanceof RequestValue request)) {
                return new Told(effect, ((EgressQuestions.Call) question).names(), text);
            }
            Set<String> names = new HashSet<>(Set.of(request.host()));
            if (request.via() == Via.MESH) {
                names.add(Stream.of(request.host().split("\\.")).limit(2).collect(Collectors.joining(".")));
            }
            return new Told(effect, names, text);
        }

        /** Whether a gap tells just this. */
        boolean isTold(Collection<Gap> gaps) {
            return gaps.stream().anyMatch(gap -> gap.effect() == effect && !Collections.disjoint(gap.names(), names));
        }
    }

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
