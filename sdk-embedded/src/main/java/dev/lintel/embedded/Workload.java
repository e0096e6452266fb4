package dev.lintel.embedded;

import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What runs a service, or one version of it: other processes, or a function in this JVM. */
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

    Group group() {
        return new Group(instances);
    }
}
