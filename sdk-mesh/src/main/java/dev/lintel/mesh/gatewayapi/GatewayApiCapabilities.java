package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Gateway API with an extension does with each feature: the data behind plans, refusals and the table of worlds. */
final class GatewayApiCapabilities {
    private static final String ROUTE = "HTTPRoute";
    private static final String CALLS = "BackendTrafficPolicy";

    private final GatewayApiDialect dialect;
    private final Map<Feature, Capability> known = new EnumMap<>(Feature.class);

    private GatewayApiCapabilities(GatewayApiDialect dialect) {
        this.dialect = dialect;
    }

    static List<Capability> of(GatewayApiDialect dialect) {
        GatewayApiCapabilities all = new GatewayApiCapabilities(dialect);
        all.standard();
        all.refusals();
        switch (dialect.extension()) {
            case ISTIO -> all.istio();
            case ENVOY_GATEWAY -> all.envoy();
            default -> {}
        }
        List<Capability> list = new ArrayList<>();
        Arrays.stream(Feature.values()).forEach(feature -> list.add(all.get(feature)));
        return list;
    }

    private Capability get(Feature feature) {
        Capability capability = known.get(feature);
        if (capability == null) {
            throw new IllegalStateException("nothing is known of " + feature + " in " + dialect.name());
        }
        return capability;
    }

    private void standard() {
        enforced("a listener for the namespace, and an HTTPRoute", Feature.HOST);
        enforced("an HTTPRoute for each API, with its paths and no others", Feature.PATHS);
        enforced("they pass", Feature.PATH_PARAMETERS);
        noted("the selector of the Service", Feature.WORKLOADS);
        enforced(
                ROUTE + (dialect.supports(Features.METHOD) ? "" : ", by paths and headers")
                        + "; templates in paths only with Envoy Gateway",
                Feature.ROUTE);
        enforced("Services; a version that is told by labels only is refused", Feature.VERSION);
        boolean governs = dialect.extension() == Extension.ISTIO;
        put(governs ? Support.ENFORCED : Support.NOTED, ROUTE, Feature.SPLIT, Feature.CHOICE_REQUEST);
        enforced(
                ROUTE + (dialect.supports(Features.RESPONSE_HEADERS) ? "" : ", those of requests"),
                Feature.SET_HEADER,
                Feature.ADD_HEADER,
                Feature.REMOVE_HEADER);
        if (dialect.supports(Features.GRPC)) {
            noted("GRPCRoute, by service and method", Feature.GRPC);
        } else {
            refused("use an implementation that supports " + Features.GRPC, Feature.GRPC);
        }
        ifSupported(Features.REWRITE, Support.ENFORCED, Feature.REWRITE);
        ifSupported(Features.TIMEOUT, governs ? Support.ENFORCED : Support.NOTED, Feature.TIMEOUT);
        ifSupported(Features.MIRROR, Support.NOTED, Feature.MIRROR);
        ifSupported(Features.MIRROR_PERCENT, Support.NOTED, Feature.MIRROR_SHARE);
        ifSupported(Features.REDIRECT_PATH, Support.NOTED, Feature.REDIRECT);
        ifSupported(Features.redirectStatus(308), Support.NOTED, Feature.REDIRECT_STATUS);
    }

    private void ifSupported(String name, Support support, Feature feature) {
        if (dialect.supports(name)) {
            put(support, ROUTE + ", feature " + name, feature);
            since(Features.since(name), feature);
        } else {
            GatewayApiVersion since = Features.since(name);
            refused(
                    "use " + (since == null ? "" : "Gateway API " + since + " with ")
                            + "an implementation that supports " + name + ", and say so: supportedFeatures(…)",
                    feature);
        }
    }

    private void refusals() {
        String extension = "name an extension: Istio or Envoy Gateway";
        refused(extension, Feature.TOKEN, Feature.SCOPES, Feature.CLAIMS, Feature.PUBLIC_PATHS, Feature.STICKY_COOKIE);
        refused(extension, Feature.BREAKER, Feature.LOAD_BALANCING);
        refused("use Envoy Gateway, or let the service answer", Feature.RESPOND);
        refused("use Envoy Gateway, or Istio's own dialect", Feature.FAULT);
        refused("use Envoy Gateway, or give the workloads a readinessProbe", Feature.HEALTH_CHECK);
        retries();
        refused("keep callers by a cookie", Feature.STICKY_HEADER, Feature.STICKY_CLAIM);
        refused("choose by a header or a cookie", Feature.CHOICE_TOKEN, Feature.CHOICE_WORKLOAD);
        refused(
                "use Istio's own dialect, or name Istio as the extension",
                Feature.CALLERS,
                Feature.ISOLATION,
                Feature.EGRESS,
                Feature.EGRESS_GATEWAY);
        refused(extension, Feature.EXT_AUTHZ, Feature.AUTHORIZERS);
        refused(
                "put AuthorizerBridge in front of OPA, or use its Envoy plugin, and say extAuthz(\"grpc://…\")",
                Feature.OPA);
        refused("expose the API by an embedded gateway", Feature.LOGIN);
        refused("expose the API by an embedded gateway", Feature.RATE_LIMIT);
        String far = "name an extension, Istio or Envoy Gateway: the standard knows services of the cluster only";
        refused(far, Feature.EXTERNAL, Feature.CLOUD_FOUNDRY, Feature.KNATIVE);
        refused(far, Feature.REMOTE_CLUSTER);
        refused("expose the API by an embedded gateway", Feature.CREDENTIALS);
    }

    private void retries() {
        boolean standard = dialect.extension() == Extension.NONE
                && dialect.supports(Features.RETRY)
                && dialect.supports(Features.RETRY_CONNECTION);
        if (standard) {
            noted(ROUTE + ", features " + Features.RETRY + " and " + Features.RETRY_CONNECTION, Feature.RETRY);
        } else if (dialect.extension() == Extension.ISTIO) {
            refused("use Istio's own dialect: an HTTPRoute tells neither methods nor failures apart", Feature.RETRY);
        } else {
            refused(
                    "use Envoy Gateway or Istio's own dialect, or an implementation that supports " + Features.RETRY
                            + " and " + Features.RETRY_CONNECTION,
                    Feature.RETRY);
        }
    }

    /** What a mesh keeps at the workload or inside is the business of its own dialect. */
    private void istio() {
        noted("they pass", Feature.PATH_PARAMETERS);
        List<Feature> own = List.of(
                Feature.WORKLOADS,
                Feature.TOKEN,
                Feature.SCOPES,
                Feature.CLAIMS,
                Feature.PUBLIC_PATHS,
                Feature.CALLERS,
                Feature.ISOLATION,
                Feature.EGRESS,
                Feature.EXT_AUTHZ,
                Feature.EXTERNAL,
                Feature.CLOUD_FOUNDRY,
                Feature.KNATIVE,
                Feature.REMOTE_CLUSTER,
                Feature.EGRESS_GATEWAY,
                Feature.BREAKER,
                Feature.LOAD_BALANCING);
        dialect.mesh().capabilities().stream()
                .filter(capability -> own.contains(capability.feature()))
                .forEach(capability -> known.put(capability.feature(), capability));
        noted("AuthorizationPolicy CUSTOM for each, with Istio 1.30", Feature.AUTHORIZERS);
        noted(ROUTE + " with an expression for the cookie", Feature.STICKY_COOKIE);
    }

    private void envoy() {
        noted("they pass", Feature.PATH_PARAMETERS);
        noted("SecurityPolicy at each rule of the HTTPRoute", Feature.TOKEN, Feature.SCOPES, Feature.CLAIMS);
        noted("SecurityPolicy", Feature.PUBLIC_PATHS);
        noted(CALLS + ", for what comes through the gateway", Feature.BREAKER, Feature.LOAD_BALANCING);
        noted(CALLS + ", for what comes through the gateway", Feature.FAULT, Feature.HEALTH_CHECK);
        noted("HTTPRouteFilter", Feature.RESPOND);
        noted(
                "SecurityPolicy with extAuth; a service of the cluster, by gRPC; time-outs from Gateway API 1.4",
                Feature.EXT_AUTHZ,
                Feature.AUTHORIZERS);
        refused("expose the API by an embedded gateway: each proxy here would count by itself", Feature.RATE_LIMIT);
        noted(CALLS + ", for what comes through the gateway, where all methods may be sent twice", Feature.RETRY);
        String far = "Backend, BackendTLSPolicy and Host; access in front of it by SecurityPolicy";
        noted(far, Feature.EXTERNAL, Feature.CLOUD_FOUNDRY, Feature.KNATIVE, Feature.REMOTE_CLUSTER);
        noted(ROUTE + " with an expression for the cookie", Feature.STICKY_COOKIE);
    }

    private void enforced(String how, Feature... features) {
        put(Support.ENFORCED, how, features);
    }

    private void noted(String how, Feature... features) {
        put(Support.NOTED, how, features);
    }

    private void refused(String alternative, Feature... features) {
        for (Feature feature : features) {
            known.put(feature, new Capability(feature, Support.REFUSED, Strength.NONE, alternative, ""));
        }
    }

    private void put(Support support, String how, Feature... features) {
        for (Feature feature : features) {
            known.put(feature, new Capability(feature, support, Strength.PROXY, how, ""));
        }
    }

    private void since(@Nullable GatewayApiVersion release, Feature feature) {
        if (release != null) {
            known.computeIfPresent(
                    feature,
                    (key, one) ->
                            new Capability(feature, one.support(), one.strength(), one.how(), release.toString()));
        }
    }
}
