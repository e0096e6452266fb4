package dev.lintel.traffic.rollout.file;

import dev.lintel.traffic.rollout.FakeWorld;
import dev.lintel.traffic.rollout.Orders;
import dev.lintel.traffic.rollout.RunningRollout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that begins a rollout and then does nothing more. */
final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
        FakeWorld world = FakeWorld.ofOrders();
        RunningRollout rollout = Orders.rollout()
                .on(world, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(Orders.noon())
                .store(FileRolloutStore.in(Path.of(args[0])))
                .start();
        System.out.println(rollout.state());
        int unused = System.in.read();
    }
}
