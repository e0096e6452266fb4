package dev.lintel.mesh.kyma;

import dev.lintel.core.Names;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.istio.IngressGateway;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.istio.IstioVersion;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Kyma: {@code gateway.kyma-project.io/v2} APIRule for what it can say, and Istio's own objects beside it. What an APIRule
 * cannot say of an API (routes, splits, claims and more) is said by Istio's objects instead of an APIRule, unless that is
 * not wanted.
 *
 * @param domain hosts are {@code {api}.{namespace}.{domain}}
 * @param gateway the gateway by which requests enter, as {@code namespace/name}
 * @param fallback whether an API is exposed by Istio's own objects where an APIRule cannot say it; it is refused otherwise
 * @param version the line of Istio that is installed
 * @see <a href="https://kyma-project.io/external-content/api-gateway/docs/user/custom-resources/apirule/04-10-apirule-custom-resource.html">Kyma,
 *     APIRule</a>
 */
public record KymaDialect(String domain, String gateway, boolean fallback, IstioVersion version) implements Dialect {
    /** How the world answers where it differs from the standard; {@link KymaDeviations} has the words. */
    public static final Statuses STATUSES = new Statuses(403, 403, 404, 401, false);

    /** Checks the names. */
    public KymaDialect {
        Objects.requireNonNull(version, "version");
        Names.host("x." + domain);
        int slash = gateway.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "a gateway must be namespace/name, as in 'kyma-system/kyma-gateway', but was '" + gateway + "'");
        }
        Names.label("the gateway's namespace", gateway.substring(0, slash));
        Names.label("the gateway's name", gateway.substring(slash + 1));
    }

    /**
     * Kyma as its modules set it up, hosts below {@code localhost}.
     *
     * @return the dialect
     */
    public static KymaDialect kyma() {
        return new KymaDialect(World.LOCALHOST, "kyma-system/kyma-gateway", true, IstioVersion.NEWEST);
    }

    /**
     * The same dialect with hosts below another domain.
     *
     * @param name for example {@code example.com}
     * @return a new value
     */
    public KymaDialect domain(String name) {
        return new KymaDialect(name, gateway, fallback, version);
    }

    /**
     * The same dialect with another gateway.
     *
     * @param name for example {@code kyma-system/kyma-gateway}
     * @return a new value
     */
    public KymaDialect gateway(String name) {
        return new KymaDialect(domain, name, fallback, version);
    }

    /**
     * The same dialect without the way out: an API that an APIRule cannot say is refused.
     *
     * @return a new value
     */
    public KymaDialect onlyApiRules() {
        return new KymaDialect(domain, gateway, false, version);
    }

    /**
     * The same dialect for another line of Istio.
     *
     * @param line the line that is installed
     * @return a new value
     */
    public KymaDialect version(IstioVersion line) {
        return new KymaDialect(domain, gateway, fallback, line);
    }

    @Override
    public String name() {
        return "kyma";
    }

    @Override
    public World world() {
        return new World(domain);
    }

    @Override
    public Written write(MeshModel model) {
        return new KymaWriter(this).write(model);
    }

    @Override
    public boolean concerns(Deviation deviation, Decided request) {
        return KymaDeviations.concerns(deviation, request);
    }

    @Override
    public Read read(Collection<Manifest> manifests) {
        return Repeated.once(manifests, once -> new KymaReader(this).read(once));
    }

    @Override
    public List<Capability> capabilities() {
        return KymaCapabilities.of(this);
    }

    /** The mesh below, as the controller takes it: its gateway and its trust domain are not to be chosen. */
    IstioDialect istio() {
        return IstioDialect.istio()
                .domain(domain)
                .version(version)
                .ingress(IngressGateway.standard().https(443, "kyma-gateway-certs"));
    }

    /** The identity of the ingress gateway, which the controller writes into all policies. */
    static String principal() {
        return "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";
    }
}
