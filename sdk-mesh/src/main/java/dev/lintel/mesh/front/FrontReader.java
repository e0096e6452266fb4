package dev.lintel.mesh.front;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the objects that run fronts from all others, and what they serve. */
public final class FrontReader {
    private final List<Manifest> others = new ArrayList<>();
    private final Map<String, FrontRule> rules = new LinkedHashMap<>();

    /**
     * Reads objects.
     *
     * @param manifests of any kinds
     * @param problems what is not understood is added to
     * @param unread the code of such a problem
     */
    public FrontReader(Collection<Manifest> manifests, List<Problem> problems, String unread) {
        for (Manifest each : manifests) {
            if (!each.annotations().containsKey(Manifest.FRONT)) {
                others.add(each);
            } else if (each.kind().equals("ConfigMap")) {
                try {
                    FrontRule unusedRule = rules.put(
                            each.labels().get(Manifest.API) + "." + each.namespace(), FrontConfig.read(each));
                } catch (IllegalArgumentException e) {
                    problems.add(new Problem(
                            unread,
                            each.id(),
                            String.valueOf(e.getMessage()),
                            "leave it as it was written",
                            Origin.unknown()));
                }
            }
        }
    }

    /**
     * All that runs no front.
     *
     * @return in their order
     */
    public List<Manifest> others() {
        return List.copyOf(others);
    }

    /**
     * An API with what it serves itself.
     *
     * @param api as the other objects say it
     * @return the same, or with a front
     */
    public ApiModel in(ApiModel api) {
        @Nullable FrontRule rule = rules.get(api.id());
        return rule == null
                ? api
                : new ApiModel(
                        api.name(), api.namespace(), api.entry(), api.service(), api.guards(), api.origin(), rule);
    }
}
