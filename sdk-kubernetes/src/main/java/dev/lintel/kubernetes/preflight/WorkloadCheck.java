package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Workloads that policies and subsets are about: whether there are any, and whether something in front of them enforces what
 * is said.
 *
 * @see <a href="https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/">Istio, Installing the Sidecar</a>
 */
final class WorkloadCheck {
    private static final String PROXY = "istio-proxy";
    private static final String AMBIENT = "istio.io/dataplane-mode";
    private static final String INJECTION = "istio-injection";
    private static final String REVISION = "istio.io/rev";

    private final Live live;
    private final Findings findings;
    private final Set<String> gateways = new LinkedHashSet<>();

    WorkloadCheck(Live live, Findings findings) {
        this.live = live;
        this.findings = findings;
    }

    void check(ClusterNeeds needs) {
        needs.gateways.forEach(each -> gateways.add(each.namespace()));
        Map<String, List<Manifest>> byNamespace = new LinkedHashMap<>();
        needs.policies.forEach(each -> byNamespace
                .computeIfAbsent(each.namespace(), n -> new ArrayList<>())
                .add(each));
        byNamespace.forEach((namespace, policies) -> {
            try {
                policies(namespace, policies);
            } catch (Unread told) {
                // What could not be read has been told.
            }
        });
        boolean all = true;
        for (ClusterNeeds.Subset subset : needs.subsets) {
            try {
                subset(subset);
            } catch (Unread told) {
                all = false;
            }
        }
        if (all) {
            findings.judge("istio.subset");
        }
    }

    private void policies(String namespace, List<Manifest> policies) throws Unread {
        Optional<Map<?, ?>> there = live.object(Live.namespace(namespace));
        if (there.isEmpty()) {
            // The dry run on the server tells of it.
            return;
        }
        List<Map<?, ?>> pods = live.running(namespace);
        Set<String> bare = new LinkedHashSet<>();
        for (Manifest policy : policies) {
            Map<String, String> labels = Docs.labels(policy.spec(), "selector", "matchLabels");
            List<Map<?, ?>> selected =
                    pods.stream().filter(pod -> Docs.carries(pod, labels)).toList();
            if (selected.isEmpty() && !pods.isEmpty()) {
                findings.problem(
                        "selects-nothing",
                        policy.id(),
                        "selects " + labels + ", which none of the " + pods.size() + " Pods of '" + namespace
                                + "' carries: nothing that it says is enforced",
                        "compare with: kubectl -n " + namespace + " get pods --show-labels");
            } else if (selected.isEmpty()) {
                findings.warning(
                        "selects-nothing",
                        policy.id(),
                        "selects " + labels + ", and there are no Pods in '" + namespace + "' yet",
                        "start them after this, with these labels");
            }
            selected.stream().filter(pod -> !isEnforced(there.get(), pod)).forEach(pod -> bare.add(Docs.name(pod)));
        }
        enforced(namespace, there.get(), pods, bare);
    }

    private void enforced(String namespace, Map<?, ?> there, List<Map<?, ?>> pods, Set<String> bare) {
        if (gateways.contains(namespace)) {
            // A gateway is a proxy itself, whether its namespace is injected or not.
            return;
        }
        String hint = "kubectl label namespace " + namespace + " istio-injection=enabled, then restart its workloads";
        if (!bare.isEmpty()) {
            findings.problem(
                    "no-sidecar",
                    "Namespace " + namespace,
                    "has Pods without a sidecar, about which policies are written: " + few(bare)
                            + " take whatever is sent to them",
                    hint);
        } else if (pods.isEmpty() && !isInjected(there)) {
            findings.problem(
                    "no-sidecar",
                    "Namespace " + namespace,
                    "has no label by which its workloads get a sidecar, or are in the ambient mesh: policies are not"
                            + " enforced there",
                    hint);
        }
    }

    static String few(Set<String> names) {
        List<String> shown = names.stream().limit(5).toList();
        return String.join(", ", shown)
                + (names.size() > shown.size() ? " and " + (names.size() - shown.size()) + " more" : "");
    }

    private static boolean isInjected(Map<?, ?> namespace) {
        Map<String, String> labels = Docs.labels(namespace, "metadata", "labels");
        String injection = labels.getOrDefault(INJECTION, "");
        return injection.equals("enabled")
                || injection.isEmpty() && labels.containsKey(REVISION)
                || "ambient".equals(labels.get(AMBIENT));
    }

    private static boolean isEnforced(Map<?, ?> namespace, Map<?, ?> pod) {
        String own = Docs.labels(pod, "metadata", "labels").getOrDefault(AMBIENT, "");
        boolean ambient = own.isEmpty()
                ? "ambient".equals(Docs.labels(namespace, "metadata", "labels").get(AMBIENT))
                : own.equals("ambient");
        return hasSidecar(pod) || ambient;
    }

    static boolean hasSidecar(Map<?, ?> pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(kind -> Docs.maps(pod, "spec", kind).stream())
                .anyMatch(container -> Docs.text(container, "name").equals(PROXY));
    }

    private void subset(ClusterNeeds.Subset subset) throws Unread {
        Optional<Map<?, ?>> service = live.all(Live.services(subset.namespace())).stream()
                .filter(each -> Docs.name(each).equals(subset.service()))
                .findFirst();
        Map<String, String> selector =
                service.map(each -> Docs.labels(each, "spec", "selector")).orElse(Map.of());
        boolean any = live.running(subset.namespace()).stream()
                .anyMatch(pod -> Docs.carries(pod, selector) && Docs.carries(pod, subset.labels()));
        if (!any) {
            findings.warning(
                    "empty-subset",
                    subset.by(),
                    "has the subset '" + subset.name() + "' of " + subset.labels() + ", and no Pod behind the Service '"
                            + subset.service() + "' carries them: what goes there is answered 503",
                    "start workloads with these labels before");
        }
    }
}
