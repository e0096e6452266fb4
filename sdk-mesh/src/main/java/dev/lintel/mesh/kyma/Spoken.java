package dev.lintel.mesh.kyma;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

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

    static ApiModel read(ApiModel api, Collection<Manifest> manifests) {
        boolean grpc = manifests.stream()
                .anyMatch(manifest -> manifest.kind().equals(ApiRule.KIND)
                        && manifest.namespace().equals(api.namespace())
                        && manifest.name().equals(api.name())
                        && manifest.says(Manifest.GRPC, api.name()));
        return grpc
                ? new ApiModel(
                        api.name(),
                        api.namespace(),
                        api.entry(),
                        api.service().grpc(new GrpcRule(Origin.unknown())),
                        api.guards(),
                        api.origin())
                : api;
    }
}
