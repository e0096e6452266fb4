package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for what is wrong with the objects of a mesh: Istio's, those of Gateway API, and core ones beside them. Foreign
 * objects are looked at as well as ours.
 *
 * <p>The more is given the more is found: a rule that needs the Services, Workloads, Namespaces or ServiceAccounts of a
 * namespace says nothing while none of them is given. {@link LintCode} lists what is looked for.
 */
public final class Lint {
    private static final List<Rule> RULES = List.of(
            new UnknownDestinations(),
            new UnknownGateways(),
            new MeshHosts(),
            new Matches(),
            new Gateways(),
            new IngressSubsets(),
            new ClaimRoutes(),
            new Subsets(),
            new RuleHosts(),
            new OutboundTls(),
            new Ejections(),
            new ServiceEntries(),
            new Sidecars(),
            new EgressBypasses(),
            new Identities(),
            new Selections(),
            new Waypoints(),
            new ControlPlane(),
            new Ports(),
            new HttpRoutes(),
            new Reopened(),
            new Tokens(),
            new RequestParts(),
            new HttpOnTcp(),
            new UnknownFields(),
            new GatewayTls(),
            new StrictPeers());

    private Lint() {}

    /**
     * Looks at objects.
     *
     * @param manifests in any order; of one object given twice the first counts
     * @return sorted by object, field, code and message; empty if nothing was found
     */
    public static List<Finding> of(Collection<Manifest> manifests) {
        Scene scene = new Scene(manifests);
        Report report = new Report();
        RULES.forEach(rule -> rule.check(scene, report));
        return report.findings();
    }

    /**
     * Looks at the objects of a text, and tells the line of each finding.
     *
     * @param text any number of YAML documents, read as {@link ManifestYaml#readAny} reads them
     * @param namespace of objects that do not say it
     * @return sorted by object, field, code and message; empty if nothing was found
     * @throws IllegalArgumentException if the text cannot be read; the message says where and why
     */
    public static List<Finding> yaml(String text, String namespace) {
        List<Manifest> manifests = ManifestYaml.readAny(text, namespace);
        List<Finding> findings = of(manifests);
        if (findings.isEmpty()) {
            return findings;
        }
        List<SourceLines> sources = SourceLines.of(text);
        Map<String, SourceLines> lines = new LinkedHashMap<>();
        for (int i = 0; i < manifests.size() && manifests.size() == sources.size(); i++) {
            lines.putIfAbsent(manifests.get(i).id(), sources.get(i));
        }
        return findings.stream()
                .map(finding -> {
                    SourceLines source = lines.get(finding.object());
                    return source == null ? finding : finding.at(source.of(finding.field(), 0));
                })
                .toList();
    }
}
