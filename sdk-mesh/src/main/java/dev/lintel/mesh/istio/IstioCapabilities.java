package dev.lintel.mesh.istio;

import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a mesh does with each feature: the data behind plans and the table of worlds. */
final class IstioCapabilities {
    private static final String ROUTES = "VirtualService";
    private static final String CALLS = "DestinationRule";

    private final Map<Feature, Capability> known = new EnumMap<>(Feature.class);

    private IstioCapabilities() {}

    static List<Capability> of(IstioDialect dialect) {
        IstioCapabilities all = new IstioCapabilities();
        all.entry();
        all.callers(dialect);
        all.calls();
        all.leaving();
        all.refusals();
        if (dialect.dataPlane() == DataPlane.AMBIENT) {
            all.ambient();
        }
        List<Capability> list = new ArrayList<>();
        Arrays.stream(Feature.values()).forEach(feature -> list.add(all.get(feature, dialect)));
        return list;
    }

    private Capability get(Feature feature, IstioDialect dialect) {
        Capability capability = known.get(feature);
        if (capability == null) {
            throw new IllegalStateException("nothing is known of " + feature + " in Istio " + dialect.version());
        }
        return capability;
    }

    private void entry() {
        enforced("VirtualService and Gateway, bound to the namespace", Feature.HOST);
        enforced("one VirtualService for the host, the most specific paths first", Feature.PATHS);
        noted("answered 400 by the gateway unless allowed, where access is asked", Feature.PATH_PARAMETERS);
        noted("AuthorizationPolicy at the workload, keyed on the gateway, with STRICT mutual TLS", Feature.TOKEN);
        noted("AuthorizationPolicy", Feature.SCOPES, Feature.CLAIMS, Feature.PUBLIC_PATHS);
        enforced("the workload's labels", Feature.WORKLOADS);
        noted("as HTTP/2, if the port of the Service says so", Feature.GRPC);
        enforced(ROUTES, Feature.ROUTE, Feature.REWRITE, Feature.SET_HEADER, Feature.ADD_HEADER, Feature.REMOVE_HEADER);
        noted(ROUTES + ", where access is public", Feature.REDIRECT, Feature.REDIRECT_STATUS, Feature.RESPOND);
    }

    private void callers(IstioDialect dialect) {
        if (dialect.version().isAtLeast(AuthorizerWriter.SEVERAL)) {
            String how = "AuthorizationPolicy CUSTOM for each, with PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS";
            String since = AuthorizerWriter.SEVERAL.toString();
            known.put(
                    Feature.AUTHORIZERS,
                    new Capability(Feature.AUTHORIZERS, Support.NOTED, Strength.PROXY, how, since));
        } else {
            refused("ask the same one, or use Istio " + AuthorizerWriter.SEVERAL, Feature.AUTHORIZERS);
        }
        noted("AuthorizationPolicy at the workload, with STRICT mutual TLS", Feature.CALLERS);
        noted(
                "AuthorizationPolicy CUSTOM at the gateway, by a provider of the mesh's configuration",
                Feature.EXT_AUTHZ);
        noted("AuthorizationPolicy DENY and NetworkPolicy; out of it towards exposed services only", Feature.ISOLATION);
    }

    /** Routes for calls and versions are not kept by waypoints, and a boundary is lost behind one. */
    private void ambient() {
        refused("an API for each version, or sidecars", Feature.VERSION, Feature.ROUTE, Feature.SPLIT);
        refused("sidecars", Feature.STICKY_COOKIE, Feature.CHOICE_REQUEST);
        refused("sidecars", Feature.MIRROR, Feature.MIRROR_SHARE, Feature.FAULT);
        refused("sidecars", Feature.RETRY, Feature.TIMEOUT);
        refused("sidecars, or a NetworkPolicy", Feature.ISOLATION, Feature.EGRESS, Feature.EGRESS_GATEWAY);
        refused("sidecars", Feature.EXTERNAL, Feature.CLOUD_FOUNDRY, Feature.KNATIVE, Feature.REMOTE_CLUSTER);
    }

    private void calls() {
        noted("subsets of a DestinationRule, or services", Feature.VERSION);
        enforced(ROUTES, Feature.SPLIT, Feature.TIMEOUT, Feature.CHOICE_REQUEST);
        noted(ROUTES, Feature.STICKY_COOKIE, Feature.MIRROR, Feature.MIRROR_SHARE, Feature.FAULT, Feature.RETRY);
        noted(CALLS, Feature.BREAKER);
        enforced(CALLS, Feature.LOAD_BALANCING);
    }

    private void leaving() {
        noted(
                "ServiceEntry, DestinationRule with SNI and names, and Host; access and certificates at the gateway",
                Feature.EXTERNAL);
        noted("as an external service; headers of route services go on as they come", Feature.CLOUD_FOUNDRY);
        noted("as an external service, through an address that is said", Feature.KNATIVE, Feature.REMOTE_CLUSTER);
        noted("ServiceEntry and Sidecar with REGISTRY_ONLY, by SNI and Host", Feature.EGRESS);
        String gateway =
                "egress gateway by mutual TLS, AuthorizationPolicy there, NetworkPolicy where nothing leaves directly";
        put(Support.NOTED, Strength.HARD, gateway, Feature.EGRESS_GATEWAY);
    }

    private void refusals() {
        refused("ask by ext_authz: AuthorizerBridge, or OPA's Envoy plugin", Feature.OPA);
        refused("a proxy that logs people in in front of the mesh, or an embedded gateway", Feature.LOGIN);
        refused("keep callers by a cookie", Feature.STICKY_HEADER, Feature.STICKY_CLAIM);
        refused("choose by a header or a cookie", Feature.CHOICE_TOKEN, Feature.CHOICE_WORKLOAD);
        refused("a readinessProbe", Feature.HEALTH_CHECK);
        refused("the embedded gateway", Feature.RATE_LIMIT);
        refused("the embedded gateway", Feature.CREDENTIALS);
    }

    private void enforced(String how, Feature... features) {
        put(Support.ENFORCED, Strength.PROXY, how, features);
    }

    private void noted(String how, Feature... features) {
        put(Support.NOTED, Strength.PROXY, how, features);
    }

    private void refused(String alternative, Feature... features) {
        put(Support.REFUSED, Strength.NONE, alternative, features);
    }

    private void put(Support support, Strength strength, String how, Feature... features) {
        for (Feature feature : features) {
            known.put(feature, new Capability(feature, support, strength, how, ""));
        }
    }
}
