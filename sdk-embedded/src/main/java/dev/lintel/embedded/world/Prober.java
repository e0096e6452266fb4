package dev.lintel.embedded.world;

import dev.lintel.embedded.upstream.Address;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a workload whether it is well. */
@FunctionalInterface
public interface Prober {
    /**
     * Asks once.
     *
     * @param address the workload's
     * @param authority what it gets as {@code Host}; null for its address
     * @param path asked for by GET
     * @param timeout how long the answer may take
     * @param answered told once, on any thread, whether the answer was 200
     */
    void ask(Address address, @Nullable String authority, String path, Duration timeout, Consumer<Boolean> answered);
}
