package dev.lintel.kubernetes.preflight;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the configuration of the mesh says about all proxies and namespaces, as far as objects rest on it.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/">Istio, Global Mesh Options</a>
 */
final class MeshDefaultsCheck {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Live live;
    private final Findings findings;
    private final String name;
    private final Map<?, ?> mesh;

    /**
     * A check.
     *
     * @param name the ConfigMap, for messages
     * @param mesh what it says
     */
    MeshDefaultsCheck(Live live, Findings findings, String name, Map<?, ?> mesh) {
        this.live = live;
        this.findings = findings;
        this.name = name;
        this.mesh = mesh;
    }

    void check(Collection<Manifest> manifests, Collection<Problem> prerequisites) throws Unread {
        mutualTls(manifests);
        interception(manifests);
        names(prerequisites);
        hidden(manifests);
    }

    /** Proxies show their identities to each other by themselves, unless that is switched off. */
    private void mutualTls(Collection<Manifest> manifests) {
        if (!Docs.text(mesh, "enableAutoMtls").equals("false")) {
            return;
        }
        manifests.stream()
                .filter(each -> each.kind().equals("PeerAuthentication")
                                && Docs.text(each.spec(), "mtls", "mode").equals("STRICT")
                        || each.kind().equals(ClusterNeeds.AUTHORIZATION)
                                && !ControlPlaneCheck.principals(each).isEmpty())
                .findFirst()
                .ifPresent(each -> findings.problem(
                        "auto-mtls",
                        name,
                        "says enableAutoMtls: false, and " + each.id()
                                + " asks who calls: proxies call in plain text, and are refused",
                        "leave enableAutoMtls out, which is true then"));
    }

    /** A proxy to which nothing is redirected sees those calls only that go to its own ports. */
    private void interception(Collection<Manifest> manifests) {
        String mode = Docs.text(mesh, "defaultConfig", "interceptionMode");
        boolean policies = manifests.stream().anyMatch(each -> each.apiVersion().startsWith("security.istio.io/"));
        if (mode.equals("NONE") && policies) {
            findings.problem(
                    "interception",
                    name,
                    "says defaultConfig.interceptionMode: NONE: calls reach workloads around their sidecars, where no policy"
                            + " holds",
                    "leave defaultConfig.interceptionMode out, which is REDIRECT then");
        }
    }

    private void names(Collection<Problem> prerequisites) {
        findings.judge("istio.elsewhere-name");
        String said = Docs.text(mesh, "defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE");
        if (said.equals("true")) {
            return;
        }
        prerequisites.stream()
                .filter(each -> each.code().equals("istio.elsewhere-name"))
                .forEach(each -> findings.problem(
                        "dns-capture",
                        name,
                        "says defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE "
                                + (said.isEmpty() ? "nothing" : "'" + said + "'") + ", for " + each.path() + " "
                                + each.message(),
                        each.hint()));
    }

    /** What is in a namespace that no selector selects is not there for istiod. */
    private void hidden(Collection<Manifest> manifests) throws Unread {
        List<Map<?, ?>> selectors = Docs.maps(mesh, "discoverySelectors");
        if (selectors.isEmpty()) {
            return;
        }
        Set<String> namespaces = new TreeSet<>();
        manifests.stream()
                .filter(each -> each.apiVersion().contains("istio.io/"))
                .forEach(each -> namespaces.add(each.namespace()));
        for (String namespace : namespaces) {
            Optional<Map<?, ?>> there = live.object(Live.namespace(namespace));
            Map<String, String> labels =
                    there.map(each -> Docs.labels(each, "metadata", "labels")).orElse(Map.of(NAME_LABEL, namespace));
            if (selectors.stream().noneMatch(selector -> selects(selector, labels))) {
                findings.problem(
                        "hidden-namespace",
                        "Namespace " + namespace,
                        "is selected by none of the " + selectors.size() + " discoverySelectors in " + name
                                + ": istiod reads nothing of it, so that objects there have no effect",
                        "give it the labels of one of them, or add it: - matchLabels: {" + NAME_LABEL + ": " + namespace
                                + "}");
            }
        }
    }

    /** As Kubernetes reads label selectors; an operator that is not known selects nothing. */
    private static boolean selects(Map<?, ?> selector, Map<String, String> labels) {
        return labels.entrySet()
                        .containsAll(Docs.labels(selector, "matchLabels").entrySet())
                && Docs.maps(selector, "matchExpressions").stream().allMatch(each -> {
                    String value = labels.get(Docs.text(each, "key"));
                    List<String> values = Docs.texts(each, "values");
                    return switch (Docs.text(each, "operator")) {
                        case "In" -> value != null && values.contains(value);
                        case "NotIn" -> value == null || !values.contains(value);
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> false;
                    };
                });
    }
}
