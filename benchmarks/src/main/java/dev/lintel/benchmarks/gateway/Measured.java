package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import dev.lintel.benchmarks.gateway.Wrk.Load;
import java.io.IOException;
import java.time.Duration;

/** What a load costs the server that takes it. */
final class Measured {
    private Measured() {}

    /** A load, from its beginning to its end. */
    interface Loading {
        Load run() throws IOException, InterruptedException;
    }

    static Sample sample(Server server, Loading loading) throws IOException, InterruptedException {
        Duration before = ProcFs.cpuTime(server.process());
        Load load = loading.run();
        Duration used = ProcFs.cpuTime(server.process()).minus(before);
        return new Sample(
                load.perSecond(),
                used.toNanos() / 1_000.0 / load.requests(),
                load.p50(),
                load.p99(),
                ProcFs.residentKib(server.process()) / 1024.0,
                load.failed());
    }
}
