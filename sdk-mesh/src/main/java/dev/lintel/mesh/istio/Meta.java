package dev.lintel.mesh.istio;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Names, labels and hosts of our objects, in one place. */
final class Meta {
    static final String NETWORKING = "networking.istio.io/v1";
    static final String SECURITY = "security.istio.io/v1";
    static final String NETWORK = "networking.k8s.io/v1";

    static final String GATEWAY = "Gateway";
    static final String VIRTUAL_SERVICE = "VirtualService";
    static final String DESTINATION_RULE = "DestinationRule";
    static final String SERVICE_ENTRY = "ServiceEntry";
    static final String SIDECAR = "Sidecar";
    static final String REQUEST_AUTHENTICATION = "RequestAuthentication";
    static final String AUTHORIZATION_POLICY = "AuthorizationPolicy";
    static final String PEER_AUTHENTICATION = "PeerAuthentication";

    /** What versions are called whose subset or service does not say it: {@code name=subset-or-service}, by commas. */
    static final String VERSIONS = "lintel.dev/versions";

    static final String NETWORK_POLICY = "NetworkPolicy";

    /** Where the values are kept that the gateway has copies of: {@code key=namespace/name/key}, by commas. */
    static final String SECRETS = "lintel.dev/secrets";

    /** How the external authorizer is asked that a policy names. */
    static final String AUTHORIZER = "lintel.dev/authorizer";

    /** What keeps the boundary of a namespace; no API is called so, because of the dot. */
    static final String BOUNDARY = "lintel.boundary";

    private static final String CLUSTER = ".svc.cluster.local";

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
        return new Manifest(apiVersion, kind, api.namespace(), name, labels, annotations, spec);
    }

    /** Routes for requests from outside and from inside are objects of their own; no two APIs can share either name. */
    static String entryName(String api) {
        return ObjectNames.fitting(api, "-entry");
    }

    static String meshName(String api) {
        return ObjectNames.fitting(api, "-mesh");
    }

    static String splitName(String api) {
        return ObjectNames.fitting(api, "-split");
    }

    /** What is said about the service of a version; the dot keeps it apart from the names of APIs. */
    static String ruleName(String api, String service) {
        return ObjectNames.fitting(api + "." + service);
    }

    /** One gateway object for a namespace, named after it. */
    static String gateway(IstioDialect dialect, String namespace) {
        return dialect.ingress().namespace() + "/" + namespace;
    }

    static String host(String service, String namespace) {
        return service + "." + namespace + CLUSTER;
    }

    /** A subset's name is a DNS label; versions that differ in case only are refused before. */
    static String subset(Version version) {
        return version.name().toLowerCase(Locale.ROOT);
    }
}
