package dev.lintel.examples.rollout;

import static dev.lintel.traffic.rollout.Gate.errorRate;
import static dev.lintel.traffic.rollout.Gate.latencyP99;

import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.Gateway;
import dev.lintel.sdk.Api;
import dev.lintel.traffic.rollout.Rollout;
import dev.lintel.traffic.rollout.RolloutEvent;
import dev.lintel.traffic.rollout.RolloutOutcome;
import dev.lintel.traffic.rollout.RolloutProgress;
import dev.lintel.traffic.rollout.RunningRollout;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Rolls out a bad version, which is rolled back by itself, and then a good one, while a page shows both.
 *
 * <p>Run it with {@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.rollout.LiveRollout}; with {@code
 * -Dexec.args=--stay} the page is served until the program is stopped.
 */
public final class LiveRollout {
    private static final int CALLERS = 4;
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration HOLD = Duration.ofSeconds(6);

    private LiveRollout() {}

    /** The API before anything is rolled out: all calls go to v1. */
    static ApiDefinition orders() {
        return Api.expose("orders")
                .inNamespace("shop")
                .split("v1", 100, "v2", 0)
                .define();
    }

    /** The plan: a step is held for a while, and both gates must let it through. */
    static Rollout plan(Duration hold) {
        return Rollout.of(orders())
                .to("v2")
                .steps(5, 25, 50, 100)
                .hold(hold)
                .gate(errorRate().below(0.05).atLeast(10))
                .gate(latencyP99().below(Duration.ofMillis(500)).atLeast(10))
                .rollbackOnFailure();
    }

    /**
     * Runs both rollouts.
     *
     * @param args none, or {@code --stay}
     * @throws Exception if something could not be started
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Gateway gateway = Gateway.start();
                Versions versions = Versions.bind(gateway);
                Board board = new Board(plan(HOLD), gateway.metrics(), gateway::stats);
                Page page = Page.serve(board);
                Traffic traffic = Traffic.start(gateway, CALLERS, PAUSE)) {
            out.println("look at " + page.uri());
            var unused = scheduler.scheduleAtFixedRate(board::sample, 500, 500, TimeUnit.MILLISECONDS);
            out.println("v2 fails one call in four as soon as it gets a quarter of them:");
            out.println(run(gateway, board, scheduler, out, versions::breakUnderLoad));
            out.println("v2 is mended:");
            versions.failing(0);
            out.println(run(gateway, board, scheduler, out, event -> {}));
            out.println(traffic.calls() + " calls were made");
            if (List.of(args).contains("--stay")) {
                Thread.currentThread().join();
            }
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static RolloutOutcome run(
            Gateway gateway,
            Board board,
            ScheduledExecutorService scheduler,
            PrintStream out,
            Consumer<RolloutEvent> also) {
        gateway.apply(gateway.plan(orders()));
        try (RunningRollout rollout = plan(HOLD)
                .on(gateway, List.of(orders()))
                .metrics(gateway.metrics())
                .scheduler(InstantSource.system(), scheduler)
                .listener(RolloutProgress.to(out))
                .listener(board)
                .listener(also)
                .anew()
                .start()) {
            board.shows(rollout);
            return rollout.finished().toCompletableFuture().join();
        }
    }
}
