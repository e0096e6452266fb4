package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.gatewayapi.NeededFeatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The gateways by which requests enter: their Pods and identities, and the classes of those of Gateway API. */
final class GatewayCheck {
    static final String CLASSES = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";

    private final Live live;
    private final Findings findings;

    GatewayCheck(Live live, Findings findings) {
        this.live = live;
        this.findings = findings;
    }

    void check(ClusterNeeds needs, Collection<Manifest> manifests) {
        for (Manifest gateway : needs.gateways) {
            try {
                pods(gateway, manifests);
            } catch (Unread told) {
                // What could not be read has been told.
            }
        }
        for (Manifest gateway : needs.kubernetesGateways) {
            try {
                gatewayClass(gateway, manifests);
            } catch (Unread told) {
                // What could not be read has been told.
            }
        }
    }

    private void pods(Manifest gateway, Collection<Manifest> manifests) throws Unread {
        Map<String, String> selector = Docs.labels(gateway.spec(), "selector");
        List<Map<?, ?>> pods = live.all(Live.pods(gateway.namespace())).stream()
                .filter(pod -> Docs.carries(pod, selector))
                .toList();
        if (pods.isEmpty()) {
            findings.problem(
                    "gateway-pods",
                    gateway.id(),
                    "selects " + selector + ", which no Pod of '" + gateway.namespace()
                            + "' carries: no request enters",
                    "say ingress(IngressGateway.standard().at(…).selectedBy(…)) as the gateway is installed");
            return;
        }
        Set<String> accounts = new TreeSet<>();
        for (Manifest policy : manifests) {
            for (String principal : policy.kind().equals(ClusterNeeds.AUTHORIZATION)
                    ? ControlPlaneCheck.principals(policy)
                    : List.<String>of()) {
                String in = "/ns/" + gateway.namespace() + "/sa/";
                int at = principal.indexOf(in);
                if (at >= 0) {
                    accounts.add(principal.substring(at + in.length()));
                }
            }
        }
        if (!accounts.isEmpty()) {
            findings.judge("istio.gateway-identity");
        }
        for (Map<?, ?> pod : pods) {
            String account = Docs.text(pod, "spec", "serviceAccountName");
            if (!accounts.isEmpty() && !accounts.contains(account)) {
                findings.problem(
                        "gateway-identity",
                        gateway.id(),
                        "its Pod '" + Docs.name(pod) + "' runs as '" + account + "', and the policies know it as "
                                + accounts + ": it is taken for a caller inside the mesh",
                        "say ingress(IngressGateway.standard().at(\"" + gateway.namespace() + "\", \"" + account
                                + "\")) to the dialect");
            }
        }
    }

    private void gatewayClass(Manifest gateway, Collection<Manifest> manifests) throws Unread {
        String name = Docs.text(gateway.spec(), "gatewayClassName");
        Optional<Map<?, ?>> found = live.object(CLASSES + "/" + name);
        findings.judge("gateway-api.class");
        if (found.isEmpty()) {
            findings.problem(
                    "gateway-class",
                    gateway.id(),
                    "is of the class '" + name + "', which is not there: nobody serves it",
                    "install its controller, or say gatewayClass(…) to the dialect");
            return;
        }
        String id = "GatewayClass " + name;
        String controller = Docs.text(found.get(), "spec", "controllerName");
        boolean accepted = Docs.maps(found.get(), "status", "conditions").stream()
                .anyMatch(each -> Docs.text(each, "type").equals("Accepted")
                        && Docs.text(each, "status").equals("True"));
        if (!accepted) {
            findings.problem(
                    "gateway-class",
                    id,
                    "is not accepted by its controller '" + controller + "'",
                    "see: kubectl describe gatewayclass " + name + "; is the controller running?");
            return;
        }
        List<String> supported = new ArrayList<>(Docs.texts(found.get(), "status", "supportedFeatures"));
        Docs.maps(found.get(), "status", "supportedFeatures").forEach(each -> supported.add(Docs.text(each, "name")));
        if (supported.isEmpty()) {
            findings.unchecked(
                    id, "its controller '" + controller + "' publishes no supportedFeatures", "look into its manual");
            return;
        }
        NeededFeatures.of(manifests).forEach((feature, apis) -> {
            if (!supported.contains(feature)) {
                findings.problem(
                        "gateway-feature",
                        id,
                        "does not support " + feature + (apis.isEmpty() ? "" : ", which " + apis + " need"),
                        "say supportedFeatures(…) to the dialect as the class has them");
            }
        });
    }
}
