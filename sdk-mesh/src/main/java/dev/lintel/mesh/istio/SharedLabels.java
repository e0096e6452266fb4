package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two APIs whose labels one workload could carry together, though none has all labels of the other: such a workload would
 * be opened by the ALLOW rules of both. Nothing in a definition says whether there is one, so that it is asked for. Labels
 * are told apart by their names first, so that many APIs do not cost many times more.
 */
final class SharedLabels {
    private final Map<String, Map<Set<String>, List<ApiModel>>> byNames = new LinkedHashMap<>();

    private SharedLabels(MeshModel model) {
        for (ApiModel api : model.apis()) {
            Map<String, String> labels = api.service().labels();
            if (!labels.isEmpty() && api.service().traffic().elsewhere() == null) {
                byNames.computeIfAbsent(api.namespace(), namespace -> new LinkedHashMap<>())
                        .computeIfAbsent(new TreeSet<>(labels.keySet()), names -> new ArrayList<>())
                        .add(api);
            }
        }
    }

    /** What must be so, once for each API that could share a workload with others. */
    static List<Problem> prerequisites(MeshModel model) {
        return new SharedLabels(model).find();
    }

    private List<Problem> find() {
        List<Problem> found = new ArrayList<>();
        for (Map<Set<String>, List<ApiModel>> groups : byNames.values()) {
            List<Map.Entry<Set<String>, List<ApiModel>>> all = List.copyOf(groups.entrySet());
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < i; j++) {
                    Set<String> one = all.get(j).getKey();
                    Set<String> other = all.get(i).getKey();
                    // Labels of which one has all names of the other are the same workloads, or no workload has both.
                    if (!one.containsAll(other) && !other.containsAll(one)) {
                        Set<String> common = new TreeSet<>(one);
                        common.retainAll(other);
                        found.addAll(together(all.get(j).getValue(), all.get(i).getValue(), common));
                    }
                }
            }
        }
        return found;
    }

    private static List<Problem> together(List<ApiModel> some, List<ApiModel> others, Set<String> common) {
        Map<Map<String, String>, ApiModel> first = new HashMap<>();
        Map<Map<String, String>, ApiModel> firstAsked = new HashMap<>();
        for (ApiModel api : some) {
            first.putIfAbsent(only(api, common), api);
            if (AccessPlan.isNeeded(api)) {
                firstAsked.putIfAbsent(only(api, common), api);
            }
        }
        List<Problem> found = new ArrayList<>();
        for (ApiModel api : others) {
            ApiModel other = (AccessPlan.isNeeded(api) ? first : firstAsked).get(only(api, common));
            if (other != null) {
                found.add(problem(other, api));
            }
        }
        return found;
    }

    private static Map<String, String> only(ApiModel api, Set<String> names) {
        Map<String, String> labels = new TreeMap<>(api.service().labels());
        labels.keySet().retainAll(names);
        return labels;
    }

    private static Problem problem(ApiModel one, ApiModel other) {
        return new Problem(
                "istio.labels-together",
                other.id(),
                "no workload may carry both " + other.service().labels() + " and "
                        + one.service().labels() + ", those of " + one.id()
                        + one.origin().after(" at ")
                        + ": in a mesh what either of them allows would be allowed there",
                "find the workloads of both by values of one label, as of 'app'",
                other.origin());
    }
}
