package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Classes that share a fixture, one after the other. */
class TurnsTest {
    private static final ExtensionContext ONE = named("[class:One]");
    private static final ExtensionContext TWO = named("[class:Two]");

    private static final ExtensionContext INSIDE = named("[class:One]/[nested:Inside]", ONE);

    /** Of a class nobody asks more than its name and what is around it. */
    private static ExtensionContext named(String id, ExtensionContext... around) {
        return (ExtensionContext) Proxy.newProxyInstance(
                TurnsTest.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> method.getName().equals("getUniqueId")
                        ? id
                        : Stream.of(around).findFirst());
    }

    @Test
    void whoWaitsForATurnKeepsTheFixtureAlive() {
        Turns turns = new Turns(() -> () -> {});
        turns.arrive(ONE);
        turns.enter(ONE);
        turns.arrive(TWO);

        assertThat(turns.leave(ONE)).as("two is there, and has not begun").isFalse();
        turns.enter(TWO);
        assertThat(turns.leave(TWO)).isTrue();
    }

    @Test
    void whoCannotBeginKeepsNobodyWaiting() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Turns turns = new Turns(() -> () -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("closed");
            }
        });
        turns.arrive(ONE);
        turns.arrive(TWO);
        assertThatThrownBy(() -> turns.enter(ONE)).hasMessage("closed");
        assertThat(turns.leave(ONE)).isFalse();

        turns.enter(TWO);
        turns.begin(TWO);
        turns.end();
        assertThat(turns.leave(TWO)).isTrue();
    }

    /** JUnit hands a class's first test to another thread and goes on with a nested class on the thread of the class. */
    @Test
    void whoHasBegunTheClassWaitsForATestThatIsJustTakingItsTurn() throws InterruptedException {
        Thread begins = Thread.currentThread();
        CountDownLatch taken = new CountDownLatch(1);
        AtomicInteger noted = new AtomicInteger();
        Turns turns = new Turns(() -> {
            if (noted.getAndIncrement() == 1) {
                taken.countDown();
                while (begins.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            return () -> {};
        });
        turns.arrive(ONE);
        turns.arrive(INSIDE);
        turns.enter(ONE);
        CompletableFuture<Void> test = CompletableFuture.runAsync(() -> {
            turns.begin(ONE);
            turns.end();
        });
        assertThat(taken.await(1, TimeUnit.MINUTES)).isTrue();

        turns.enter(INSIDE);
        turns.begin(INSIDE);
        turns.end();
        test.join();
        assertThat(turns.leave(INSIDE)).isFalse();
        assertThat(turns.leave(ONE)).isTrue();
    }

    /** JUnit's fork-join pool begins a test of the class around on the thread that waits for those of the nested one. */
    @Test
    void aTestOnTheThreadOfAClassThatWaitsGoesFirstAndNothingSaidIsLost() {
        AtomicInteger said = new AtomicInteger();
        List<Integer> found = new ArrayList<>();
        Turns turns = new Turns(() -> {
            int now = said.get();
            return () -> said.set(now);
        });
        turns.arrive(ONE);
        turns.arrive(INSIDE);
        turns.enter(ONE);
        said.set(1);
        turns.begin(ONE);
        turns.end();
        turns.enter(INSIDE);
        said.set(2);

        for (ExtensionContext test : List.of(ONE, INSIDE, ONE)) {
            turns.begin(test);
            found.add(said.get());
            said.set(7);
            turns.end();
        }
        assertThat(found).containsExactly(1, 2, 1);
        assertThat(turns.leave(INSIDE)).isFalse();
        assertThat(turns.leave(ONE)).isTrue();
    }
}
