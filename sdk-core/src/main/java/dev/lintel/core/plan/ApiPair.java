package dev.lintel.core.plan;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One API in two models; at least one of the two knows it. */
record ApiPair(
        String id, @Nullable ApiModel before, @Nullable ApiModel now) {
    /** All APIs of two models, sorted by namespace and name. */
    static List<ApiPair> of(MeshModel before, MeshModel now) {
        Map<String, ApiModel> old = sorted(before);
        Map<String, ApiModel> wanted = sorted(now);
        Map<String, ApiModel> all = new TreeMap<>(old);
        all.putAll(wanted);
        List<ApiPair> pairs = new ArrayList<>();
        all.forEach((key, api) -> pairs.add(new ApiPair(api.id(), old.get(key), wanted.get(key))));
        return pairs;
    }

    private static Map<String, ApiModel> sorted(MeshModel model) {
        Map<String, ApiModel> sorted = new TreeMap<>();
        model.apis().forEach(api -> sorted.put(api.namespace() + " " + api.name(), api));
        return sorted;
    }
}
