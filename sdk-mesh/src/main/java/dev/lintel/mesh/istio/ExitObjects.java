package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects that lead calls to egress gateways and out of them, each read by itself. */
final class ExitObjects {
    private final List<Problem> problems;
    private final IstioDialect dialect;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> gateways = new HashSet<>();
    private final Set<Map<String, String>> pods = new HashSet<>();

    final List<Server> servers = new ArrayList<>();
    final List<Routes> routes = new ArrayList<>();
    final List<Subset> subsets = new ArrayList<>();
    final List<Guard> guards = new ArrayList<>();

    /** A server of a gateway object; its hosts are each {@code namespace/name}. */
    record Server(
            String gateway,
            String namespace,
            Map<String, String> pods,
            int port,
            String protocol,
            String mode,
            List<String> hosts,
            Fields place) {}

    /** A rule of routes about one match: from the mesh or a gateway, at a port, 0 for any, to a destination. */
    record Hop(String kind, List<String> gateways, int port, List<String> names, String host, String subset, int to) {}

    /** The rules of one object, in their order. */
    record Routes(String namespace, List<String> hosts, List<String> exportTo, List<Hop> hops, Fields place) {}

    /** How a subset of a service is connected to. */
    record Subset(
            String namespace, List<String> exportTo, String host, String name, String mode, String sni, Fields place) {}

    /** Who is refused at a gateway: who comes from none of some namespaces with one of some names as SNI. */
    record Guard(String namespace, Map<String, String> pods, List<String> namespaces, List<String> names) {}

    ExitObjects(IstioDialect dialect, Collection<Manifest> manifests, List<Problem> problems) {
        this.dialect = dialect;
        this.problems = problems;
        for (Manifest manifest : manifests) {
            if (is(manifest, Meta.NETWORKING, Meta.SERVICE_ENTRY)) {
                hosts.addAll(fields(manifest, new ArrayList<>()).texts("hosts"));
            }
        }
        manifests.stream().filter(this::isGateway).forEach(this::gateway);
    }

    /** Takes an object if it belongs to these; gateways were taken before. */
    boolean take(Manifest manifest) {
        if (isGateway(manifest)) {
            return true;
        }
        if (is(manifest, Meta.NETWORKING, Meta.VIRTUAL_SERVICE) && isExit(manifest)) {
            routes(manifest);
            return true;
        }
        if (is(manifest, Meta.NETWORKING, Meta.DESTINATION_RULE)) {
            subsets(manifest);
            return true;
        }
        if (is(manifest, Meta.SECURITY, Meta.AUTHORIZATION_POLICY)
                && String.valueOf(manifest.spec().get("rules")).contains(ExitWriter.SNI)) {
            guard(manifest);
            return true;
        }
        return false;
    }

    private static boolean is(Manifest manifest, String apiVersion, String kind) {
        return manifest.kind().equals(kind)
                && manifest.apiVersion().equals(apiVersion)
                && !manifest.labels().containsKey(Manifest.API);
    }

    /** A gateway object that does not select the pods by which requests enter. */
    private boolean isGateway(Manifest manifest) {
        return is(manifest, Meta.NETWORKING, Meta.GATEWAY)
                && !fields(manifest, new ArrayList<>())
                        .pairs("selector")
                        .equals(dialect.ingress().labels());
    }

    private boolean isExit(Manifest manifest) {
        Fields spec = fields(manifest, new ArrayList<>());
        List<String> bound = named(spec.texts("gateways"), manifest.namespace());
        return spec.texts("hosts").stream().anyMatch(hosts::contains)
                || bound.stream().anyMatch(gateways::contains);
    }

    private Fields fields(Manifest manifest, List<Problem> into) {
        return new Fields(manifest.id(), "spec", manifest.spec(), into);
    }

    private static List<String> named(List<String> bound, String namespace) {
        return bound.stream()
                .map(name -> name.equals("mesh") ? name : ForeignGateways.name(name, namespace))
                .toList();
    }

    private void gateway(Manifest manifest) {
        Fields spec = fields(manifest, problems);
        String id = manifest.namespace() + "/" + manifest.name();
        Map<String, String> selector = spec.pairs("selector");
        gateways.add(id);
        pods.add(selector);
        for (Fields server : spec.maps("servers")) {
            Fields port = server.map("port");
            int number = port.number("number", 0);
            port.text("name");
            String protocol = String.valueOf(port.text("protocol"));
            port.end();
            Fields tls = server.map("tls");
            String mode = tls.text("mode");
            tls.end();
            List<String> names = new ArrayList<>();
            for (String host : server.texts("hosts")) {
                String bare = host.substring(host.indexOf('/') + 1);
                String where = host.indexOf('/') < 0 ? "*" : host.substring(0, host.indexOf('/'));
                names.add((where.equals(".") ? manifest.namespace() : where) + "/" + bare);
            }
            server.end();
            servers.add(new Server(
                    id, manifest.namespace(), selector, number, protocol, mode == null ? "" : mode, names, server));
        }
        spec.end();
    }

    private void routes(Manifest manifest) {
        Fields spec = fields(manifest, problems);
        List<String> names = spec.texts("hosts");
        List<String> bound = named(spec.texts("gateways"), manifest.namespace());
        List<String> exportTo = spec.texts("exportTo");
        List<Hop> hops = new ArrayList<>();
        for (String kind : List.of("http", "tls", "tcp")) {
            for (Fields rule : spec.maps(kind)) {
                hops.addAll(hops(kind, rule, bound.isEmpty() ? List.of("mesh") : bound, manifest.namespace()));
            }
        }
        spec.end();
        routes.add(new Routes(manifest.namespace(), names, exportTo, hops, spec));
    }

    private static List<Hop> hops(String kind, Fields rule, List<String> bound, String namespace) {
        String host = "";
        String subset = "";
        int to = 0;
        List<Fields> targets = rule.maps("route");
        if (targets.size() != 1) {
            rule.problem("leads to " + targets.size() + " destinations");
        }
        for (Fields target : targets) {
            Fields destination = target.map("destination");
            host = String.valueOf(destination.text("host"));
            String named = destination.text("subset");
            subset = named == null ? "" : named;
            Fields port = destination.map("port");
            to = port.number("number", 0);
            port.end();
            destination.end();
            target.skip("weight");
            target.end();
        }
        // What is told to the host, and how often it is tried, changes nothing about who may call it.
        rule.skip("headers");
        rule.skip("retries");
        List<Hop> hops = new ArrayList<>();
        List<Fields> matches = rule.maps("match");
        for (Fields match : matches) {
            List<String> from = named(match.texts("gateways"), namespace);
            int port = match.number("port", 0);
            List<String> sni = match.texts("sniHosts");
            match.end();
            hops.add(new Hop(kind, from.isEmpty() ? bound : from, port, sni, host, subset, to));
        }
        if (matches.isEmpty()) {
            hops.add(new Hop(kind, bound, 0, List.of(), host, subset, to));
        }
        rule.end();
        return hops;
    }

    private void subsets(Manifest manifest) {
        Fields spec = fields(manifest, problems);
        String host = String.valueOf(spec.text("host"));
        List<String> exportTo = spec.texts("exportTo");
        for (Fields subset : spec.maps("subsets")) {
            String name = String.valueOf(subset.text("name"));
            Fields policy = subset.map("trafficPolicy");
            Fields tls = policy.map("tls");
            String mode = tls.text("mode");
            String sni = tls.text("sni");
            tls.end();
            policy.end();
            subset.end();
            subsets.add(new Subset(
                    manifest.namespace(),
                    exportTo,
                    host,
                    name,
                    mode == null ? "" : mode,
                    sni == null ? "" : sni,
                    subset));
        }
        spec.end();
    }

    private void guard(Manifest manifest) {
        Fields spec = fields(manifest, problems);
        Fields selector = spec.map("selector");
        Map<String, String> selected = selector.pairs("matchLabels");
        selector.end();
        if (!"DENY".equals(spec.text("action"))) {
            spec.problem("is about the name that a caller shows, and does not refuse");
        }
        for (Fields rule : spec.maps("rules")) {
            List<String> outside = List.of();
            List<Fields> from = rule.maps("from");
            for (Fields each : from) {
                Fields source = each.map("source");
                outside = source.texts("notNamespaces");
                source.end();
                each.end();
            }
            List<String> names = new ArrayList<>();
            for (Fields when : rule.maps("when")) {
                if (!ExitWriter.SNI.equals(when.text("key"))) {
                    when.problem("key is not " + ExitWriter.SNI);
                }
                names.addAll(when.texts("values"));
                when.end();
            }
            if (from.size() > 1) {
                rule.problem("refuses callers of several kinds");
            }
            rule.end();
            guards.add(new Guard(manifest.namespace(), selected, outside, names));
        }
        spec.end();
    }
}
