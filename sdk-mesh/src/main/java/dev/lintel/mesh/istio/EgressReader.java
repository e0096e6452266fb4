package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what may leave: the entries that the Sidecar of a workload takes in. Addresses are not looked at by a mesh, so that
 * every rule allows private ones.
 */
final class EgressReader {
    private final List<Problem> problems;
    private final Map<String, List<Fields>> sidecars = new LinkedHashMap<>();
    private final Map<String, List<Fields>> entries = new LinkedHashMap<>();

    EgressReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** What a Sidecar takes in. */
    private record Taken(List<String> hosts, Fields place) {
        boolean takes(String namespace, String host) {
            return hosts.stream().anyMatch(each -> {
                int slash = each.indexOf('/');
                String where = each.substring(0, Math.max(0, slash));
                String what = each.substring(slash + 1);
                boolean fits = what.equals("*")
                        || what.equals(host)
                        || what.startsWith("*.") && host.endsWith(what.substring(1));
                return fits && (where.equals(".") || where.equals("*") || where.equals(namespace));
            });
        }
    }

    /** Takes an object if it is of the kinds that this is about and belongs to no API. */
    boolean take(Manifest manifest) {
        boolean sidecar = manifest.kind().equals(Meta.SIDECAR);
        boolean own = !manifest.labels().containsKey(Manifest.API)
                && (sidecar || manifest.kind().equals(Meta.SERVICE_ENTRY))
                && manifest.apiVersion().equals(Meta.NETWORKING);
        if (own) {
            (sidecar ? sidecars : entries)
                    .computeIfAbsent(manifest.namespace(), namespace -> new ArrayList<>())
                    .add(new Fields(manifest.id(), "spec", manifest.spec(), problems));
        }
        return own;
    }

    /** The rules, sorted by namespace and host. */
    List<EgressRule> read(Set<String> namespaces) {
        List<EgressRule> rules = new ArrayList<>();
        entries.forEach((namespace, all) -> {
            if (!sidecars.containsKey(namespace)) {
                all.forEach(entry -> entry.problem("lets out what nothing keeps in: no Sidecar of " + namespace));
            }
        });
        sidecars.forEach((namespace, all) -> rules.addAll(rules(namespace, all)));
        rules.sort(Comparator.comparing(EgressRule::namespace).thenComparing(EgressRule::host));
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
            if (taken.put(application, new Taken(hosts, sidecar)) != null) {
                sidecar.problem("is one of two for the same workloads");
            }
            sidecar.end();
        }
        Taken others = taken.remove("");
        List<EgressRule> rules = new ArrayList<>();
        if (others == null) {
            problems.add(Fields.unread("Sidecar " + namespace, "is there for some workloads only"));
            return rules;
        }
        own(namespace, others);
        taken.values().forEach(each -> own(namespace, each));
        for (Fields entry : entries.getOrDefault(namespace, List.of())) {
            List<Integer> ports = ports(entry);
            List<String> exported = entry.texts("exportTo");
            if (!exported.equals(List.of("."))) {
                entry.problem("is seen in other namespaces: " + exported);
            }
            for (String host : entry.texts("hosts")) {
                boolean everybody = others.takes(namespace, host);
                List<String> applications = taken.entrySet().stream()
                        .filter(one -> one.getValue().takes(namespace, host))
                        .map(Map.Entry::getKey)
                        .toList();
                if (everybody && applications.size() < taken.size()) {
                    entry.problem("is for all workloads but some that have a Sidecar of their own");
                }
                if (everybody || !applications.isEmpty()) {
                    rules.add(new EgressRule(
                            namespace, host, ports, everybody ? List.of() : applications, true, Origin.unknown()));
                }
            }
            entry.end();
        }
        return rules;
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
    private static void own(String namespace, Taken taken) {
        if (!taken.takes(namespace, Meta.host("any", namespace))) {
            taken.place().problem("does not take in the services of its own namespace");
        }
        if (taken.hosts().contains("istio-system/*") || taken.hosts().contains("*/*")) {
            taken.place().problem("takes in whatever somebody lets out for everybody in istio-system");
        } else if (!taken.hosts().contains(EgressWriter.MESH)) {
            taken.place().problem("does not take in " + EgressWriter.MESH);
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
