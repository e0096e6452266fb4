package dev.lintel.kubernetes.preflight;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a cluster before anything is written: whether the control plane, the configuration of the mesh, services,
 * workloads, gateways and certificates are such that objects mean there what they are meant to. It reads, and changes
 * nothing. What the account of the client may not read is told as {@code preflight.unchecked}, and never passes silently.
 *
 * @param rootNamespace where istiod runs
 * @param revision of istiod; empty for those that the namespaces have by their labels
 * @param clock by which certificates are valid or not
 * @param fetch gets the keys of issuers; null for not looking at issuers
 */
public record Preflight(
        String rootNamespace,
        String revision,
        InstantSource clock,
        @Nullable Fetch fetch) {
    /** Checks that nothing is missing. */
    public Preflight {
        Objects.requireNonNull(rootNamespace, "rootNamespace");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(clock, "clock");
    }

    /**
     * A preflight of a mesh as {@code istioctl install} sets it up, which does not look at issuers.
     *
     * @return the preflight
     */
    public static Preflight preflight() {
        return new Preflight("istio-system", "", InstantSource.system(), null);
    }

    /**
     * The same for a mesh whose control plane is elsewhere.
     *
     * @param namespace where istiod runs; {@code istio-system} unless said
     * @return a new value
     */
    public Preflight rootNamespace(String namespace) {
        return new Preflight(namespace, revision, clock, fetch);
    }

    /**
     * The same for one revision of the control plane. Namespaces that have another one by their labels are problems.
     *
     * @param name as in {@code istio.io/rev}
     * @return a new value
     */
    public Preflight revision(String name) {
        return new Preflight(rootNamespace, name, clock, fetch);
    }

    /**
     * The same with another clock.
     *
     * @param source tells the time by which certificates are valid
     * @return a new value
     */
    public Preflight clock(InstantSource source) {
        return new Preflight(rootNamespace, revision, source, fetch);
    }

    /**
     * The same, and the keys of issuers are fetched from where this program runs. The mesh fetches them itself, from
     * elsewhere, so that whatever is found there is a warning.
     *
     * @param by gets a document of at most {@link Fetch#LIMIT} bytes within some seconds, without following redirects
     * @return a new value
     */
    public Preflight fetching(Fetch by) {
        return new Preflight(rootNamespace, revision, clock, Objects.requireNonNull(by, "by"));
    }

    /**
     * Looks at a cluster.
     *
     * @param reader reads documents of it
     * @param wanted what is to be there, and what it means
     * @param prerequisites what a dialect says must be so
     * @return everything that was found
     */
    public PreflightReport check(ClusterReader reader, Target.Wanted wanted, Collection<Problem> prerequisites) {
        List<Manifest> manifests = wanted.manifests();
        Findings findings = new Findings();
        Live live = new Live(reader, findings);
        ClusterNeeds needs = new ClusterNeeds(manifests);
        prefetch(live, needs);
        if (needs.isIstio()) {
            new ControlPlaneCheck(this, live, findings).check(needs, manifests, prerequisites);
        }
        new WorkloadCheck(live, findings).check(needs);
        new ServiceCheck(live, findings).check(needs);
        new ReachCheck(live, findings).check(needs);
        new GatewayCheck(live, findings).check(needs, manifests);
        new CertificateCheck(live, clock, findings).check(needs);
        if (fetch != null) {
            new IssuerCheck(fetch, findings).check(manifests, wanted.model());
        }
        return findings.report();
    }

    private void prefetch(Live live, ClusterNeeds needs) {
        List<String> objects = new ArrayList<>();
        List<String> collections = new ArrayList<>();
        if (needs.isIstio()) {
            objects.add(ControlPlaneCheck.config(rootNamespace, revision));
            collections.add(Revisions.INJECTORS);
            collections.add(Revisions.deployments(rootNamespace));
            collections.add(Live.pods(rootNamespace));
        }
        needs.policies.forEach(each -> {
            objects.add(Live.namespace(each.namespace()));
            collections.add(Live.pods(each.namespace()));
        });
        needs.gateways.forEach(each -> collections.add(Live.pods(each.namespace())));
        needs.ports.forEach(each -> collections.add(Live.services(each.namespace())));
        needs.subsets.forEach(each -> {
            collections.add(Live.pods(each.namespace()));
            collections.add(Live.services(each.namespace()));
        });
        live.prefetch(objects, collections);
    }
}
