package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Makes models of which no API has a path of another one at the same host, whatever becomes of its paths. */
final class OwnPaths {
    private OwnPaths() {}

    /**
     * Another model of the same APIs; one that is left without any of its paths is left out.
     *
     * @param path what a path becomes
     * @param adapted what an API becomes, with the paths that are left
     */
    static MeshModel of(
            MeshModel model,
            UnaryOperator<PathPattern> path,
            BiFunction<ApiModel, List<PathPattern>, ApiModel> adapted) {
        List<ApiModel> apis = new ArrayList<>();
        List<PathPattern> claimed = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            List<PathPattern> paths = new ArrayList<>();
            for (PathPattern each : api.entry().paths()) {
                PathPattern own = path.apply(each);
                boolean isNew = claimed.stream().noneMatch(own::sameAs)
                        && paths.stream().noneMatch(other -> other.covers(own) || own.covers(other));
                if (isNew) {
                    claimed.add(own);
                    paths.add(own);
                }
            }
            if (!paths.isEmpty() || api.entry().paths().isEmpty()) {
                apis.add(adapted.apply(api, paths));
            }
        }
        return new MeshModel(apis);
    }
}
