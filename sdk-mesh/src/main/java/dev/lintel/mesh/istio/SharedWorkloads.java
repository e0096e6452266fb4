package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two APIs on one workload: the union of their ALLOW rules would hold for both. Labels that are all among another's select
 * at least what those select; whoever has them all is found by the rarest of them, so that many APIs do not cost many
 * times more.
 */
final class SharedWorkloads {
    private static final Comparator<Pair> ORDER =
            Comparator.comparingInt(Pair::later).thenComparingInt(Pair::earlier);

    private final List<ApiModel> apis;
    private final List<List<String>> keptOut;
    private final Map<String, List<Integer>> byNamespace = new HashMap<>();
    private final Map<Label, List<Integer>> byLabel = new HashMap<>();

    private record Label(String namespace, Map.Entry<String, String> entry) {}

    private record Pair(int earlier, int later) {}

    private SharedWorkloads(MeshModel model) {
        this.apis = model.apis();
        this.keptOut =
                apis.stream().map(api -> BoundaryWriter.keptOut(model, api)).toList();
        for (int i = 0; i < apis.size(); i++) {
            ApiModel api = apis.get(i);
            byNamespace.computeIfAbsent(api.namespace(), n -> new ArrayList<>()).add(i);
            for (Map.Entry<String, String> label : api.service().labels().entrySet()) {
                byLabel.computeIfAbsent(new Label(api.namespace(), label), l -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    static List<Problem> of(MeshModel model) {
        return new SharedWorkloads(model).find();
    }

    private List<Problem> find() {
        Set<Pair> pairs = new TreeSet<>(ORDER);
        for (int i = 0; i < apis.size(); i++) {
            Set<Map.Entry<String, String>> labels =
                    apis.get(i).service().labels().entrySet();
            for (int j : candidates(apis.get(i))) {
                if (i != j
                        && (restricted(i) || restricted(j) || !keptOut.get(i).equals(keptOut.get(j)))
                        && apis.get(j).service().labels().entrySet().containsAll(labels)) {
                    pairs.add(new Pair(Math.min(i, j), Math.max(i, j)));
                }
            }
        }
        return pairs.stream()
                .map(pair -> problem(apis.get(pair.earlier()), apis.get(pair.later())))
                .toList();
    }

    /** Among them is every API of the namespace that has all labels of this one. */
    private Collection<Integer> candidates(ApiModel api) {
        return api.service().labels().entrySet().stream()
                .map(label -> byLabel.getOrDefault(new Label(api.namespace(), label), List.of()))
                .min(Comparator.comparingInt(List::size))
                .orElseGet(() -> byNamespace.getOrDefault(api.namespace(), List.of()));
    }

    private boolean restricted(int api) {
        return AccessPlan.isNeeded(apis.get(api));
    }

    private static Problem problem(ApiModel one, ApiModel other) {
        return new Problem(
                "istio.shared-workload",
                other.id(),
                "has the workloads " + other.service().labels() + ", which are also those of " + one.id()
                        + one.origin().after(" at ")
                        + "; in a mesh the access rules and boundaries of both would hold for both",
                "give each of them workloads of its own, or expose them as one API",
                other.origin());
    }
}
