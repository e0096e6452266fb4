package dev.lintel.traffic.egress;

import dev.lintel.core.EgressDefinition;
import dev.lintel.core.EgressGateway;
import dev.lintel.core.Speaker;
import java.util.Arrays;
import java.util.List;

/**
 * A host outside while it is being defined: who may call it, on which ports, by which way. Each verb answers a new chain.
 *
 * <p>Once one host is defined in a world, nothing else leaves it. Of several hosts that fit a name the narrowest governs
 * alone: {@code api.psp.example} before {@code *.psp.example}.
 */
public final class Egress implements Speaker {
    private final EgressDefinition said;
    private final boolean ports;

    Egress(EgressDefinition said, boolean ports) {
        this.said = said;
        this.ports = ports;
    }

    /**
     * Says which applications may call it; without this, all of the namespace may.
     *
     * @param applications their names, DNS labels
     * @return a new chain
     * @throws IllegalArgumentException if there are none, or if it is said twice
     */
    public Egress onlyFor(String... applications) {
        List<String> all = Applications.of(said.host(), said.onlyFor(), applications);
        return new Egress(
                new EgressDefinition(
                        said.host(),
                        said.namespace(),
                        said.ports(),
                        all,
                        said.privateAddresses(),
                        said.gateway(),
                        said.origin()),
                ports);
    }

    /**
     * Says which ports may be called, in place of 443.
     *
     * @param ports 1 to 65535, and not 25
     * @return a new chain
     * @throws IllegalArgumentException if there are none, if one cannot be called, or if it is said twice
     */
    public Egress ports(int... ports) {
        List<Integer> all = Arrays.stream(ports).boxed().toList();
        if (this.ports) {
            throw new IllegalArgumentException("ports is said twice for '" + said.host()
                    + "': say all ports at once, but was " + said.ports() + " and " + all);
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "ports needs at least one port; leave it out to let '" + said.host() + "' be called on 443");
        }
        return new Egress(
                new EgressDefinition(
                        said.host(),
                        said.namespace(),
                        all,
                        said.onlyFor(),
                        said.privateAddresses(),
                        said.gateway(),
                        said.origin()),
                true);
    }

    /**
     * Lets the host's name point at loopback, link-local and private addresses, as it does where the host is inside the
     * network after all. Without this such addresses are refused: whoever answers for the name could otherwise lead the
     * caller to machines of its own network.
     *
     * @return a new chain
     */
    public Egress allowPrivateAddresses() {
        return new Egress(
                new EgressDefinition(
                        said.host(),
                        said.namespace(),
                        said.ports(),
                        said.onlyFor(),
                        true,
                        said.gateway(),
                        said.origin()),
                ports);
    }

    /**
     * Says that calls leave through the egress gateway that Istio installs, and by no other way.
     *
     * @return a new chain
     * @throws IllegalArgumentException if it is said twice
     * @see EgressGateway#STANDARD
     */
    public Egress throughGateway() {
        return through(EgressGateway.STANDARD);
    }

    /**
     * Says that calls leave through an egress gateway, and by no other way. In a mesh a gateway can be held to by the
     * network, as a proxy beside each workload cannot; the plan says whether it is.
     *
     * @param name the gateway's Kubernetes service
     * @param namespace where it runs
     * @return a new chain
     * @throws IllegalArgumentException if one is no DNS label, or if it is said twice
     */
    public Egress throughGateway(String name, String namespace) {
        return through(new EgressGateway(name, namespace));
    }

    private Egress through(EgressGateway gateway) {
        if (said.gateway() != null) {
            throw new IllegalArgumentException("throughGateway is said twice for '" + said.host()
                    + "': there is one way out, but was " + said.gateway() + " and " + gateway);
        }
        return new Egress(
                new EgressDefinition(
                        said.host(),
                        said.namespace(),
                        said.ports(),
                        said.onlyFor(),
                        said.privateAddresses(),
                        gateway,
                        said.origin()),
                ports);
    }

    /**
     * Ends the chain.
     *
     * @return the definition, to be planned with all others of its world
     */
    public EgressDefinition define() {
        return said;
    }

    /** What has been said so far, in one line. */
    @Override
    public String toString() {
        return said.toString();
    }
}
