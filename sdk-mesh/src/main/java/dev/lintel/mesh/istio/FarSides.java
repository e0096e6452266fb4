package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Names;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes where a service elsewhere is: an entry under the service's own name, so that calls from inside find it too, TLS to
 * the far side with its name in SNI and in the certificate, and its name as {@code Host}. The three go together: without
 * the SNI a far side picks the wrong certificate, without names anybody's certificate will do.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings">Istio,
 *     ClientTLSSettings</a>
 */
final class FarSides {
    static final String PORT = "http";
    static final String AUTHORIZATION = "authorization";
    /** What the machine of the proxy trusts. */
    static final String SYSTEM = "system";

    private FarSides() {}

    /** The entry of an API whose service is elsewhere, at an address. */
    static Manifest entry(IstioDialect dialect, ApiModel api, Elsewhere elsewhere) {
        URI address = Objects.requireNonNull(elsewhere.address());
        Map<String, Object> spec = map(
                "hosts",
                List.of(Meta.host(api.service().name(), api.namespace())),
                "exportTo",
                List.of(FarAccess.isClosed(api) ? dialect.ingress().namespace() : "*"),
                "location",
                "MESH_EXTERNAL",
                "resolution",
                Names.isNumeric(address.getHost()) ? "STATIC" : "DNS",
                "ports",
                List.of(map("number", api.service().port(), "name", PORT, "protocol", "HTTP")),
                "endpoints",
                List.of(map("address", address.getHost(), "ports", map(PORT, address.getPort()))));
        return Meta.object(Meta.NETWORKING, Meta.SERVICE_ENTRY, api, api.name(), Map.of(), spec);
    }

    /** What calls from inside need, and what nobody does here on the way. */
    static List<Problem> prerequisites(MeshModel model) {
        return model.apis().stream()
                .filter(api -> api.service().traffic().elsewhere() != null && !FarAccess.isClosed(api))
                .map(api -> new Problem(
                        "istio.elsewhere-name",
                        api.id(),
                        "calls from inside find the service as '"
                                + Meta.host(api.service().name(), api.namespace())
                                + "' only where sidecars answer DNS, because there is no Kubernetes service of that name",
                        "set in the mesh configuration:\n"
                                + "        meshConfig:\n"
                                + "          defaultConfig:\n"
                                + "            proxyMetadata:\n"
                                + "              ISTIO_META_DNS_CAPTURE: \"true\"",
                        api.origin()))
                .toList();
    }

    /** Where a mesh treats a service elsewhere otherwise than the embedded gateway does. */
    static List<Deviation> deviations(MeshModel model) {
        return FarDeviations.HEADERS.about(model, api -> api.service().traffic().elsewhere() != null);
    }

    /** What is said about calls, and how the far side is connected to. */
    static Map<String, Object> policy(
            IstioDialect dialect, ApiModel api, Map<String, Object> calls, Elsewhere elsewhere) {
        Map<String, Object> policy = new LinkedHashMap<>(calls);
        if (elsewhere.connectTimeout() != null) {
            Map<String, Object> pool = part(calls, "connectionPool");
            Map<String, Object> tcp = part(pool, "tcp");
            tcp.put("connectTimeout", Retries.seconds(elsewhere.connectTimeout()));
            pool.put("tcp", tcp);
            policy.put("connectionPool", pool);
        }
        policy.put("tls", tls(dialect, api, elsewhere));
        return policy;
    }

    private static Map<String, Object> tls(IstioDialect dialect, ApiModel api, Elsewhere elsewhere) {
        Elsewhere.Tls tls = elsewhere.tls();
        if (tls == null) {
            return map("mode", "DISABLE");
        }
        boolean secrets = FarSecrets.areAsked(elsewhere);
        return map(
                "mode",
                tls.certificate() == null ? "SIMPLE" : "MUTUAL",
                "credentialName",
                secrets ? FarSecrets.name(dialect, api, tls) : null,
                "caCertificates",
                secrets ? null : SYSTEM,
                "subjectAltNames",
                tls.subjectAltNames(),
                "sni",
                tls.sni());
    }

    /** A part of a tree, as a copy that may be changed. */
    static Map<String, Object> part(Map<String, Object> tree, String name) {
        Map<String, Object> part = new LinkedHashMap<>();
        if (tree.get(name) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> part.put(String.valueOf(key), value));
        }
        return part;
    }
}
