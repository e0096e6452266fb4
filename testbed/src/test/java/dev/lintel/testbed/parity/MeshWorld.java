package dev.lintel.testbed.parity;

import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Caller;
import dev.lintel.testbed.plane.Origin;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.Running;
import java.util.Map;
import java.util.Objects;

/** The mesh: through the ingress gateway, or from a workload through its sidecar. */
final class MeshWorld implements Asked, Exit.World {
    private final Plane plane;
    private final Map<String, Running> workloads;
    private final TokenSpec.Issuers issuers;
    private final Map<String, Origin> origins;

    /** Workloads by their names and namespaces, {@code app.namespace}; origins by their hosts. */
    MeshWorld(Plane plane, Map<String, Running> workloads, TokenSpec.Issuers issuers, Map<String, Origin> origins) {
        this.origins = origins;
        this.plane = plane;
        this.workloads = workloads;
        this.issuers = issuers;
    }

    @Override
    public String leaves(Exit exit) {
        String host = exit.to().getHost();
        Call plain = Call.get(host + ":" + exit.port(), host, "/");
        Origin origin = Objects.requireNonNull(origins.get(host), host);
        int status = Objects.requireNonNull(workloads.get(exit.from()), exit.from())
                .caller()
                .send(exit.isPlain() ? plain : plain.secure(host, origin.authority()))
                .status();
        return status == 200 ? Exit.OUT : status == 0 ? Exit.CUT : String.valueOf(status);
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
