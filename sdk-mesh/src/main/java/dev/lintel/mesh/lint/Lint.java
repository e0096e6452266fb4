package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.YamlLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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
            new Conditions(),
            new Selections(),
            new Waypoints(),
            new ControlPlane(),
            new Ports(),
            new HttpRoutes(),
            new Reopened(),
            new PeerConflicts(),
            new Issuers(),
            new Tokens(),
            new RequestParts(),
            new HttpOnTcp(),
            new Fields(),
            new Spoken(),
            new Kinds(),
            new Names(),
            new GatewayTls(),
            new StrictPeers(),
            new RefusedPolicies(),
            new RefusedRoutes(),
            new RefusedTraffic(),
            new RefusedServers(),
            new RefusedEntries(),
            new RefusedSidecars());

    /** Where Istio keeps what is for the whole mesh, unless it is told another namespace. */
    private static final String ROOT = "istio-system";

    private Lint() {}

    /**
     * Looks at objects.
     *
     * @param manifests in any order; of one object given twice the first counts
     * @return sorted by object, field, code and message; empty if nothing was found
     */
    public static List<Finding> of(Collection<Manifest> manifests) {
        return of(manifests, ROOT);
    }

    /**
     * Looks at objects of a mesh with another root namespace.
     *
     * @param manifests in any order; of one object given twice the first counts
     * @param root {@code meshConfig.rootNamespace}, whose objects are for the whole mesh
     * @return sorted by object, field, code and message; empty if nothing was found
     */
    public static List<Finding> of(Collection<Manifest> manifests, String root) {
        return of(manifests, root, new Report());
    }

    private static List<Finding> of(Collection<Manifest> manifests, String root, Report report) {
        Scene scene = new Scene(manifests, root);
        RULES.forEach(rule -> rule.check(scene, report));
        return report.findings();
    }

    /**
     * Looks at the objects of a text, also at their metadata as it is written, and tells the line of each finding.
     *
     * @param text any number of YAML documents, and lists of objects in them; what is no object is a finding, and the
     *     others are looked at
     * @param namespace of objects that do not say it
     * @return what is no object, then the others sorted by object, field, code and message; empty if nothing was found
     * @throws IllegalArgumentException if the text is no YAML or too long; the message says where and why
     */
    public static List<Finding> yaml(String text, String namespace) {
        return yaml(text, namespace, ROOT);
    }

    /**
     * Looks at the objects of a text that is for a mesh with another root namespace.
     *
     * @param text as in {@link #yaml(String, String)}
     * @param namespace of objects that do not say it
     * @param root {@code meshConfig.rootNamespace}, whose objects are for the whole mesh
     * @return what is no object, then the others sorted by object, field, code and message; empty if nothing was found
     * @throws IllegalArgumentException if the text is no YAML or too long; the message says where and why
     */
    public static List<Finding> yaml(String text, String namespace, String root) {
        LintText read = LintText.of(text, namespace);
        List<Finding> findings = new ArrayList<>(read.unreadable());
        Report report = new Report();
        read.metadata().forEach(report::add);
        for (Finding finding : of(read.manifests(), root, report)) {
            YamlLines source = read.lines().get(finding.object());
            findings.add(
                    source == null
                            ? finding
                            : finding.at(source.at(finding.field()).line()));
        }
        return List.copyOf(findings);
    }
}
