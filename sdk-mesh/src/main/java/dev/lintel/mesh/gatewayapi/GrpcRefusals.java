package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.TimeoutRule;
import java.util.ArrayList;
import java.util.List;

/** What an API that speaks gRPC says, and a GRPCRoute cannot. */
final class GrpcRefusals {
    private static final String OTHERS = ", or use Istio's own dialect";

    private final GatewayApiDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    GrpcRefusals(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /** Nothing for an API that does not speak gRPC. */
    List<Problem> find() {
        GrpcRule grpc = api.service().grpc();
        if (grpc == null) {
            return found;
        }
        api.entry().routes().forEach(this::route);
        if (dialect.extension() == Extension.ENVOY_GATEWAY) {
            for (AccessRule rule : api.entry().access().rules()) {
                endpoint(rule.endpoint(), rule.origin());
            }
        }
        for (Rewrite rewrite : api.entry().rewrites()) {
            refuse(
                    "grpc-rewrite",
                    "rewrites '" + rewrite.from() + "', but a GRPCRoute rewrites nothing",
                    "let the service have the names that callers use" + OTHERS,
                    rewrite.origin());
        }
        TimeoutRule timeout = api.service().timeout();
        if (timeout != null) {
            refuse(
                    "grpc-timeout",
                    "limits calls to " + Durations.write(timeout.total()) + ", but a GRPCRoute has no time-outs",
                    "let callers set a deadline, which gRPC sends along" + OTHERS,
                    timeout.origin());
        }
        return found;
    }

    private void route(Route route) {
        endpoint(route.match().endpoint(), route.origin());
        if (!route.match().query().isEmpty()) {
            refuse(
                    "grpc-query",
                    "tells '" + route.match() + "' apart by its query, but gRPC has none",
                    "ask for a header",
                    route.origin());
        }
        if (route.answer() != null) {
            refuse(
                    "grpc-answer",
                    "answers '" + route.match() + "' in place of the service, but a GRPCRoute answers nothing",
                    "let the service answer" + OTHERS,
                    route.origin());
        }
    }

    private void endpoint(Endpoint endpoint, Origin origin) {
        if (!endpoint.allows(Grpc.POST)) {
            refuse(
                    "grpc-method",
                    "speaks of '" + endpoint + "', but every call of gRPC is a POST",
                    "say it for POST, or without a method",
                    origin);
        }
        if (!Grpc.isSayable(endpoint.path())) {
            refuse(
                    "grpc-path",
                    "speaks of '" + endpoint.path() + "', but a GRPCRoute knows services and methods only",
                    "say /package.Service/Method or /package.Service/**" + OTHERS,
                    origin);
        }
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("gateway-api." + code, api.id(), what, hint, origin));
    }
}
