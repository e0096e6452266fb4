package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the gateway: a listener for the hosts of each namespace, which routes of that namespace alone may use, so that no
 * other can take them.
 */
final class GatewayWriter {
    /** The most listeners of one gateway. */
    private static final int MOST_LISTENERS = 64;

    private final GatewayApiDialect dialect;
    private final Map<String, String> owners = new TreeMap<>();

    GatewayWriter(GatewayApiDialect dialect) {
        this.dialect = dialect;
    }

    /** The listener that serves a host of a namespace: that for all its own names, or one for a name elsewhere. */
    String listener(String namespace, String host) {
        return isOwn(namespace, host) ? namespace : host;
    }

    private boolean isOwn(String namespace, String host) {
        return host.endsWith("." + namespace + "." + dialect.domain());
    }

    /** The {@code parentRefs} of an API's routes. */
    List<Object> parents(ApiModel api) {
        Set<String> sections = new LinkedHashSet<>();
        api.entry().hosts().forEach(host -> sections.add(listener(api.namespace(), host)));
        List<Object> parents = new ArrayList<>();
        SharedGateway gateway = dialect.gateway();
        sections.forEach(section -> parents.add(map(
                "group",
                Meta.GROUP,
                "kind",
                Meta.GATEWAY,
                "namespace",
                gateway.namespace(),
                "name",
                gateway.name(),
                "sectionName",
                section)));
        return parents;
    }

    /** Nothing for a world without hosts: a gateway has at least one listener. */
    List<Manifest> write(MeshModel model, List<Problem> problems) {
        Map<String, Map<String, Object>> listeners = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                String owner = owners.putIfAbsent(host, api.id());
                if (owner != null) {
                    problems.add(new Problem(
                            "gateway-api.shared-host",
                            api.id(),
                            "has the host '" + host + "', which is also that of " + owner,
                            "say one API for each host",
                            api.origin()));
                }
                String name = listener(api.namespace(), host);
                listeners.putIfAbsent(name, listener(api.namespace(), name, host));
            }
        }
        if (listeners.size() > MOST_LISTENERS) {
            problems.add(new Problem(
                    "gateway-api.many-listeners",
                    dialect.gateway().namespace() + "/" + dialect.gateway().name(),
                    "needs " + listeners.size() + " listeners, but a Gateway has at most " + MOST_LISTENERS,
                    "leave hosts below their namespaces, or share the namespaces among several gateways",
                    model.apis().get(0).origin()));
        }
        if (listeners.isEmpty()) {
            return List.of();
        }
        return List.of(new Manifest(
                Meta.V1,
                Meta.GATEWAY,
                dialect.gateway().namespace(),
                dialect.gateway().name(),
                Map.of(Manifest.MANAGED_BY, Manifest.LINTEL),
                Map.of(),
                map("gatewayClassName", dialect.gatewayClass(), "listeners", new ArrayList<>(listeners.values()))));
    }

    private Map<String, Object> listener(String namespace, String name, String host) {
        String credential = dialect.gateway().credential();
        return map(
                "name",
                name,
                "hostname",
                isOwn(namespace, host) ? "*." + namespace + "." + dialect.domain() : host,
                "port",
                dialect.gateway().port(),
                "protocol",
                credential == null ? "HTTP" : "HTTPS",
                "tls",
                credential == null
                        ? null
                        : map(
                                "mode",
                                "Terminate",
                                "certificateRefs",
                                List.of(map("kind", "Secret", "name", credential.replace("{namespace}", namespace)))),
                "allowedRoutes",
                map(
                        "namespaces",
                        map("from", "Selector", "selector", map("matchLabels", map(Meta.NAMESPACE_LABEL, namespace))),
                        "kinds",
                        List.of(map("group", Meta.GROUP, "kind", Meta.HTTP_ROUTE))));
    }
}
