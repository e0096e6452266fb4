package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.IsolationRule;
import java.util.ArrayList;
import java.util.List;

/** Who may call, and who is asked besides the model: nothing of it is written yet, each with what can be done. */
final class CallerRefusals {
    private static final String ELSEWHERE = "leave it out for this world, or expose the API by an embedded gateway";

    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    CallerRefusals(ApiModel api) {
        this.api = api;
    }

    static Problem isolation(IsolationRule rule) {
        return new Problem(
                "istio.isolation",
                rule.id(),
                "this dialect does not write boundaries of namespaces",
                "leave it to the embedded gateway, or to a NetworkPolicy of your own",
                rule.origin());
    }

    List<Problem> find() {
        if (!api.service().callers().isEmpty()) {
            refuse(
                    "callers",
                    "does not write who may call, as '"
                            + api.service().callers().get(0).endpoint() + "' says",
                    "ask for tokens, which this dialect writes, or expose the API by an embedded gateway",
                    api.service().callers().get(0).origin());
        }
        if (api.entry().authorizer() != null) {
            refuse(
                    "authorizer",
                    "does not write external authorizers, as "
                            + api.entry().authorizer().describe() + " is",
                    ELSEWHERE,
                    api.entry().authorizer().origin());
        }
        if (api.entry().login() != null) {
            refuse(
                    "login",
                    "does not write logins, as at " + api.entry().login().issuer(),
                    "put a proxy that logs people in in front of the mesh, or expose the API by an embedded gateway",
                    api.entry().login().origin());
        }
        return found;
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("istio." + code, api.id(), "this dialect " + what, hint, origin));
    }
}
