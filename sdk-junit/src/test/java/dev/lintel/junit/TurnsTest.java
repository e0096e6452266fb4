package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Classes that share a fixture, one after the other. */
class TurnsTest {
    private static final ExtensionContext ONE = named("[class:One]");
    private static final ExtensionContext TWO = named("[class:Two]");

    /** Of a class nobody asks more than its name and what is around it. */
    private static ExtensionContext named(String id) {
        return (ExtensionContext) Proxy.newProxyInstance(
                TurnsTest.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> method.getName().equals("getUniqueId") ? id : Optional.empty());
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
}
