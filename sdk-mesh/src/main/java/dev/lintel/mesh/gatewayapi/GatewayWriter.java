package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes the gateway: a listener for the hosts of each namespace, which routes of that namespace alone may use, so that no
 * other can take them.
 */
final class GatewayWriter {
    /** The most listeners of one gateway. */
    private static final int MOST_LISTENERS = 64;

    private final GatewayApiDialect dialect;
    private final Map<String, ApiModel> owners = new TreeMap<>();

    /**
     * A listener as it will be written.
     *
     * @param namespace whose routes may use it
     * @param host the first of its hosts
     * @param kinds of routes that may use it
     */
    private record Listener(String namespace, String host, Set<String> kinds) {}

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

    /** The gateway and what lends it certificates; nothing for a world without hosts: a gateway has at least one listener. */
    List<Manifest> write(MeshModel model, List<Problem> problems) {
        Map<String, Listener> listeners = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                shared(api, host, problems);
                String name = listener(api.namespace(), host);
                listeners
                        .computeIfAbsent(name, n -> new Listener(api.namespace(), host, new TreeSet<>()))
                        .kinds()
                        .add(Grpc.kind(api));
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
        List<Object> trees = new ArrayList<>();
        listeners.forEach((name, listener) -> trees.add(tree(name, listener)));
        List<Manifest> manifests = new ArrayList<>(grants(listeners.values()));
        manifests.add(object(
                Meta.V1,
                Meta.GATEWAY,
                dialect.gateway().namespace(),
                dialect.gateway().name(),
                map("gatewayClassName", dialect.gatewayClass(), "listeners", trees)));
        return manifests;
    }

    /** A host of several APIs has one kind of routes, because the older of two kinds would take it all. */
    private void shared(ApiModel api, String host, List<Problem> problems) {
        ApiModel owner = owners.putIfAbsent(host, api);
        if (owner == null) {
            return;
        }
        if (owner.entry().paths().isEmpty() || api.entry().paths().isEmpty()) {
            apart(
                    api,
                    host,
                    owner,
                    "",
                    "say which paths belong to each: atPaths(…), or one API for each host",
                    problems);
        } else if (!owner.namespace().equals(api.namespace())) {
            apart(
                    api,
                    host,
                    owner,
                    ", but a listener takes routes of one namespace alone, so that no other can take its hosts",
                    "give each namespace a host of its own",
                    problems);
        } else if (!Set.copyOf(owner.entry().hosts())
                .equals(Set.copyOf(api.entry().hosts()))) {
            apart(
                    api,
                    host,
                    owner,
                    owner.origin().after(" at ") + ", but not all of its hosts "
                            + api.entry().hosts(),
                    "say the same hosts for both",
                    problems);
        }
        if (Grpc.speaks(owner) != Grpc.speaks(api)) {
            problems.add(new Problem(
                    "gateway-api.grpc-host",
                    api.id(),
                    "shares the host '" + host + "' with " + owner.id()
                            + owner.origin().after(" at ")
                            + ", but only one of them speaks gRPC, and a host has HTTPRoutes or GRPCRoutes, not both",
                    "give each a host of its own, or use Istio's own dialect",
                    api.origin()));
        }
    }

    private static void apart(
            ApiModel api, String host, ApiModel owner, String but, String hint, List<Problem> problems) {
        problems.add(new Problem(
                "gateway-api.shared-host",
                api.id(),
                "has the host '" + host + "', which is also that of " + owner.id() + but,
                hint,
                api.origin()));
    }

    /** A grant for each namespace that lends secrets; whoever may write a Gateway beside ours may use them as well. */
    private List<Manifest> grants(Collection<Listener> listeners) {
        SharedGateway gateway = dialect.gateway();
        Map<String, Set<String>> lent = new TreeMap<>();
        for (Listener listener : listeners) {
            String secret = gateway.secret(listener.namespace());
            String place = gateway.secretNamespace(listener.namespace());
            if (secret != null && !place.equals(gateway.namespace())) {
                lent.computeIfAbsent(place, p -> new TreeSet<>()).add(secret);
            }
        }
        List<Manifest> grants = new ArrayList<>();
        lent.forEach((place, secrets) -> grants.add(object(
                Meta.GRANTS,
                Meta.REFERENCE_GRANT,
                place,
                Meta.name(gateway.namespace() + "." + gateway.name()),
                map(
                        "from",
                        List.of(map("group", Meta.GROUP, "kind", Meta.GATEWAY, "namespace", gateway.namespace())),
                        "to",
                        secrets.stream()
                                .map(secret -> map("group", "", "kind", "Secret", "name", secret))
                                .toList()))));
        return grants;
    }

    private static Manifest object(
            String apiVersion, String kind, String namespace, String name, Map<String, Object> spec) {
        Map<String, String> labels = Map.of(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(apiVersion, kind, namespace, name, labels, Map.of(), spec);
    }

    private Map<String, Object> tree(String name, Listener listener) {
        SharedGateway gateway = dialect.gateway();
        String namespace = listener.namespace();
        String secret = gateway.secret(namespace);
        String place = gateway.secretNamespace(namespace);
        return map(
                "name",
                name,
                "hostname",
                isOwn(namespace, listener.host()) ? "*." + namespace + "." + dialect.domain() : listener.host(),
                "port",
                gateway.port(),
                "protocol",
                secret == null ? "HTTP" : "HTTPS",
                "tls",
                secret == null
                        ? null
                        : map(
                                "mode",
                                "Terminate",
                                "certificateRefs",
                                List.of(map(
                                        "kind",
                                        "Secret",
                                        "namespace",
                                        place.equals(gateway.namespace()) ? null : place,
                                        "name",
                                        secret))),
                "allowedRoutes",
                map(
                        "namespaces",
                        map("from", "Selector", "selector", map("matchLabels", map(Meta.NAMESPACE_LABEL, namespace))),
                        "kinds",
                        listener.kinds().stream()
                                .map(kind -> map("group", Meta.GROUP, "kind", kind))
                                .toList()));
    }
}
