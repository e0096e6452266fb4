package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Names, labels and kinds of our objects, in one place. */
final class Meta {
    static final String GROUP = "gateway.networking.k8s.io";
    static final String V1 = GROUP + "/v1";
    static final String V1ALPHA3 = GROUP + "/v1alpha3";
    static final String GATEWAY = "Gateway";
    static final String HTTP_ROUTE = "HTTPRoute";
    static final String GRPC_ROUTE = "GRPCRoute";

    /** Gateways and HTTPRoutes have the same shape there as in {@code v1}. */
    static final String V1BETA1 = GROUP + "/v1beta1";

    static final String GRANTS = V1BETA1;
    static final String REFERENCE_GRANT = "ReferenceGrant";

    static final String ENVOY_GROUP = "gateway.envoyproxy.io";
    static final String ENVOY = ENVOY_GROUP + "/v1alpha1";
    static final String SECURITY_POLICY = "SecurityPolicy";
    static final String TRAFFIC_POLICY = "BackendTrafficPolicy";
    static final String ROUTE_FILTER = "HTTPRouteFilter";
    static final String BACKEND = "Backend";
    static final String TLS_POLICY = "BackendTLSPolicy";

    static final String ISTIO_GROUP = "networking.istio.io";
    static final String HOSTNAME = "Hostname";

    static final String ISTIO_NETWORKING = "networking.istio.io/v1";
    static final String VIRTUAL_SERVICE = "VirtualService";

    /** What versions are called whose service does not say it: {@code name=service}, by commas. */
    static final String VERSIONS = "lintel.dev/versions";
    /** The name of the service, where none of the routes tells it. */
    static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

    private static final int LONGEST = 63;

    private Meta() {}

    static Manifest object(
            String apiVersion,
            String kind,
            ApiModel api,
            String name,
            Map<String, String> annotations,
            Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return new Manifest(apiVersion, kind, api.namespace(), name(name), labels, annotations, spec);
    }

    /** The nth object of an API; the dot keeps it apart from the names of APIs. */
    static String name(ApiModel api, String what, int number) {
        String name = what.isEmpty() ? api.name() : api.name() + "." + what;
        return name(number == 1 ? name : name + (what.isEmpty() ? "." : "-") + number);
    }

    /** A name within its limit; what is cut ends with a hash of the whole. */
    static String name(String whole) {
        if (whole.length() <= LONGEST) {
            return whole;
        }
        CRC32 hash = new CRC32();
        hash.update(whole.getBytes(StandardCharsets.UTF_8));
        String cut = whole.substring(0, LONGEST - 9).replaceAll("[-.]+$", "");
        return cut + "-" + String.format(java.util.Locale.ROOT, "%08x", hash.getValue());
    }

    /** The names of versions whose service is called otherwise; without them a plan would call them otherwise. */
    static Map<String, String> versions(ApiModel api) {
        List<String> names = new ArrayList<>();
        for (Version version : api.service().versions()) {
            String service = version.service();
            if (service != null && !service.equals(version.name())) {
                names.add(version.name() + "=" + service);
            }
        }
        return names.isEmpty() ? Map.of() : Map.of(VERSIONS, String.join(",", names));
    }
}
