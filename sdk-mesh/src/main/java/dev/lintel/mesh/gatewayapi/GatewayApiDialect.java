package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Names;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.istio.IngressGateway;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gateway API: {@code gateway.networking.k8s.io/v1}. Hosts, routes and shares of versions are said by it alone; tokens,
 * callers and breakers have no portable form there, and are said by the objects of an extension, or refused.
 *
 * @param domain hosts are {@code {api}.{namespace}.{domain}}
 * @param gatewayClass the class of the gateway
 * @param gateway the gateway by which requests enter
 * @param extension who implements Gateway API
 * @param version the release of Gateway API that is written for
 * @param features what the implementation supports, by the names in {@code GatewayClass.status.supportedFeatures}
 * @param trustDomain the first part of every identity, where the extension is Istio
 * @param rootNamespace whose policies are for every namespace, where the extension is Istio
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/">Gateway API, API specification</a>
 */
public record GatewayApiDialect(
        String domain,
        String gatewayClass,
        SharedGateway gateway,
        Extension extension,
        GatewayApiVersion version,
        Set<String> features,
        String trustDomain,
        String rootNamespace)
        implements Dialect {
    /** Checks the names and keeps the features sorted. */
    public GatewayApiDialect {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(version, "version");
        Names.host("x." + domain);
        Names.host("x." + trustDomain);
        Names.host("x." + gatewayClass);
        rootNamespace = Names.label("the root namespace", rootNamespace);
        features = Collections.unmodifiableSet(new TreeSet<>(features));
    }

    /**
     * Gateway API with Istio, class {@code istio}, hosts below {@code localhost}. For others say {@link #extension} and
     * {@link #gatewayClass}: {@code extension(Extension.ENVOY_GATEWAY).gatewayClass("eg")}, or {@code Extension.NONE} for the
     * standard alone.
     *
     * @return the dialect
     */
    public static GatewayApiDialect gatewayApi() {
        return new GatewayApiDialect(
                World.LOCALHOST,
                "istio",
                SharedGateway.standard(),
                Extension.ISTIO,
                GatewayApiVersion.NEWEST,
                Features.known(Extension.ISTIO, GatewayApiVersion.NEWEST),
                "cluster.local",
                "istio-system");
    }

    /**
     * The same dialect with hosts below another domain.
     *
     * @param name for example {@code example.com}
     * @return a new value
     */
    public GatewayApiDialect domain(String name) {
        return new GatewayApiDialect(
                name, gatewayClass, gateway, extension, version, features, trustDomain, rootNamespace);
    }

    /**
     * The same dialect with a gateway of another class.
     *
     * @param name the name of a {@code GatewayClass}
     * @return a new value
     */
    public GatewayApiDialect gatewayClass(String name) {
        return new GatewayApiDialect(domain, name, gateway, extension, version, features, trustDomain, rootNamespace);
    }

    /**
     * The same dialect with another gateway.
     *
     * @param shared the gateway by which requests enter
     * @return a new value
     */
    public GatewayApiDialect gateway(SharedGateway shared) {
        return new GatewayApiDialect(
                domain, gatewayClass, shared, extension, version, features, trustDomain, rootNamespace);
    }

    /**
     * The same dialect for another implementation, with the features that it is known to support. The class of the gateway
     * stays what it is: say {@link #gatewayClass} as well.
     *
     * @param implementation who implements Gateway API
     * @return a new value
     */
    public GatewayApiDialect extension(Extension implementation) {
        Set<String> known = Features.known(implementation, version);
        return new GatewayApiDialect(
                domain, gatewayClass, gateway, implementation, version, known, trustDomain, rootNamespace);
    }

    /**
     * The same dialect for another release, with the features that the implementation is known to support there.
     *
     * @param release the release whose resources are installed
     * @return a new value
     */
    public GatewayApiDialect version(GatewayApiVersion release) {
        Set<String> known = Features.known(extension, release);
        return new GatewayApiDialect(
                domain, gatewayClass, gateway, extension, release, known, trustDomain, rootNamespace);
    }

    /**
     * The same dialect for an implementation that says itself what it supports.
     *
     * @param names as in {@code GatewayClass.status.supportedFeatures}
     * @return a new value
     */
    public GatewayApiDialect supportedFeatures(Set<String> names) {
        return new GatewayApiDialect(
                domain, gatewayClass, gateway, extension, version, names, trustDomain, rootNamespace);
    }

    /**
     * The same dialect for a mesh with another trust domain.
     *
     * @param name {@code meshConfig.trustDomain}
     * @return a new value
     */
    public GatewayApiDialect trustDomain(String name) {
        return new GatewayApiDialect(domain, gatewayClass, gateway, extension, version, features, name, rootNamespace);
    }

    /**
     * The same dialect for a mesh with another root namespace, whose policies count for what enters. Only what somebody else
     * wrote is read by it.
     *
     * @param name {@code meshConfig.rootNamespace}; {@code istio-system} unless said
     * @return a new value
     */
    public GatewayApiDialect rootNamespace(String name) {
        return new GatewayApiDialect(domain, gatewayClass, gateway, extension, version, features, trustDomain, name);
    }

    @Override
    public String name() {
        return "gateway-api";
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
        return GatewayApiDeviations.concerns(deviation, request);
    }

    @Override
    public Read read(Collection<Manifest> manifests) {
        return Repeated.once(manifests, once -> new ModelReader(this).read(once));
    }

    @Override
    public List<Capability> capabilities() {
        return GatewayApiCapabilities.of(this);
    }

    /** Whether it is supported, and the release that is written for has a field for it: others are dropped without a word. */
    boolean supports(String feature) {
        GatewayApiVersion since = Features.since(feature);
        return features.contains(feature) && (since == null || version.isAtLeast(since));
    }

    /** Istio's own dialect, by which its objects are written and read; it gives the gateway's pods this identity. */
    IstioDialect mesh() {
        IngressGateway ingress = IngressGateway.standard().at(gateway.namespace(), gateway.name() + "-" + gatewayClass);
        return IstioDialect.istio()
                .domain(domain)
                .trustDomain(trustDomain)
                .rootNamespace(rootNamespace)
                .ingress(ingress);
    }

    /** The same for a gateway of anybody, given by namespace and name, whose pods are told by that name. */
    IstioDialect mesh(String of) {
        int slash = of.indexOf('/');
        String name = of.substring(slash + 1);
        IngressGateway ingress = IngressGateway.standard()
                .at(of.substring(0, slash), name + "-" + gatewayClass)
                .selectedBy(Reach.GATEWAY_NAME, name);
        return IstioDialect.istio()
                .domain(domain)
                .trustDomain(trustDomain)
                .rootNamespace(rootNamespace)
                .ingress(ingress);
    }
}
