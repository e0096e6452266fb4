package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ExitObjects.Guard;
import dev.lintel.mesh.istio.ExitObjects.Hop;
import dev.lintel.mesh.istio.ExitObjects.Routes;
import dev.lintel.mesh.istio.ExitObjects.Server;
import dev.lintel.mesh.istio.ExitObjects.Subset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a call on its way out, as proxies would: from the sidecar to the host, or to a gateway, and from there on. A piece
 * that is missing on the way through a gateway ends the call; one that would lead there lets it go directly.
 */
final class ExitReader {
    private static final String CLUSTER = Meta.host("", "").substring(1);

    private final ExitObjects objects;
    private final Set<Object> used = new HashSet<>();

    ExitReader(IstioDialect dialect, Collection<Manifest> manifests, List<Problem> problems) {
        this.objects = new ExitObjects(dialect, manifests, problems);
    }

    /** Where a call ends. */
    record Way(boolean arrives, @Nullable EgressGateway gateway) {
        static final Way DIRECT = new Way(true, null);
        static final Way NOWHERE = new Way(false, null);
    }

    /** What an entry says: a host outside, and who sees it. */
    record Outside(String namespace, List<String> exportTo, String host) {}

    boolean take(Manifest manifest) {
        return objects.take(manifest);
    }

    /** Whether an object of one namespace is seen in another. */
    static boolean isSeen(List<String> exportTo, String own, String from) {
        return exportTo.isEmpty()
                || exportTo.contains("*")
                || exportTo.contains(from)
                || exportTo.contains(".") && own.equals(from);
    }

    /** The way of calls of a namespace to a host at a port, by routes of the namespaces whose routes are taken in there. */
    Way way(String namespace, Outside outside, int port, Predicate<String> taken) {
        boolean http = EgressWriter.isHttp(port);
        for (Routes routes : objects.routes) {
            if (!routes.hosts().contains(outside.host())
                    || !taken.test(routes.namespace())
                    || !isSeen(routes.exportTo(), routes.namespace(), namespace)) {
                continue;
            }
            boolean any = false;
            for (Hop hop : routes.hops()) {
                boolean inside = hop.gateways().contains("mesh") && hop.kind().equals(http ? "http" : "tls");
                any |= inside;
                boolean fits = inside
                        && (hop.port() == 0 || hop.port() == port)
                        && (http || hop.names().contains(outside.host()));
                if (fits) {
                    used.add(routes);
                    return follow(namespace, outside, port, hop);
                }
            }
            if (http && any) {
                // Where there are routes for plain HTTP, a request that fits none is answered 404.
                return Way.NOWHERE;
            }
        }
        return Way.DIRECT;
    }

    private Way follow(String namespace, Outside outside, int port, Hop hop) {
        if (hop.host().equals(outside.host())) {
            return hop.to() == 0 || hop.to() == port ? Way.DIRECT : Way.NOWHERE;
        }
        Optional<EgressGateway> gateway = gateway(hop.host());
        Subset subset = subset(namespace, hop);
        if (gateway.isEmpty() || subset == null || !subset.mode().equals(ExitWriter.MUTUAL)) {
            return Way.NOWHERE;
        }
        EgressGateway there = gateway.get();
        if (!Exit.pods(there).entrySet().containsAll(subset.labels().entrySet())) {
            return Way.NOWHERE;
        }
        for (Server server : objects.servers) {
            String host = server.hosts().stream()
                    .filter(name -> name.endsWith("/" + subset.sni()))
                    .findFirst()
                    .orElse("");
            if (server.pods().equals(Exit.pods(there))
                    && server.port() == hop.to()
                    && server.mode().equals(ExitWriter.MUTUAL)
                    && !host.isEmpty()
                    && !isRefused(namespace, there, subset.sni())) {
                used.add(server);
                used.add(subset);
                String where = host.substring(0, host.indexOf('/'));
                return out(outside, port, server, where, there) ? new Way(true, there) : Way.NOWHERE;
            }
        }
        return Way.NOWHERE;
    }

    private @Nullable Subset subset(String namespace, Hop hop) {
        return objects.subsets.stream()
                .filter(subset -> subset.host().equals(hop.host())
                        && subset.name().equals(hop.subset())
                        && isSeen(subset.exportTo(), subset.namespace(), namespace))
                .findFirst()
                .orElse(null);
    }

    /** A service that may be a gateway's, by its full name. */
    private static Optional<EgressGateway> gateway(String host) {
        String[] labels = host.endsWith(CLUSTER)
                ? host.substring(0, host.length() - CLUSTER.length()).split("\\.", -1)
                : new String[0];
        try {
            return labels.length == 2 ? Optional.of(new EgressGateway(labels[0], labels[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isRefused(String namespace, EgressGateway gateway, String sni) {
        return objects.guards.stream()
                .filter(guard -> isAt(guard, gateway))
                .anyMatch(guard ->
                        guard.names().contains(sni) && !guard.namespaces().contains(namespace));
    }

    private static boolean isAt(Guard guard, EgressGateway gateway) {
        return guard.namespace().equals(gateway.namespace())
                && Exit.pods(gateway).entrySet().containsAll(guard.pods().entrySet());
    }

    /** Whether a server sends on to the host, which the gateway must know. */
    private boolean out(Outside outside, int port, Server server, String where, EgressGateway gateway) {
        String kind = server.protocol().equals("HTTPS") ? "http" : "tcp";
        boolean known = isSeen(outside.exportTo(), outside.namespace(), gateway.namespace());
        for (Routes routes : objects.routes) {
            boolean bound = (where.equals("*") || where.equals(routes.namespace()))
                    && routes.hosts().contains(outside.host())
                    && isSeen(routes.exportTo(), routes.namespace(), gateway.namespace());
            for (Hop hop : bound && known ? routes.hops() : List.<Hop>of()) {
                if (hop.kind().equals(kind)
                        && hop.gateways().contains(server.gateway())
                        && (hop.port() == 0 || hop.port() == server.port())) {
                    used.add(routes);
                    return hop.host().equals(outside.host()) && (hop.to() == 0 || hop.to() == port);
                }
            }
        }
        return false;
    }

    /** Whether others than some namespaces are kept from leaving for a host by a gateway. */
    boolean isGuarded(EgressGateway gateway, String host) {
        return objects.guards.stream()
                .anyMatch(guard -> isAt(guard, gateway) && guard.names().contains(host));
    }

    /** Tells what leads nowhere, or from nowhere, and so what it was meant for is not known. */
    void end() {
        tell(objects.servers, Server::place, "serves callers in the mesh, and none is led to it");
        tell(objects.subsets, Subset::place, "is for a host that nobody is led to");
        tell(objects.routes, Routes::place, "leads no call out");
    }

    private <T> void tell(List<T> all, Function<T, Fields> place, String words) {
        all.stream()
                .filter(each -> !used.contains(each))
                .forEach(each -> place.apply(each).problem(words));
    }
}
