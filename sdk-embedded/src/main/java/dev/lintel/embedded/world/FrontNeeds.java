package dev.lintel.embedded.world;

import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an API that the gateway serves itself needs of the services that it calls. */
final class FrontNeeds {
    private FrontNeeds() {}

    static List<Problem> missing(ApiModel api, MeshModel desired, Bindings bindings) {
        List<Problem> problems = new ArrayList<>();
        FrontRule front = api.front();
        if (front == null) {
            return problems;
        }
        for (ServiceRef service : front.services()) {
            String name = service.name() + "." + api.namespace();
            Optional<ApiModel> known = desired.api(name);
            if (known.filter(called -> called.service().traffic().elsewhere() != null || called.front() != null)
                    .isPresent()) {
                problems.add(new Problem(
                        "front.elsewhere",
                        api.id() + " " + front.kind(),
                        "calls '" + name + "', which is elsewhere or served by the gateway itself",
                        "call a service that is bound: gateway.workload(\"" + name
                                + "\", uri) without such a definition",
                        front.origin()));
            } else if (known.isEmpty() && bindings.all(name) == null) {
                List<String> bound = bindings.services();
                problems.add(new Problem(
                        "workload.unbound",
                        api.id(),
                        "calls '" + name + "', which is bound to no workload; bound services are: "
                                + (bound.isEmpty() ? "none" : String.join(", ", bound)),
                        "bind it first: gateway.workload(\"" + name + "\", uri)",
                        front.origin()));
            }
        }
        return problems;
    }

    /** What is said about calls of the service, and does not hold for calls that the gateway makes itself. */
    static List<Problem> skipped(ApiModel api, MeshModel desired) {
        List<Problem> warnings = new ArrayList<>();
        FrontRule front = api.front();
        if (front == null) {
            return warnings;
        }
        for (ServiceRef service : front.services()) {
            desired.api(service.name() + "." + api.namespace()).ifPresent(called -> {
                List<String> words = skipped(called.service());
                if (!words.isEmpty()) {
                    warnings.add(new Problem(
                            "front.skipped",
                            api.id() + " " + front.kind(),
                            "calls '" + called.id() + "' without its " + String.join(", ", words),
                            "a query has a time and a number of calls of its own",
                            front.origin()));
                }
            });
        }
        return warnings;
    }

    private static List<String> skipped(Service service) {
        List<String> words = new ArrayList<>();
        if (service.retry() != null) {
            words.add("retries");
        }
        if (service.timeout() != null) {
            words.add("timeout");
        }
        if (!service.traffic().mirrors().isEmpty()) {
            words.add("mirrors");
        }
        if (service.traffic().fault() != null) {
            words.add("delays on purpose");
        }
        return words;
    }
}
