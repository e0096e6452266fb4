package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What cannot be said about a service that is elsewhere: there it has no versions, and no workloads of ours. */
final class Places {
    private final String id;
    private final Elsewhere elsewhere;
    private final List<Problem> problems = new ArrayList<>();

    Places(String id, Elsewhere elsewhere) {
        this.id = id;
        this.elsewhere = elsewhere;
    }

    /**
     * All problems.
     *
     * @param versions the lines that name versions
     * @param labels the line that names labels of workloads; null if none does
     * @param balance how workloads get calls; null if nothing is said
     * @param rewrites which paths the service sees in place of others
     */
    List<Problem> problems(
            Map<String, Origin> versions,
            @Nullable Origin labels,
            @Nullable BalanceRule balance,
            List<Rewrite> rewrites) {
        if (!versions.isEmpty()) {
            refuse(
                    "elsewhere.versions",
                    "names the versions " + String.join(", ", versions.keySet()) + ", but the service is elsewhere",
                    "there a service is one thing: expose each version as an API of its own",
                    versions.values().iterator().next());
        }
        if (labels != null) {
            refuse(
                    "elsewhere.workloads",
                    "says which labels the workloads carry, but the service is elsewhere",
                    "leave the labels out",
                    labels);
        }
        if (balance != null && elsewhere.address() != null) {
            refuse(
                    "elsewhere.balance",
                    "says which workload gets a call, but the service is at one address",
                    "leave load balancing to the far side",
                    balance.origin());
        }
        if (elsewhere.kind() == Elsewhere.Kind.CLOUD_FOUNDRY) {
            // The router takes back only the path that it sent on, and it sends on whatever a caller's headers say.
            rewrites.forEach(rewrite -> refuse(
                    "elsewhere.rewrite",
                    "rewrites " + rewrite.from() + " to " + rewrite.to()
                            + ", but the service is an application on Cloud Foundry",
                    "leave the rewrite out: a request goes back to the router with the path that it came with",
                    rewrite.origin()));
        }
        return problems;
    }

    private void refuse(String code, String message, String hint, Origin origin) {
        String place = message + elsewhere.origin().after(", said at ");
        problems.add(new Problem(code, id, place, hint, origin));
    }
}
