package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads gateways, and which hosts of a route they serve. */
final class ListenerReader {
    private final GatewayApiDialect dialect;
    private final GrantReader grants;
    private final List<Problem> problems;
    private final List<Listener> listeners = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();

    ListenerReader(GatewayApiDialect dialect, GrantReader grants, List<Problem> problems) {
        this.dialect = dialect;
        this.grants = grants;
        this.problems = problems;
    }

    /**
     * A listener.
     *
     * @param gateway namespace and name
     * @param name its name
     * @param hostname null for all
     * @param namespace the one whose routes may use it; null for all
     * @param kinds of routes that may use it
     * @param certificates to which it refers
     */
    private record Listener(
            String gateway,
            String name,
            @Nullable String hostname,
            @Nullable String namespace,
            List<String> kinds,
            List<Certificate> certificates) {}

    private record Certificate(String place, String namespace, String name) {}

    void read(Manifest gateway) {
        Part spec = new Part(gateway.id(), "spec", gateway.spec(), problems);
        known.add(gateway.namespace() + "/" + gateway.name());
        spec.only("gatewayClassName", dialect.gatewayClass());
        for (Part listener : spec.parts("listeners")) {
            String name = listener.text("name", "");
            String hostname = listener.text("hostname");
            listener.number("port");
            String protocol = listener.text("protocol", "");
            if (!protocol.equals("HTTP") && !protocol.equals("HTTPS")) {
                listener.problem("serves " + protocol);
            }
            Part tls = listener.part("tls");
            tls.only("mode", "Terminate");
            List<Certificate> certificates = new ArrayList<>();
            for (Part reference : tls.parts("certificateRefs")) {
                reference.only("group", "");
                reference.only("kind", "Secret");
                String place = reference.text("namespace", gateway.namespace());
                certificates.add(new Certificate(gateway.namespace(), place, reference.text("name", "")));
                reference.end();
            }
            tls.end();
            Part allowed = listener.part("allowedRoutes");
            List<String> kinds = kinds(allowed);
            String namespace = allowed(allowed, gateway.namespace());
            listeners.add(new Listener(
                    gateway.namespace() + "/" + gateway.name(), name, hostname, namespace, kinds, certificates));
            listener.end();
        }
        spec.end();
    }

    /** Without any, those that speak HTTP. */
    private static List<String> kinds(Part routes) {
        List<String> kinds = new ArrayList<>();
        for (Part kind : routes.parts("kinds")) {
            kind.only("group", Meta.GROUP);
            kinds.add(kind.text("kind", ""));
            kind.end();
        }
        return kinds.isEmpty() ? List.of(Meta.HTTP_ROUTE, Meta.GRPC_ROUTE) : kinds;
    }

    private static @Nullable String allowed(Part routes, String own) {
        Part namespaces = routes.part("namespaces");
        routes.end();
        String from = namespaces.text("from", "Same");
        Part selector = namespaces.part("selector");
        namespaces.end();
        Map<String, String> labels = selector.labels("matchLabels");
        selector.end();
        if (from.equals("All")) {
            return null;
        }
        String named = labels.get(Meta.NAMESPACE_LABEL);
        if (from.equals("Selector") && named != null && labels.size() == 1) {
            return named;
        }
        if (!from.equals("Same")) {
            namespaces.problem("allows routes from namespaces that cannot be told: " + from + " " + labels);
        }
        return own;
    }

    /** The hosts of a route that its parents serve, in the route's order. */
    List<String> served(Manifest route, Part spec) {
        List<String> hosts = spec.texts("hostnames");
        Set<String> served = new LinkedHashSet<>();
        for (Part parent : spec.parts("parentRefs")) {
            parent.only("group", Meta.GROUP);
            parent.only("kind", Meta.GATEWAY);
            String gateway = parent.text("namespace", route.namespace()) + "/" + parent.text("name", "");
            String section = parent.text("sectionName");
            parent.number("port");
            parent.end();
            if (!known.contains(gateway)) {
                parent.problem("the Gateway '" + gateway + "' is not among the objects: which hosts it serves is not known");
            }
            for (Listener listener : listeners) {
                boolean meant = listener.gateway().equals(gateway)
                        && isOpen(listener)
                        && listener.kinds().contains(route.kind())
                        && (section == null || section.equals(listener.name()))
                        && (listener.namespace() == null || listener.namespace().equals(route.namespace()));
                if (meant) {
                    hosts.stream()
                            .filter(host -> isServed(listener.hostname(), host))
                            .forEach(served::add);
                    if (hosts.isEmpty() && listener.hostname() != null) {
                        served.add(listener.hostname());
                    }
                }
            }
        }
        List<String> ordered = new ArrayList<>(hosts.isEmpty() ? served : hosts);
        ordered.retainAll(served);
        if (ordered.stream().anyMatch(host -> host.startsWith("*"))) {
            spec.problem("is for all hosts of a sort: " + ordered);
            ordered.removeIf(host -> host.startsWith("*"));
        }
        return ordered;
    }

    /** A listener without the right to one of its certificates is not programmed. */
    private boolean isOpen(Listener listener) {
        return listener.certificates().stream()
                .allMatch(one -> grants.allows(Meta.GATEWAY, one.place(), "Secret", one.namespace(), one.name()));
    }

    private static boolean isServed(@Nullable String hostname, String host) {
        return hostname == null
                || hostname.equals(host)
                || hostname.startsWith("*.") && host.endsWith(hostname.substring(1));
    }
}
