package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ExitReader.Outside;
import dev.lintel.mesh.istio.ExitReader.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what may leave: the entries that the Sidecar of a workload takes in, and by which way. Addresses are not looked at by a mesh, so that
 * every rule allows private ones.
 */
final class EgressReader {
    private final IstioDialect dialect;
    private final List<Problem> problems;
    private final Map<String, List<Fields>> sidecars = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final ExitReader exits;
    private final FenceReader fences;

    EgressReader(IstioDialect dialect, Collection<Manifest> manifests, List<Problem> problems) {
        this.dialect = dialect;
        this.problems = problems;
        this.exits = new ExitReader(dialect, manifests, problems);
        this.fences = new FenceReader(dialect, problems);
    }

    /** A host outside, or several. */
    private record Entry(
            String namespace, List<String> hosts, List<String> exportTo, List<Integer> ports, Fields place) {}

    /** What a Sidecar takes in. */
    private record Taken(String own, List<String> hosts, Fields place) {
        boolean takes(String namespace, String host) {
            return hosts.stream().anyMatch(each -> {
                int slash = each.indexOf('/');
                String where = each.substring(0, Math.max(0, slash));
                String what = each.substring(slash + 1);
                boolean fits = what.equals("*")
                        || what.equals(host)
                        || what.startsWith("*.") && host.endsWith(what.substring(1));
                boolean here = where.equals(".") && namespace.equals(own);
                return fits && (here || where.equals("*") || where.equals(namespace));
            });
        }
    }

    /** Takes an object if it is of the kinds that this is about and belongs to no API. */
    boolean take(Manifest manifest) {
        if (exits.take(manifest) || fences.take(manifest)) {
            return true;
        }
        boolean sidecar = manifest.kind().equals(Meta.SIDECAR);
        boolean own = !manifest.labels().containsKey(Manifest.API)
                && (sidecar || manifest.kind().equals(Meta.SERVICE_ENTRY))
                && manifest.apiVersion().equals(Meta.NETWORKING);
        if (own) {
            Fields spec = new Fields(manifest.id(), "spec", manifest.spec(), problems);
            if (sidecar) {
                sidecars.computeIfAbsent(manifest.namespace(), namespace -> new ArrayList<>())
                        .add(spec);
            } else {
                List<Integer> ports = ports(spec);
                entries.add(new Entry(manifest.namespace(), spec.texts("hosts"), spec.texts("exportTo"), ports, spec));
                spec.end();
            }
        }
        return own;
    }

    /** The rules, sorted by namespace and host. */
    List<EgressRule> read(Set<String> namespaces) {
        List<EgressRule> rules = new ArrayList<>();
        entries.forEach(this::seen);
        sidecars.forEach((namespace, all) -> rules.addAll(rules(namespace, all)));
        rules.sort(Comparator.comparing(EgressRule::namespace).thenComparing(EgressRule::host));
        exits.end();
        fences.end();
        sidecars.keySet().forEach(namespace -> held(namespace, rules));
        for (EgressRule narrow : rules) {
            rules.stream()
                    .filter(wide -> EgressRefusals.isNarrower(narrow, wide) && EgressRefusals.opens(wide, narrow))
                    .forEach(wide -> problems.add(Fields.unread(
                            narrow.id(), "is let out in more ways by '" + wide.host() + "' than by itself")));
        }
        if (rules.isEmpty()) {
            sidecars.forEach((namespace, all) -> all.forEach(
                    sidecar -> sidecar.problem("lets nothing out, and nothing says what leaves from elsewhere")));
        } else {
            namespaces.stream()
                    .filter(namespace -> !sidecars.containsKey(namespace))
                    .forEach(namespace -> problems.add(
                            Fields.unread("Sidecar " + namespace, "is not there, so that everything leaves")));
        }
        return rules;
    }

    /** Where nothing keeps anything in, an entry lets out nothing more. */
    private void seen(Entry entry) {
        if (entry.exportTo().isEmpty() || entry.exportTo().contains("*")) {
            entry.place().problem("is seen in other namespaces: " + entry.exportTo());
        }
        for (String seen : entry.exportTo()) {
            boolean own = seen.equals(".");
            String namespace = own ? entry.namespace() : seen;
            // In a gateway's namespace the gateway has to know the host.
            boolean known = own && entry.exportTo().size() > 1;
            if (!known && !seen.equals("*") && !sidecars.containsKey(namespace)) {
                entry.place().problem("lets out what nothing keeps in: no Sidecar of " + namespace);
            }
        }
    }

    /** What leaves through gateways alone must not be able to leave past them. */
    private void held(String namespace, List<EgressRule> rules) {
        List<EgressRule> own = rules.stream()
                .filter(rule -> rule.namespace().equals(namespace))
                .toList();
        Set<String> hosts = new TreeSet<>();
        for (EgressRule rule : own) {
            if (!hosts.add(rule.host())) {
                problems.add(Fields.unread(rule.id(), "is let out by two entries"));
            }
        }
        if (EgressFence.holds(own) && !fences.holds(namespace)) {
            problems.add(Fields.unread(
                    Meta.NETWORK_POLICY + " " + namespace + "/" + EgressFence.NAME,
                    "does not keep workloads in that get around their sidecars and the gateway"));
        }
    }

    private List<EgressRule> rules(String namespace, List<Fields> all) {
        SortedMap<String, Taken> taken = new TreeMap<>();
        for (Fields sidecar : all) {
            String application = application(sidecar);
            Fields policy = sidecar.map("outboundTrafficPolicy");
            if (!"REGISTRY_ONLY".equals(policy.text("mode"))) {
                policy.problem("mode is not REGISTRY_ONLY");
            }
            policy.end();
            List<String> hosts = new ArrayList<>();
            for (Fields listener : sidecar.maps("egress")) {
                hosts.addAll(listener.texts("hosts"));
                listener.end();
            }
            if (taken.put(application, new Taken(namespace, hosts, sidecar)) != null) {
                sidecar.problem("is one of two for the same workloads");
            }
            sidecar.end();
        }
        Taken others = taken.remove("");
        if (others == null) {
            problems.add(Fields.unread("Sidecar " + namespace, "is there for some workloads only"));
            return List.of();
        }
        own(namespace, others);
        taken.values().forEach(each -> own(namespace, each));
        List<EgressRule> rules = new ArrayList<>();
        for (Entry entry : entries) {
            if (ExitReader.isSeen(entry.exportTo(), entry.namespace(), namespace)) {
                for (String host : entry.hosts()) {
                    rule(namespace, entry, host, others, taken).ifPresent(rules::add);
                }
            }
        }
        return rules;
    }

    private Optional<EgressRule> rule(
            String namespace, Entry entry, String host, Taken others, SortedMap<String, Taken> taken) {
        String from = entry.namespace();
        if (!others.takes(from, host) && taken.values().stream().noneMatch(each -> each.takes(from, host))) {
            return Optional.empty();
        }
        List<Integer> ports = new ArrayList<>();
        Set<EgressGateway> gateways = new LinkedHashSet<>();
        boolean direct = false;
        for (int port : entry.ports()) {
            // Routes that no Sidecar takes in lead nobody.
            Way way = exits.way(
                    namespace,
                    new Outside(from, entry.exportTo(), host),
                    port,
                    owner -> others.takes(owner, host)
                            || taken.values().stream().anyMatch(each -> each.takes(owner, host)));
            EgressGateway gateway = way.gateway();
            boolean out = gateway == null ? !fences.holds(namespace) : fences.lets(namespace, gateway);
            if (way.arrives() && out) {
                ports.add(port);
                direct |= gateway == null;
                if (gateway != null) {
                    gateways.add(gateway);
                }
            }
        }
        if (gateways.size() > 1 || direct && !gateways.isEmpty()) {
            entry.place().problem("leaves in several ways from " + namespace + ": " + gateways);
        }
        EgressGateway gateway =
                direct || gateways.isEmpty() ? null : gateways.iterator().next();
        boolean everybody = lets(others, from, host, gateway);
        List<String> applications = taken.entrySet().stream()
                .filter(one -> lets(one.getValue(), from, host, gateway))
                .map(Map.Entry::getKey)
                .toList();
        if (everybody && applications.size() < taken.size()) {
            entry.place().problem("is for all workloads but some that have a Sidecar of their own");
        }
        if (gateway != null && !exits.isGuarded(gateway, host)) {
            entry.place().problem("leaves through " + gateway + " from every namespace");
        }
        return ports.isEmpty() || !everybody && applications.isEmpty()
                ? Optional.empty()
                : Optional.of(new EgressRule(
                        namespace, host, ports, everybody ? List.of() : applications, true, gateway, Origin.unknown()));
    }

    private static boolean lets(Taken taken, String from, String host, @Nullable EgressGateway gateway) {
        return taken.takes(from, host) && (gateway == null || taken.takes(gateway.namespace(), Exit.service(gateway)));
    }

    private static String application(Fields sidecar) {
        Fields selector = sidecar.map("workloadSelector");
        Map<String, String> labels = selector.pairs("labels");
        selector.end();
        if (!labels.isEmpty() && !labels.keySet().equals(Set.of(EgressWriter.APP))) {
            sidecar.problem("selects workloads by more than the label " + EgressWriter.APP + ": " + labels);
        }
        return labels.getOrDefault(EgressWriter.APP, "");
    }

    /** Without its own services and those of the mesh, calls inside break. */
    private void own(String namespace, Taken taken) {
        if (!taken.takes(namespace, Meta.host("any", namespace))) {
            taken.place().problem("does not take in the services of its own namespace");
        }
        String control = dialect.controlPlane();
        if (taken.hosts().contains(control + "/*") || taken.hosts().contains("*/*")) {
            taken.place().problem("takes in whatever somebody lets out for everybody in " + control);
        } else if (!taken.hosts().contains(EgressWriter.mesh(dialect))) {
            taken.place().problem("does not take in " + EgressWriter.mesh(dialect));
        }
    }

    /** The ports by which an entry lets out; TCP without an address would let everything out. */
    private static List<Integer> ports(Fields entry) {
        List<Integer> ports = new ArrayList<>();
        for (Fields port : entry.maps("ports")) {
            ports.add(port.number("number", 0));
            port.text("name");
            String protocol = port.text("protocol");
            if (!"TLS".equals(protocol) && !"HTTP".equals(protocol)) {
                port.problem("is neither TLS nor HTTP, so that no host is asked for: " + protocol);
            }
            port.end();
        }
        if (!"MESH_EXTERNAL".equals(entry.text("location"))) {
            entry.problem("is not outside the mesh");
        }
        entry.text("resolution");
        return ports;
    }
}
