package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What others say in our objects, put into what we are going to say: a write leaves it there. */
final class OthersFields {
    private OthersFields() {}

    /**
     * What objects say after a write.
     *
     * @param state with what we have said and what is in force
     * @param wanted what we are going to say
     */
    static List<Manifest> kept(State state, List<Manifest> wanted) {
        Map<String, Manifest> said = byId(state.manifests());
        Map<String, Manifest> inForce = byId(state.inForce());
        return wanted.stream()
                .map(each -> {
                    Manifest whole = inForce.get(each.id());
                    Manifest ours = said.get(each.id());
                    // Where nobody else says anything nothing is to be put in.
                    return whole == null || ours == null || ours.spec().equals(whole.spec())
                            ? each
                            : each.withSpec(merged(each.spec(), ours.spec(), whole.spec()));
                })
                .toList();
    }

    private static Map<String, Manifest> byId(List<Manifest> manifests) {
        Map<String, Manifest> map = new LinkedHashMap<>();
        manifests.forEach(each -> map.put(each.id(), each));
        return map;
    }

    /** Lists are ours or theirs as a whole: mesh objects have hardly any with keys, and of those the wanted one is taken. */
    private static Map<String, Object> merged(Map<?, ?> wanted, Map<?, ?> said, Map<?, ?> whole) {
        Map<String, Object> merged = Trees.copy(wanted);
        whole.forEach((key, value) -> {
            Object mine = wanted.get(key);
            if (mine == null) {
                // What we have said and say no longer goes; what we have never said stays.
                if (!said.containsKey(key)) {
                    merged.put(String.valueOf(key), value);
                } else if (value instanceof Map<?, ?> inner && said.get(key) instanceof Map<?, ?> ours) {
                    Map<String, Object> left = merged(Map.of(), ours, inner);
                    if (!left.isEmpty()) {
                        merged.put(String.valueOf(key), left);
                    }
                }
            } else if (mine instanceof Map<?, ?> inner && value instanceof Map<?, ?> theirs) {
                Map<?, ?> ours = said.get(key) instanceof Map<?, ?> map ? map : Map.of();
                merged.put(String.valueOf(key), merged(inner, ours, theirs));
            }
        });
        return merged;
    }
}
