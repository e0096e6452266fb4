package dev.lintel.mesh.property;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.util.List;

/** Models without what says how often and how long is tried, which nobody refuses or leads elsewhere. */
final class Calm {
    private Calm() {}

    static MeshModel of(MeshModel model) {
        return new MeshModel(model.apis().stream().map(Calm::of).toList(), model.egress(), model.isolations());
    }

    private static ApiModel of(ApiModel api) {
        Service service = api.service();
        Traffic traffic = service.traffic();
        Service calm = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                null,
                null,
                new Traffic(traffic.choices(), List.of(), null, null, null, null, traffic.elsewhere()),
                service.callers(),
                service.grpc());
        return new ApiModel(api.name(), api.namespace(), api.entry(), calm, api.guards(), api.origin());
    }
}
