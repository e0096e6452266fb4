package dev.lintel.traffic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void manyMayCommandAndOneThingHappensAtATime() throws InterruptedException, ExecutionException, TimeoutException {
        FakeWorld world = FakeWorld.ofOrders();
        AtomicBoolean inside = new AtomicBoolean();
        AtomicBoolean two = new AtomicBoolean();
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(4);
        try {
            RunningRollout rollout = Rollout.of(Orders.API)
                    .to("v2")
                    .steps(IntStream.rangeClosed(1, 30).toArray())
                    .hold(Duration.ofMillis(2))
                    .gate(Gate.errorRate().below(0.1))
                    .on(world, List.of(Orders.API))
                    .metrics(Orders.good())
                    .scheduler(InstantSource.system(), scheduler)
                    .listener(event -> {
                        if (!inside.compareAndSet(false, true)) {
                            two.set(true);
                        }
                        inside.set(false);
                    })
                    .start();
            List<Thread> people = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread person = new Thread(() -> {
                    for (int turn = 0; turn < 100; turn++) {
                        rollout.pause();
                        rollout.resume();
                    }
                });
                person.start();
                people.add(person);
            }
            for (Thread person : people) {
                person.join();
            }
            rollout.resume();
            assertThat(rollout.finished().toCompletableFuture().get(2, TimeUnit.MINUTES))
                    .hasToString("succeeded; weights are v1 70 %, v2 30 %");
            assertThat(two).isFalse();
            assertThat(world.changes())
                    .isEqualTo(IntStream.rangeClosed(1, 30)
                            .mapToObj(step -> "v1=" + (100 - step) + ",v2=" + step)
                            .toList());
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void whoHasClosedARolloutMayStartItAgainAtOnce() {
        FakeWorld world = FakeWorld.ofOrders();
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try {
            RolloutRun run = Orders.rollout()
                    .on(world, List.of(Orders.API))
                    .metrics(Orders.good())
                    .store(RolloutStore.inMemory())
                    .scheduler(InstantSource.system(), scheduler);
            for (int i = 0; i < 50; i++) {
                RunningRollout rollout = run.start();
                rollout.close();
                assertThat(rollout.finished().toCompletableFuture()).isCompletedExceptionally();
            }
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void aListenerMayCloseTheRollout() throws Exception {
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try {
            CompletableFuture<RunningRollout> started = new CompletableFuture<>();
            RunningRollout rollout = Orders.rollout()
                    .on(FakeWorld.ofOrders(), List.of(Orders.API))
                    .metrics(Orders.good())
                    .scheduler(InstantSource.system(), scheduler)
                    .listener(event -> started.join().close())
                    .start();
            started.complete(rollout);
            assertThat(rollout.finished()
                            .toCompletableFuture()
                            .handle((outcome, failure) -> failure)
                            .get(1, TimeUnit.MINUTES))
                    .hasMessageEndingWith("the rollout of orders.shop was closed before its end; started again with the"
                            + " same store it continues");
        } finally {
            scheduler.shutdownNow();
        }
    }
}
