package dev.lintel.embedded.serve;

import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.upstream.Connector;
import dev.lintel.embedded.upstream.Probe;
import dev.lintel.embedded.world.Prober;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks workloads whether they are well, on the gateway's event loops. */
record Probes(EventLoopGroup loops, Connector connector, Time time) implements Prober {
    @Override
    public void ask(
            Address address, @Nullable String authority, String path, Duration timeout, Consumer<Boolean> answered) {
        try {
            Probe.ask(loops.next(), connector, time, address, authority, path, timeout.toNanos(), answered);
        } catch (RejectedExecutionException e) {
            // The gateway has stopped; nobody waits for this.
        }
    }
}
