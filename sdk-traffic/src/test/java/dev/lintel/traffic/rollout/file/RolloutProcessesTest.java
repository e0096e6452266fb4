package dev.lintel.traffic.rollout.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.VirtualClock;
import dev.lintel.traffic.rollout.FakeWorld;
import dev.lintel.traffic.rollout.Orders;
import dev.lintel.traffic.rollout.RolloutException;
import dev.lintel.traffic.rollout.RolloutRun;
import dev.lintel.traffic.rollout.RolloutState;
import dev.lintel.traffic.rollout.RunningRollout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutProcessesTest {
    @TempDir
    Path folder;

    @Test
    void oneProcessHasTheRolloutAndAnotherContinuesItWhenThatHasDied() throws IOException, InterruptedException {
        VirtualClock clock = Orders.noon();
        FakeWorld world = FakeWorld.ofOrders();
        RolloutRun run = Orders.rollout()
                .on(world, List.of(Orders.API))
                .metrics(Orders.good())
                .clock(clock)
                .store(FileRolloutStore.in(folder));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("HOLDING");
            assertThatThrownBy(run::start)
                    .isInstanceOf(RolloutException.class)
                    .hasMessage("'orders.shop' is being rolled out by process " + other.pid()
                            + "; wait until that has ended, or abort it there");
        } finally {
            other.destroyForcibly().waitFor();
        }
        RunningRollout rollout = run.start();
        assertThat(rollout.step()).isEqualTo(1);
        assertThat(world.changes()).containsExactly("v1=95,v2=5");
        for (int minute = 0; minute < 40; minute++) {
            clock.forward(Duration.ofMinutes(1));
        }
        assertThat(rollout.state()).isEqualTo(RolloutState.SUCCEEDED);
    }
}
