package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Names;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes where a service elsewhere is. With Istio its own dialect's entry says it, and a route names that entry's host. With
 * Envoy Gateway a Backend says it, and a BackendTLSPolicy how its certificate is checked.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/tasks/traffic/backend/">Envoy Gateway, Backend Routing</a>
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/api-types/policy/">Gateway API, BackendTLSPolicy</a>
 */
final class FarBackends {
    static final String AUTHORIZATION = "authorization";

    private final GatewayApiDialect dialect;
    private final ApiModel api;
    private final @Nullable Elsewhere elsewhere;

    FarBackends(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
        this.elsewhere = api.service().traffic().elsewhere();
    }

    /** What a rule names as its backend. */
    Map<String, Object> reference(String service, @Nullable Integer weight) {
        int port = api.service().port();
        if (elsewhere == null) {
            return map("kind", "Service", "name", service, "port", port, "weight", weight);
        }
        return dialect.extension() == Extension.ENVOY_GATEWAY
                ? map("group", Meta.ENVOY_GROUP, "kind", Meta.BACKEND, "name", service, "weight", weight)
                : map(
                        "group",
                        Meta.ISTIO_GROUP,
                        "kind",
                        Meta.HOSTNAME,
                        "name",
                        service + "." + api.namespace() + ".svc.cluster.local",
                        "port",
                        port,
                        "weight",
                        weight);
    }

    /** The filter that says path and name anew; null if neither changes. */
    @Nullable
    Map<String, Object> rewrite(@Nullable Map<String, Object> path) {
        if (path == null && elsewhere == null) {
            return null;
        }
        String hostname = elsewhere == null ? null : elsewhere.authority();
        return map("type", "URLRewrite", "urlRewrite", map("hostname", hostname, "path", path));
    }

    /** A token that was judged at the gateway stays there: whoever gets it could call here with it. */
    HeaderChanges headers() {
        HeaderChanges said = api.entry().headers();
        List<String> removed = new ArrayList<>(said.more().removeFromRequest());
        boolean judged = elsewhere != null
                && dialect.extension() == Extension.ENVOY_GATEWAY
                && !api.entry().access().issuers().isEmpty()
                && !said.request().containsKey(AUTHORIZATION);
        if (!judged || removed.contains(AUTHORIZATION)) {
            return said;
        }
        removed.add(AUTHORIZATION);
        MoreHeaders more = said.more();
        return new HeaderChanges(
                said.request(),
                said.response(),
                new MoreHeaders(more.addToRequest(), more.addToResponse(), removed, more.removeFromResponse()));
    }

    /** The objects beside the routes. */
    List<Manifest> manifests() {
        if (elsewhere == null || elsewhere.address() == null || dialect.extension() != Extension.ENVOY_GATEWAY) {
            return List.of();
        }
        List<Manifest> manifests = new ArrayList<>();
        String name = api.service().name();
        URI address = elsewhere.address();
        String host = address.getHost().replaceAll("[\\[\\]]", "");
        Map<String, Object> endpoint = isNumeric(address.getHost())
                ? map("ip", map("address", host, "port", address.getPort()))
                : map("fqdn", map("hostname", host, "port", address.getPort()));
        manifests.add(Meta.object(Meta.ENVOY, Meta.BACKEND, api, name, Map.of(), map("endpoints", List.of(endpoint))));
        if (elsewhere.tls() != null) {
            boolean standard = dialect.version().isAtLeast(GatewayApiVersion.V1_4);
            manifests.add(Meta.object(
                    standard ? Meta.V1 : Meta.V1ALPHA3,
                    Meta.TLS_POLICY,
                    api,
                    name,
                    Map.of(),
                    map(
                            "targetRefs",
                            List.of(map("group", Meta.ENVOY_GROUP, "kind", Meta.BACKEND, "name", name)),
                            "validation",
                            validation(Objects.requireNonNull(elsewhere.tls())))));
        }
        return manifests;
    }

    /** Whether an address is one of numbers. */
    static boolean isNumeric(String host) {
        return host.startsWith("[") || Names.isNumeric(host);
    }

    /** The server name counts as a name of the certificate where no others are said, and with Envoy Gateway beside them. */
    private static Map<String, Object> validation(Elsewhere.Tls tls) {
        List<Object> names = new ArrayList<>();
        if (!tls.subjectAltNames().equals(List.of(tls.sni()))) {
            tls.subjectAltNames().forEach(name -> names.add(map("type", "Hostname", "hostname", name)));
        }
        SecretRef ca = tls.ca();
        return map(
                "hostname",
                tls.sni(),
                "subjectAltNames",
                names,
                "wellKnownCACertificates",
                ca == null ? "System" : null,
                "caCertificateRefs",
                ca == null ? null : List.of(map("group", "", "kind", "ConfigMap", "name", ca.name())));
    }
}
