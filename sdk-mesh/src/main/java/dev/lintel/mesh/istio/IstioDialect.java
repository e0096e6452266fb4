package dev.lintel.mesh.istio;

import dev.lintel.core.Names;
import dev.lintel.core.Peer;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.front.FrontSite;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Istio: {@code networking.istio.io/v1} and {@code security.istio.io/v1}. Access is enforced at the destination, by its
 * sidecar or without sidecars by its waypoint, and keyed on the gateway's identity, so that going around the gateway gains
 * nothing and callers inside the mesh go on as before.
 *
 * @param domain hosts are {@code {api}.{namespace}.{domain}}
 * @param ingress the gateway by which requests enter
 * @param trustDomain the first part of every identity in the mesh
 * @param version the line of Istio that is written for
 * @param dataPlane where the mesh enforces what is said
 * @param rootNamespace whose policies and rules are for every namespace
 * @param controlPlane where istiod runs, which every sidecar must reach
 * @param frontImage what runs the proxies of APIs that Lintel serves itself; empty if there is no such image
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/">Istio, Virtual Service</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">Istio, Authorization Policy</a>
 */
public record IstioDialect(
        String domain,
        IngressGateway ingress,
        String trustDomain,
        IstioVersion version,
        DataPlane dataPlane,
        String rootNamespace,
        String controlPlane,
        String frontImage)
        implements Dialect {
    /** How a mesh answers where it differs from the standard; {@link IstioDeviations} has the words. */
    public static final Statuses STATUSES = new Statuses(403, 403, 403, 401, false);

    /** Checks the names. */
    public IstioDialect {
        Objects.requireNonNull(ingress, "ingress");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(dataPlane, "dataPlane");
        Names.host("x." + domain);
        Names.host("x." + trustDomain);
        rootNamespace = Names.label("the root namespace", rootNamespace);
        controlPlane = Names.label("the namespace of the control plane", controlPlane);
        if (!frontImage.equals(frontImage.strip()) || frontImage.length() > 512) {
            throw new IllegalArgumentException("the name of an image has no spaces around it and at most 512 characters");
        }
    }

    /**
     * Istio as {@code istioctl install} sets it up, hosts below {@code localhost}.
     *
     * @return the dialect
     */
    public static IstioDialect istio() {
        return new IstioDialect(
                World.LOCALHOST,
                IngressGateway.standard(),
                "cluster.local",
                IstioVersion.NEWEST,
                DataPlane.SIDECAR,
                "istio-system",
                "istio-system",
                "");
    }

    /**
     * The same dialect with hosts below another domain.
     *
     * @param name for example {@code example.com}
     * @return a new value
     */
    public IstioDialect domain(String name) {
        return new IstioDialect(name, ingress, trustDomain, version, dataPlane, rootNamespace, controlPlane, frontImage);
    }

    /**
     * The same dialect with another gateway.
     *
     * @param gateway the gateway by which requests enter
     * @return a new value
     */
    public IstioDialect ingress(IngressGateway gateway) {
        return new IstioDialect(domain, gateway, trustDomain, version, dataPlane, rootNamespace, controlPlane, frontImage);
    }

    /**
     * The same dialect for a mesh with another trust domain.
     *
     * @param name {@code meshConfig.trustDomain}
     * @return a new value
     */
    public IstioDialect trustDomain(String name) {
        return new IstioDialect(domain, ingress, name, version, dataPlane, rootNamespace, controlPlane, frontImage);
    }

    /**
     * The same dialect for another line of Istio.
     *
     * @param line the line that is installed
     * @return a new value
     */
    public IstioDialect version(IstioVersion line) {
        return new IstioDialect(domain, ingress, trustDomain, line, dataPlane, rootNamespace, controlPlane, frontImage);
    }

    /**
     * The same dialect for a mesh without sidecars.
     *
     * @return a new value
     */
    public IstioDialect ambient() {
        return new IstioDialect(domain, ingress, trustDomain, version, DataPlane.AMBIENT, rootNamespace, controlPlane, frontImage);
    }

    /**
     * The same dialect for a mesh with another root namespace. Only what somebody else wrote is read by it: what is written
     * here lives in the namespaces that it is about.
     *
     * @param name {@code meshConfig.rootNamespace}; {@code istio-system} unless said
     * @return a new value
     */
    public IstioDialect rootNamespace(String name) {
        return new IstioDialect(domain, ingress, trustDomain, version, dataPlane, name, controlPlane, frontImage);
    }

    /**
     * The same dialect for a mesh whose control plane runs elsewhere. Where something is said about what may leave, its
     * namespace stays within reach.
     *
     * @param name the namespace of istiod; {@code istio-system} unless said, whatever the root namespace is
     * @return a new value
     */
    public IstioDialect controlPlane(String name) {
        return new IstioDialect(domain, ingress, trustDomain, version, dataPlane, rootNamespace, name, frontImage);
    }

    /**
     * The same dialect for APIs that Lintel serves itself: each is deployed as a proxy.
     *
     * @param name of an image that runs the command line of Lintel, best with its digest; there is no default
     * @return a new value
     */
    public IstioDialect frontImage(String name) {
        return new IstioDialect(
                domain, ingress, trustDomain, version, dataPlane, rootNamespace, controlPlane, name);
    }

    /** Where proxies of fronts run. */
    FrontSite fronts() {
        return new FrontSite(frontImage, ingress.namespace(), ingress.labels(), controlPlane);
    }

    @Override
    public List<Capability> capabilities() {
        return IstioCapabilities.of(this);
    }

    @Override
    public String name() {
        return "istio";
    }

    @Override
    public World world() {
        return new World(domain);
    }

    @Override
    public Written write(MeshModel model) {
        return new ModelWriter(this).write(model);
    }

    @Override
    public boolean concerns(Deviation deviation, Decided request) {
        return IstioDeviations.concerns(deviation, request);
    }

    @Override
    public Read read(Collection<Manifest> manifests) {
        return Repeated.once(manifests, once -> new ModelReader(this).read(once));
    }

    /** The identity of the ingress gateway. */
    String principal() {
        return ingress.principal(trustDomain);
    }

    /** The identity of a workload, as its certificate says it without the scheme. */
    String principal(Peer workload) {
        return trustDomain + "/ns/" + workload.namespace() + "/sa/" + workload.name();
    }
}
