package dev.lintel.testbed.parity;

import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Caller;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.Running;
import java.util.Map;
import java.util.Objects;

/** The mesh: through the ingress gateway, or from a workload through its sidecar. */
final class MeshWorld implements Asked {
    private final Plane plane;
    private final Map<String, Running> workloads;
    private final TokenSpec.Issuers issuers;

    /** Workloads by their names and namespaces, {@code app.namespace}. */
    MeshWorld(Plane plane, Map<String, Running> workloads, TokenSpec.Issuers issuers) {
        this.plane = plane;
        this.workloads = workloads;
        this.issuers = issuers;
    }

    @Override
    public String answer(Ask ask) {
        String address = ask.isInside() ? ask.authority() + ":80" : plane.ingress() + ":80";
        Call call = ask.call(address, issuers);
        Caller caller = ask.isInside()
                ? Objects.requireNonNull(workloads.get(ask.from()), ask.from()).caller()
                : plane.outside();
        return Answers.of(ask, caller.send(call));
    }
}
