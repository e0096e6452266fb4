package dev.lintel.embedded;

import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What runs a service, or one version of it: other processes, or a function in this JVM. Each method answers a new one. */
public final class Workload {
    private final List<Instance> instances;

    private Workload(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    /**
     * Processes that speak HTTP/1.1; they take turns.
     *
     * @param first {@code http://host:port} or {@code https://host:port}
     * @param more further ones
     * @return the workload
     * @throws IllegalArgumentException if a URI says more or less than that
     */
    public static Workload at(URI first, URI... more) {
        List<Instance> instances = new ArrayList<>();
        instances.add(new Instance.Remote(Address.of(first)));
        for (URI uri : more) {
            instances.add(new Instance.Remote(Address.of(uri)));
        }
        return new Workload(instances);
    }

    /**
     * A function in this JVM.
     *
     * @param handler answers each request
     * @return the workload
     */
    public static Workload function(Handler handler) {
        return new Workload(List.of(new Instance.Local(
                call -> handler.handle(new FunctionRequest(call)).answer())));
    }

    /**
     * Says where these processes run, for {@code localityFirst()}: calls go to the workloads nearest to the gateway, as long as
     * enough of them can take calls. A function always runs where the gateway runs.
     *
     * @param locality {@code region}, {@code region/zone} or {@code region/zone/subzone}, for example {@code eu-west/1a}
     * @return a new workload
     * @throws IllegalArgumentException if it has more parts, or an empty one
     * @see GatewaySettings#locality(String)
     */
    public Workload locality(String locality) {
        Locality where = Locality.of(locality);
        return new Workload(instances.stream()
                .map(one -> one instanceof Instance.Remote remote ? new Instance.Remote(remote.address(), where) : one)
                .toList());
    }

    /**
     * These and others together.
     *
     * @param others further ones
     * @return a new workload
     */
    public Workload and(Workload others) {
        List<Instance> both = new ArrayList<>(instances);
        both.addAll(others.instances);
        return new Workload(both);
    }

    Group group() {
        return new Group(instances);
    }
}
