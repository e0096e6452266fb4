package dev.lintel.kubernetes.preflight;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.YamlTrees;
import dev.lintel.mesh.istio.IstioVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control plane of Istio: its version, and what stands in the configuration of the mesh.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/">Istio, Global Mesh Options</a>
 */
final class ControlPlaneCheck {
    private static final Pattern AUTHORIZER = Pattern.compile("grpcs?://([^ /:]+):(\\d+) .*failOpen=(true|false).*");
    private static final String NORMALIZATION = "DECODE_AND_MERGE_SLASHES";
    private static final String DOMAIN = "cluster.local";

    private final Preflight preflight;
    private final Live live;
    private final Findings findings;

    ControlPlaneCheck(Preflight preflight, Live live, Findings findings) {
        this.preflight = preflight;
        this.live = live;
        this.findings = findings;
    }

    /** The ConfigMap in which the configuration of the mesh stands for a revision. */
    static String config(String root, String revision) {
        return Live.namespace(root) + "/configmaps/istio"
                + (revision.isEmpty() || revision.equals(Revisions.DEFAULT) ? "" : "-" + revision);
    }

    void check(ClusterNeeds needs, Collection<Manifest> manifests, Collection<Problem> prerequisites) {
        Set<String> inForce = inForce(needs);
        try {
            Map<String, Set<String>> versions = new Revisions(live, preflight.rootNamespace()).versions();
            inForce.forEach(revision -> version(revision, versions));
        } catch (Unread told) {
            // What could not be read has been told.
        }
        for (String revision : inForce) {
            try {
                mesh(revision, needs, manifests, prerequisites);
            } catch (Unread told) {
                // What could not be read has been told.
            }
        }
    }

    /** The revisions that namespaces have by their labels; the one that was said where none has any. */
    private Set<String> inForce(ClusterNeeds needs) {
        String looked = preflight.revision().isEmpty() ? Revisions.DEFAULT : preflight.revision();
        Set<String> inForce = new LinkedHashSet<>();
        try {
            Map<String, String> named = new Revisions(live, preflight.rootNamespace()).named();
            Set<String> namespaces = new LinkedHashSet<>();
            needs.policies.forEach(each -> namespaces.add(each.namespace()));
            for (String namespace : namespaces) {
                String said = live.object(Live.namespace(namespace))
                        .map(Revisions::said)
                        .orElse(null);
                if (said != null) {
                    revision(namespace, said, named).ifPresent(inForce::add);
                }
            }
        } catch (Unread told) {
            // What could not be read has been told.
        }
        if (!preflight.revision().isEmpty() || inForce.isEmpty()) {
            inForce.add(looked);
        }
        return inForce;
    }

    private Optional<String> revision(String namespace, String said, Map<String, String> named) {
        String revision = named.get(said);
        if (named.isEmpty()) {
            findings.warning(
                    "revision",
                    "Namespace " + namespace,
                    "is labelled for the revision '" + said + "' of istiod, and there is no injector of '"
                            + preflight.rootNamespace() + "': where none is elsewhere, new Pods get no sidecar",
                    "say preflight().rootNamespace(…) as the mesh is installed");
            return Optional.empty();
        }
        if (revision == null) {
            findings.problem(
                    "revision",
                    "Namespace " + namespace,
                    "is labelled for the revision '" + said + "' of istiod, and there is no injector of that name in '"
                            + preflight.rootNamespace() + "': there is " + String.join(", ", named.keySet())
                            + "; new Pods get no sidecar",
                    "kubectl label namespace " + namespace + " istio-injection- istio.io/rev="
                            + named.keySet().iterator().next() + " --overwrite");
            return Optional.empty();
        }
        if (!preflight.revision().isEmpty() && !preflight.revision().equals(revision)) {
            findings.problem(
                    "revision",
                    "Namespace " + namespace,
                    "has the revision '" + revision + "' of istiod by its labels, and not '" + preflight.revision()
                            + "'",
                    "say preflight().revision(\"" + revision + "\"), or label it for the other");
        }
        return Optional.of(revision);
    }

    private void version(String revision, Map<String, Set<String>> versions) {
        String istiod = "istiod " + (revision.equals(Revisions.DEFAULT) ? "" : "'" + revision + "' ") + "in "
                + preflight.rootNamespace();
        List<String> known =
                Arrays.stream(IstioVersion.values()).map(IstioVersion::toString).toList();
        String range = known.get(0) + " to " + known.get(known.size() - 1);
        Set<String> found = versions.getOrDefault(revision, Set.of());
        if (found.isEmpty()) {
            findings.warning(
                    "istio-version",
                    istiod,
                    "has no Deployment and no Pod of revision '" + revision + "' whose image tells its version: "
                            + range + " is written for",
                    "compare with: istioctl version");
        }
        for (String version : found) {
            if (!known.contains(version)) {
                findings.problem(
                        "istio-version",
                        istiod,
                        "is Istio " + version + ", and only " + range + " is known",
                        "use a version of these, or a newer Lintel");
            }
        }
    }

    private void mesh(
            String revision, ClusterNeeds needs, Collection<Manifest> manifests, Collection<Problem> prerequisites)
            throws Unread {
        String path = config(preflight.rootNamespace(), revision);
        Optional<Map<?, ?>> map = live.object(path);
        String name = "ConfigMap " + preflight.rootNamespace() + "/" + path.substring(path.lastIndexOf('/') + 1);
        if (map.isEmpty()) {
            findings.unchecked(
                    name,
                    "it is not there, so that the configuration of the mesh is not known",
                    "say preflight().rootNamespace(…) and revision(…) as the mesh is installed");
            return;
        }
        Map<?, ?> mesh;
        try {
            List<Object> documents = YamlTrees.read(Docs.text(map.get(), "data", "mesh"));
            mesh = documents.isEmpty() ? Map.of() : Docs.map(documents.get(0));
        } catch (IllegalArgumentException e) {
            findings.unchecked(name, "its 'mesh' is no YAML", "mend it");
            return;
        }
        normalization(name, mesh, prerequisites);
        providers(name, mesh, needs, prerequisites);
        trust(name, mesh, manifests);
        egress(name, mesh, manifests);
        new MeshDefaultsCheck(live, findings, name, mesh).check(manifests, prerequisites);
        String root = Docs.text(mesh, "rootNamespace");
        if (!root.isEmpty() && !root.equals(preflight.rootNamespace())) {
            findings.warning(
                    "root-namespace",
                    name,
                    "says rootNamespace '" + root + "', and '" + preflight.rootNamespace()
                            + "' was looked at: policies there are for every workload",
                    "say rootNamespace(\"" + root + "\") to the dialect and to the preflight");
        }
    }

    private void normalization(String name, Map<?, ?> mesh, Collection<Problem> prerequisites) {
        String said = Docs.text(mesh, "pathNormalization", "normalization");
        findings.judge("istio.path-normalization");
        if (said.equals(NORMALIZATION)) {
            return;
        }
        for (Problem each : prerequisites) {
            if (each.code().equals("istio.path-normalization")) {
                findings.problem(
                        "path-normalization",
                        name,
                        "says pathNormalization " + (said.isEmpty() ? "nothing, which is BASE" : said) + ", for "
                                + each.path() + " " + each.message(),
                        each.hint());
            }
        }
    }

    private void providers(String name, Map<?, ?> mesh, ClusterNeeds needs, Collection<Problem> prerequisites) {
        findings.judge("istio.extension-provider");
        needs.providers.forEach((provider, policy) -> {
            String hint = prerequisites.stream()
                    .filter(each -> each.code().equals("istio.extension-provider"))
                    .filter(each -> each.message().contains("'" + provider + "'"))
                    .map(Problem::hint)
                    .findFirst()
                    .orElse("add it to meshConfig.extensionProviders");
            Optional<Map<?, ?>> there = Docs.maps(mesh, "extensionProviders").stream()
                    .filter(each -> Docs.text(each, "name").equals(provider))
                    .findFirst();
            if (there.isEmpty()) {
                findings.problem(
                        "extension-provider",
                        policy.id(),
                        "asks '" + provider + "', which is none of the extensionProviders in " + name
                                + ": every request that it is about is answered 403",
                        hint);
                return;
            }
            Matcher asked = AUTHORIZER.matcher(policy.annotations().getOrDefault("lintel.dev/authorizer", ""));
            if (asked.matches()) {
                Map<?, ?> grpc = Docs.map(there.get(), "envoyExtAuthzGrpc");
                List<String> differs = new ArrayList<>();
                if (!Docs.text(grpc, "port").equals(asked.group(2))) {
                    differs.add("port is '" + Docs.text(grpc, "port") + "' and not " + asked.group(2));
                }
                if (!isService(Docs.text(grpc, "service"), asked.group(1))) {
                    differs.add("service is '" + Docs.text(grpc, "service") + "' and not " + asked.group(1));
                }
                boolean open = Docs.text(grpc, "failOpen").equals("true");
                if (open != asked.group(3).equals("true")) {
                    differs.add("failOpen is " + open);
                }
                if (!differs.isEmpty()) {
                    findings.problem(
                            "extension-provider",
                            policy.id(),
                            "asks '" + provider + "', which is another one in " + name + ": "
                                    + String.join(", ", differs),
                            hint);
                }
            }
        });
    }

    /** A provider names its service in full, or as {@code namespace/host}; an authorizer also as {@code name.namespace}. */
    private static boolean isService(String provider, String asked) {
        String host = provider.substring(provider.indexOf('/') + 1);
        return host.equals(asked) || host.equals(asked + ".svc.cluster.local") || host.equals(asked + ".cluster.local");
    }

    /** Identities begin with the trust domain: with another one no rule about callers ever matches. */
    private void trust(String name, Map<?, ?> mesh, Collection<Manifest> manifests) {
        String said = Docs.text(mesh, "trustDomain");
        Set<String> known = new LinkedHashSet<>(Docs.texts(mesh, "trustDomainAliases"));
        known.add(said.isEmpty() ? DOMAIN : said);
        Set<String> told = new LinkedHashSet<>();
        for (Manifest policy : manifests) {
            if (!policy.kind().equals(ClusterNeeds.AUTHORIZATION)) {
                continue;
            }
            for (String principal : principals(policy)) {
                int end = principal.indexOf("/ns/");
                String domain = end < 0 ? "" : principal.substring(0, end);
                if (!domain.isEmpty() && !domain.startsWith("*") && !known.contains(domain) && told.add(domain)) {
                    findings.problem(
                            "trust-domain",
                            policy.id(),
                            "names callers of the trust domain '" + domain + "', and " + name + " says "
                                    + String.join(", ", known) + ": nobody is ever called so",
                            "say trustDomain(\"" + (said.isEmpty() ? DOMAIN : said) + "\") to the dialect");
                }
            }
        }
    }

    static List<String> principals(Manifest policy) {
        List<String> all = new ArrayList<>();
        for (Map<?, ?> rule : Docs.maps(policy.spec(), "rules")) {
            for (Map<?, ?> from : Docs.maps(rule, "from")) {
                all.addAll(Docs.texts(from, "source", "principals"));
                all.addAll(Docs.texts(from, "source", "notPrincipals"));
            }
        }
        return all;
    }

    /** A Sidecar that says no mode of its own takes that of the mesh, which lets everything out unless it says otherwise. */
    private void egress(String name, Map<?, ?> mesh, Collection<Manifest> manifests) {
        boolean closed = Docs.text(mesh, "outboundTrafficPolicy", "mode").equals("REGISTRY_ONLY");
        for (Manifest each : manifests) {
            if (each.kind().equals("Sidecar")
                    && !closed
                    && Docs.text(each.spec(), "outboundTrafficPolicy", "mode").isEmpty()) {
                findings.problem(
                        "outbound-policy",
                        each.id(),
                        "says no outboundTrafficPolicy, and " + name
                                + " is not REGISTRY_ONLY: whatever is not listed leaves as well",
                        "set outboundTrafficPolicy.mode: REGISTRY_ONLY in the configuration of the mesh");
            }
        }
    }
}
