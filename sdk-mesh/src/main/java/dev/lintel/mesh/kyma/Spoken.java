package dev.lintel.mesh.kyma;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a service speaks, of which an APIRule has no field: an annotation keeps it. */
final class Spoken {
    private Spoken() {}

    static Manifest noted(ApiModel api, Manifest rule) {
        if (api.service().grpc() == null) {
            return rule;
        }
        Map<String, String> annotations = new LinkedHashMap<>(rule.annotations());
        annotations.put(Manifest.GRPC, api.name());
        return new Manifest(
                rule.apiVersion(), rule.kind(), rule.namespace(), rule.name(), rule.labels(), annotations, rule.spec());
    }

    /** The APIs that speak gRPC, each with its namespace. */
    static Set<String> speaking(Collection<Manifest> manifests) {
        Set<String> speaking = new HashSet<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals(ApiRule.KIND) && manifest.says(Manifest.GRPC, manifest.name())) {
                speaking.add(manifest.name() + "." + manifest.namespace());
            }
        }
        return speaking;
    }

    /** The same API, of which is known that it speaks gRPC. */
    static ApiModel grpc(ApiModel api) {
        return new ApiModel(
                api.name(),
                api.namespace(),
                api.entry(),
                api.service().grpc(new GrpcRule(Origin.unknown())),
                api.guards(),
                api.origin(),
                api.front());
    }
}
