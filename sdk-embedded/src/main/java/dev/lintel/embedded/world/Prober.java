package dev.lintel.embedded.world;

import dev.lintel.embedded.upstream.Address;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks a workload whether it is well. */
@FunctionalInterface
public interface Prober {
    /**
     * Asks once.
     *
     * @param address the workload's
     * @param path asked for by GET
     * @param timeout how long the answer may take
     * @param answered told once, on any thread, whether the answer was 200
     */
    void ask(Address address, String path, Duration timeout, Consumer<Boolean> answered);
}
