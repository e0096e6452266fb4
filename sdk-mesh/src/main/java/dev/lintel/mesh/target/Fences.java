package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.target.ObjectsOfOthers.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects of others in a namespace that ours close: NetworkPolicies add up, so that one of others lets in or out what ours
 * does not, and of Sidecars one counts for a workload, so that one of others takes the place of ours.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Kubernetes, Network Policies</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/">Istio, Sidecar</a>
 */
final class Fences {
    private static final String REOPENED = "reopened";
    private static final String UNJUDGED = "unjudged";
    private static final String LOOK = "look at it yourself";

    private final List<Found> found = new ArrayList<>();
    private final List<Manifest> ours;

    private Fences(List<Manifest> ours) {
        this.ours = ours;
    }

    /**
     * What is found.
     *
     * @param theirs objects of others
     * @param ours objects that are to be there
     * @return at most one for each direction of an object, in the order of the objects; messages begin after its name
     */
    static List<Found> of(List<Manifest> theirs, List<Manifest> ours) {
        Fences fences = new Fences(ours);
        for (Manifest their : theirs) {
            if (their.kind().equals("NetworkPolicy")) {
                fences.network(their, "Ingress", "ingress", "from", "in");
                fences.network(their, "Egress", "egress", "to", "out");
            } else if (their.kind().equals("Sidecar")) {
                fences.sidecar(their);
            }
        }
        return fences.found;
    }

    private List<Manifest> near(Manifest their) {
        return ours.stream()
                .filter(one ->
                        one.kind().equals(their.kind()) && one.namespace().equals(their.namespace()))
                .toList();
    }

    private void network(Manifest their, String type, String field, String peers, String way) {
        List<Manifest> closing =
                near(their).stream().filter(one -> speaks(one, type, field)).toList();
        if (closing.isEmpty() || !speaks(their, type, field)) {
            return;
        }
        List<NetworkRule> own = closing.stream()
                .flatMap(one -> SpecParts.maps(one.spec().get(field)).stream()
                        .flatMap(rule -> NetworkRule.all(rule, peers, one.namespace()).stream()))
                .toList();
        String unknown = "";
        List<Map<?, ?>> rules = SpecParts.maps(their.spec().get(field));
        for (int i = 0; i < rules.size(); i++) {
            String place = "spec." + field + "[" + i + "]";
            for (NetworkRule rule : NetworkRule.all(rules.get(i), peers, their.namespace())) {
                if (own.stream().anyMatch(rule::isWithin) || type.equals("Egress") && rule.isNames()) {
                    continue;
                }
                if (rule.isKnown()) {
                    found.add(new Found(
                            REOPENED,
                            their,
                            place,
                            "lets " + way + " " + rule.who() + ", which "
                                    + closing.get(0).id() + " does not: what one NetworkPolicy lets " + way
                                    + " no other one keeps",
                            "take it away, or say by a definition what is meant"));
                    return;
                }
                unknown = unknown.isEmpty() ? place : unknown;
            }
        }
        if (!unknown.isEmpty()) {
            found.add(new Found(
                    UNJUDGED,
                    their,
                    unknown,
                    "lets " + way + " by labels: whether that is more than "
                            + closing.get(0).id() + " lets " + way + " is not known",
                    LOOK));
        }
    }

    /** Whether a NetworkPolicy is about a direction: without types about what comes in, and with rules about what leaves. */
    private static boolean speaks(Manifest policy, String type, String field) {
        return policy.spec().get("policyTypes") instanceof List<?> types && !types.isEmpty()
                ? types.contains(type)
                : type.equals("Ingress")
                        || !SpecParts.maps(policy.spec().get(field)).isEmpty();
    }

    private void sidecar(Manifest their) {
        Map<?, ?> labels = labels(their);
        Optional<Manifest> own = near(their).stream()
                .filter(one -> isClosed(one) && replaces(labels, labels(one)))
                .findFirst();
        if (own.isEmpty()) {
            return;
        }
        String whose = labels.isEmpty() ? "workloads of the namespace" : "workloads " + labels;
        String place = "is for " + whose + " in place of " + own.get().id() + ", as one counts for a workload: ";
        List<String> narrow = taken(own.get());
        Optional<String> more = taken(their).stream()
                .filter(host -> narrow.stream().noneMatch(wide -> takes(wide, host)))
                .findFirst();
        String meant = "take it away, or say by a definition what is meant";
        if (!isClosed(their)) {
            found.add(new Found(
                    REOPENED,
                    their,
                    "spec.outboundTrafficPolicy",
                    place
                            + "without REGISTRY_ONLY it lets them call hosts that no definition names, unless the mesh does not",
                    meant));
        } else if (more.isPresent()) {
            found.add(new Found(
                    REOPENED, their, "spec.egress", place + "it takes in '" + more.get() + "' besides", meant));
        } else {
            found.add(new Found(
                    UNJUDGED, their, "spec", place + "whether they are called and call as before is not known", LOOK));
        }
    }

    /** What it takes in, each {@code namespace/host}; everything where nothing is said. */
    private static List<String> taken(Manifest sidecar) {
        List<String> taken = new ArrayList<>();
        for (Map<?, ?> listener : SpecParts.maps(sidecar.spec().get("egress"))) {
            if (listener.get("hosts") instanceof List<?> hosts) {
                hosts.forEach(host -> taken.add(
                        String.valueOf(host).startsWith("./")
                                ? sidecar.namespace() + String.valueOf(host).substring(1)
                                : String.valueOf(host)));
            }
        }
        return taken.isEmpty() ? List.of("*/*") : taken;
    }

    private static boolean takes(String wide, String host) {
        int slash = wide.indexOf('/');
        int other = host.indexOf('/');
        String where = wide.substring(0, Math.max(slash, 0));
        return host.startsWith("~/")
                || (where.equals("*") || where.equals(host.substring(0, Math.max(other, 0))))
                        && Hosts.covers(wide.substring(slash + 1), host.substring(other + 1));
    }

    private static boolean isClosed(Manifest sidecar) {
        return "REGISTRY_ONLY"
                .equals(SpecParts.map(sidecar.spec().get("outboundTrafficPolicy"))
                        .get("mode"));
    }

    private static Map<?, ?> labels(Manifest sidecar) {
        return SpecParts.map(
                SpecParts.map(sidecar.spec().get("workloadSelector")).get("labels"));
    }

    /** One for a namespace counts after those for labels. */
    private static boolean replaces(Map<?, ?> theirs, Map<?, ?> ours) {
        return theirs.isEmpty()
                ? ours.isEmpty()
                : theirs.entrySet().stream()
                        .allMatch(label -> !ours.containsKey(label.getKey())
                                || label.getValue().equals(ours.get(label.getKey())));
    }
}
