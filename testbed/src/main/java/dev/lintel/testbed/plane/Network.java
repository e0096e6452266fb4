package dev.lintel.testbed.plane;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge that workloads are plugged into: one way to this machine, and none out of it.
 *
 * <p>The bridge lies in a sandbox, so that it goes with it. Its address is fixed: it would else take the lowest of those
 * that are plugged in, and each new workload could take everybody's neighbour from them for seconds.
 */
final class Network implements AutoCloseable {
    private static final int FIRST = 64;
    private static final int LAST = 127;
    private static final String ETHERNET = "02:7b:00:00:00:01";

    private final Sandbox hub;
    private final int number;
    private final AtomicInteger taken = new AtomicInteger();

    private Network(Sandbox hub, int number) {
        this.hub = hub;
        this.number = number;
    }

    /**
     * Makes one, beside others that are there.
     *
     * @throws IllegalStateException if 64 are there already
     */
    static Network create(Path folder, Path programs) {
        Sandbox hub = Sandbox.open("hub", folder, programs, "");
        try {
            Network network = new Network(hub, connect(hub));
            String[] bridge = {"ip", "link", "add", "br0", "address", ETHERNET, "type", "bridge", "forward_delay", "0"};
            hub.run(List.of(bridge));
            hub.run(List.of("ip", "addr", "add", network.gateway() + "/16", "dev", "br0"));
            hub.run(List.of("ip", "link", "set", "br0", "up"));
            hub.run(List.of("ip", "link", "set", "machine", "master", "br0", "up"));
            String ours = name(network.number);
            Sandbox.runHere(List.of("ip", "addr", "add", network.machine() + "/16", "dev", ours));
            Sandbox.runHere(List.of("ip", "link", "set", ours, "up"));
            return network;
        } catch (RuntimeException e) {
            hub.close();
            throw e;
        }
    }

    /** The name of a link is taken once: who gets it has the number. */
    private static int connect(Sandbox hub) {
        IllegalStateException last = new IllegalStateException("no number was tried");
        for (int number = FIRST; number <= LAST; number++) {
            try {
                Sandbox.runHere(List.of(
                        "ip",
                        "link",
                        "add",
                        name(number),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        "machine",
                        "netns",
                        Long.toString(hub.pid())));
                return number;
            } catch (IllegalStateException e) {
                last = e;
            }
        }
        throw last;
    }

    private static String name(int number) {
        return "lintel" + number;
    }

    private String gateway() {
        return "10." + number + ".0.1";
    }

    /** The address of this machine in it. */
    String machine() {
        return "10." + number + ".255.254";
    }

    /**
     * Plugs a workload in.
     *
     * @return the address that it has now
     */
    String plug(Sandbox workload) {
        int count = taken.incrementAndGet();
        String address = "10." + number + "." + (1 + count / 250) + "." + (1 + count % 250);
        String link = "w" + count;
        String target = Long.toString(workload.pid());
        hub.run(List.of("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", target));
        hub.run(List.of("ip", "link", "set", link, "master", "br0", "up"));
        workload.run(List.of("ip", "addr", "add", address + "/16", "dev", "eth0"));
        workload.run(List.of("ip", "link", "set", "eth0", "up"));
        // Connections to the address of a Service, which nobody has, must get as far as the redirection.
        workload.run(List.of("ip", "route", "add", "default", "via", gateway()));
        return address;
    }

    /** How names are resolved in a namespace: the sidecar catches the questions, and asks here for what it does not know. */
    String resolver(String namespace) {
        return "search " + namespace + ".svc.cluster.local svc.cluster.local\nnameserver " + machine()
                + "\noptions timeout:1 attempts:2\n";
    }

    @Override
    public void close() {
        hub.close();
    }
}
