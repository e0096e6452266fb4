package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.List;

/** What a mesh cannot say of callers, authorizers and logins, each with what can be done. */
final class CallerRefusals {
    private final IstioDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    CallerRefusals(IstioDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    List<Problem> find() {
        if (CallerPlan.asks(api)) {
            api.service().callers().forEach(this::caller);
            api.entry().routes().forEach(this::answer);
        }
        AuthorizerRule authorizer = api.entry().authorizer();
        Problem unasked = authorizer == null ? null : AuthorizerWriter.refused(api, authorizer);
        if (unasked != null) {
            found.add(unasked);
        }
        if (isWild(api)) {
            refuse(
                    "wildcard-host",
                    "is asked about at the gateway for " + api.entry().hosts()
                            + ", but a policy matches such hosts without a port only, so that a request that names one gets"
                            + " around it",
                    "say each host, as in atHost(\"a.shop.example.com\")",
                    authorizer == null ? api.origin() : authorizer.origin());
        }
        if (api.entry().login() != null) {
            refuse(
                    "login",
                    "a mesh logs nobody in, as is to be done at "
                            + api.entry().login().issuer(),
                    "put a proxy that logs people in in front of the mesh, or expose the API by an embedded gateway",
                    api.entry().login().origin());
        }
        return found;
    }

    /** Whether the gateway would be asked about hosts of which a policy cannot say that any port is meant. */
    static boolean isWild(ApiModel api) {
        return (api.entry().authorizer() != null || FarAccess.isAsked(api))
                && api.entry().hosts().stream().anyMatch(host -> host.indexOf('*') >= 0);
    }

    private void caller(CallerRule rule) {
        PathPattern path = rule.endpoint().path();
        if (Forms.hasTemplate(path) || path.toString().indexOf('%') >= 0) {
            refuse(
                    "caller-path",
                    "calls from inside get around '" + path + "': a mesh takes '*' for no segment of a template, and an"
                            + " escape in lower case for another one",
                    "say who may call at a path without braces and escapes",
                    rule.origin());
        }
        if (api.entry().pathParameters() && !path.equals(PathPattern.ANY)) {
            refuse(
                    "caller-parameters",
                    "a mesh compares paths with their parameters, so that '" + path + "' can be got around by ';'",
                    "do not allow path parameters, or say who may call everywhere",
                    rule.origin());
        }
        boolean gateway = rule.anyOf().stream()
                .anyMatch(peer -> peer.name() != null && dialect.principal(peer).equals(dialect.principal()));
        if (gateway && !rule.entering()) {
            refuse(
                    "gateway-caller",
                    "everybody who enters comes as '" + dialect.principal() + "', which '" + rule.endpoint()
                            + "' lists",
                    "leave the gateway out, or say orEntering()",
                    rule.origin());
        }
    }

    /** What the gateway answers itself reaches no workload, which is where callers are asked. */
    private void answer(Route route) {
        boolean asked = route.answer() != null
                && api.service().callers().stream()
                        .anyMatch(rule -> !rule.entering()
                                && (!api.entry().rewrites().isEmpty()
                                        || rule.endpoint()
                                                .path()
                                                .intersect(
                                                        route.match().endpoint().path())
                                                .isPresent()));
        if (asked) {
            refuse(
                    "answer-access",
                    "a mesh answers '" + route.match()
                            + "' at the gateway, but who may call is asked only at the workload, which such a request"
                            + " does not reach",
                    "let those who enter call there: orEntering(), or let the service answer",
                    route.origin());
        }
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("istio." + code, api.id(), what, hint, origin));
    }
}
