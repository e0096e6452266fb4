package dev.lintel.graphql.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private static final UpstreamRequest REQUEST =
            new UpstreamRequest("GET", "/", List.of(), null, Duration.ofSeconds(20));

    @Test
    void allServicesTogetherAreCalledSoOftenAndNotMore() throws IOException {
        CallBudget budget = CallBudget.of(2, 1);
        Scripted one = new Scripted(Scripted.answer(200));
        Scripted other = new Scripted(Scripted.answer(200));

        assertThat(budget.over(one).call(REQUEST).status()).isEqualTo(200);
        assertThat(budget.left()).isEqualTo(1);
        assertThat(budget.over(other).call(REQUEST).status()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            UpstreamException failure = catchThrowableOfType(
                    UpstreamException.class, () -> budget.over(one).call(REQUEST));
            assertThat(failure.problem().code()).isEqualTo(UpstreamCode.UPSTREAM_BUDGET);
            assertThat(failure.sent()).isFalse();
            assertThat(budget.left()).isZero();
        }
    }

    @Test
    void moreThanAllowedAreNeverInFlight() throws Exception {
        AtomicInteger flying = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        Upstream service = request -> {
            most.accumulateAndGet(flying.incrementAndGet(), Math::max);
            two.countDown();
            awaited(two);
            flying.decrementAndGet();
            return Scripted.answer(200);
        };
        Upstream counted = CallBudget.of(20, 2).over(service);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> calls = new java.util.ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(threads.submit(() -> counted.call(REQUEST).status()));
            }
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void whoWaitsTooLongWasNotSent() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Upstream counted = CallBudget.of(9, 1).over(request -> {
            begun.countDown();
            awaited(end);
            return Scripted.answer(200);
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> first = thread.submit(() -> counted.call(REQUEST).status());
            awaited(begun);
            UpstreamException failure = catchThrowableOfType(
                    UpstreamException.class, () -> counted.call(REQUEST.within(Duration.ofMillis(1))));

            assertThat(failure.problem().code()).isEqualTo(UpstreamCode.UPSTREAM_TIMEOUT);
            assertThat(failure.sent()).isFalse();
            end.countDown();
            assertThat(first.get()).isEqualTo(200);
        } finally {
            end.countDown();
            thread.shutdownNow();
        }
    }

    @Test
    void aCallThatFailsGivesItsPlaceBack() {
        Upstream counted = CallBudget.of(9, 1).over(request -> {
            throw Scripted.failure(UpstreamCode.UPSTREAM_FAILED, true);
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> counted.call(REQUEST)).hasMessage("the service failed");
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
