package dev.lintel.testbed.plane;

import dev.lintel.testbed.Spawned;
import java.util.List;

/** A workload that runs. */
public final class Running implements AutoCloseable {
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

    /** Ends it, and takes it out of the registry first. */
    @Override
    public void close() {
        pods.remove(workload);
        caller.close();
        programs.forEach(Spawned::close);
        sandbox.close();
    }
}
