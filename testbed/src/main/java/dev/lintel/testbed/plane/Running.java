package dev.lintel.testbed.plane;

import dev.lintel.testbed.Spawned;
import java.util.List;

/** A workload that runs. */
public final class Running implements AutoCloseable {
    /** The loopback is not caught by the sidecar. */
    private static final String PROGRAM = "127.0.0.1:" + Workload.PORT;

    private static final String SCRIPT = "/.script";

    private final Workload workload;
    private final String address;
    private final Sandbox sandbox;
    private final Caller caller;
    private final List<Spawned> programs;
    private final Pods pods;

    Running(Workload workload, String address, Sandbox sandbox, Caller caller, List<Spawned> programs, Pods pods) {
        this.workload = workload;
        this.address = address;
        this.sandbox = sandbox;
        this.caller = caller;
        this.programs = programs;
        this.pods = pods;
    }

    /** What it is. */
    public Workload workload() {
        return workload;
    }

    /** Its address in the network of the data plane. */
    public String address() {
        return address;
    }

    /** A client inside it: what it sends goes through its sidecar, if it has one. */
    public Caller caller() {
        return caller;
    }

    /** What its proxy says of itself, by a path of Envoy's administration: {@code /clusters}. */
    public String proxy(String path) {
        return caller.send(Call.get(Agent.ADMIN, "localhost", path)).body();
    }

    /**
     * Gives its program a script, and counts its requests from zero.
     *
     * @param words one for each request that follows: a status, {@code reset}, or a time to wait such as {@code 2s}
     */
    public void play(String words) {
        Reply reply = caller.send(new Call(PROGRAM, "PUT", SCRIPT, headers(words.length()), words));
        if (reply.status() != 200) {
            throw new IllegalStateException("no script is taken: " + reply);
        }
    }

    /** How many requests have come since the last script. */
    public int seen() {
        return Integer.parseInt(
                caller.send(Call.get(PROGRAM, "localhost", SCRIPT)).body());
    }

    private static List<List<String>> headers(int length) {
        return List.of(List.of("host", "localhost"), List.of("content-length", Integer.toString(length)));
    }

    /** Ends it, and takes it out of the registry first. */
    @Override
    public void close() {
        pods.remove(workload);
        caller.close();
        programs.forEach(Spawned::close);
        sandbox.close();
    }
}
