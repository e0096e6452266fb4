package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.testing.Core;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract's lines on clocks and lookups. */
class ClockContractTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void clocksTheMonotonicDeadlineCountsIfItIsEarlier() {
        Core core = new Core(HOUR).loaded();
        core.time.wall(Duration.ofSeconds(-29));
        core.forward(HOUR.minusSeconds(10));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
        assertThat(core.asked()).isEqualTo("waits");
        assertThat(core.events.of(TokenEvent.Drifted.class)).isEmpty();
    }

    @Test
    void clocksTheWallDeadlineCountsIfItIsEarlier() {
        Core core = new Core(HOUR).loaded();
        core.time.wall(Duration.ofSeconds(29));
        core.forward(HOUR.minusSeconds(39));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
        assertThat(core.asked()).isEqualTo("waits");
        assertThat(core.events.of(TokenEvent.Drifted.class)).isEmpty();
    }

    @Test
    void clocksThatDriftMoreThanThirtySecondsApartMakeTheTokenStaleAndAreTold() {
        for (Duration jump : new Duration[] {Duration.ofSeconds(31), Duration.ofSeconds(-31)}) {
            Core core = new Core(HOUR).loaded();
            assertThat(core.asked()).isEqualTo("t1");
            core.time.wall(jump);
            assertThat(core.asked())
                    .as("within a second nobody looks at the wall")
                    .isEqualTo("t1");
            assertThat(core.executor.work()).isZero();
            core.forward(Duration.ofSeconds(1));
            assertThat(core.asked()).isEqualTo("t1");
            assertThat(core.handle.explain().state()).isEqualTo(TokenState.STALE);
            assertThat(core.events.of(TokenEvent.Drifted.class))
                    .containsExactly(new TokenEvent.Drifted(core.handle.key(), jump));
            assertThat(core.executor.work()).isOne();
            assertThat(core.asked()).isEqualTo("t2");
            core.forward(Duration.ofSeconds(5));
            assertThat(core.asked()).isEqualTo("t2");
            assertThat(core.events.of(TokenEvent.Drifted.class)).as("told once").hasSize(1);
        }
    }

    @Test
    void clocksThatDriftPastTheExpiryEndTheToken() {
        Core core = new Core(HOUR).loaded();
        core.time.wall(Duration.ofHours(2));
        core.forward(Duration.ofSeconds(1));
        assertThat(core.asked()).isEqualTo("waits");
        assertThat(core.events.of(TokenEvent.Drifted.class)).hasSize(1);
        core.executor.work();
        assertThat(core.asked()).isEqualTo("t2");
    }

    @Test
    void clocksAMonotonicClockMayOverflow() {
        Core core = new Core(HOUR).loaded();
        assertThat(core.time.nanos()).isPositive();
        core.forward(Duration.ofMinutes(20));
        assertThat(core.time.nanos()).isNegative();
        assertThat(core.asked()).isEqualTo("t1");
        core.forward(Duration.ofMinutes(30));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.STALE);
        core.forward(Duration.ofMinutes(10));
        assertThat(core.handle.explain().state()).isEqualTo(TokenState.EXPIRED);
    }

    @Test
    void lookupsReadOneClockOnceAndTheWallOnceASecond() {
        AtomicInteger nanos = new AtomicInteger();
        AtomicInteger walls = new AtomicInteger();
        Core[] made = new Core[1];
        Core core = new Core(
                HOUR,
                settings -> settings.clocks(
                        () -> {
                            walls.incrementAndGet();
                            return made[0].time.instant();
                        },
                        () -> {
                            nanos.incrementAndGet();
                            return made[0].time.nanos();
                        }));
        made[0] = core;
        core.loaded();
        nanos.set(0);
        walls.set(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        }
        assertThat(nanos).hasValue(1_000);
        assertThat(walls).hasValue(0);
        core.forward(Duration.ofSeconds(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(core.handle.token().value().reveal()).isEqualTo("t1");
        }
        assertThat(walls).hasValue(1);
    }

    @Test
    void oneClockForBothIsForTests() {
        var clock = new dev.lintel.auth.testing.TestClock();
        TokenSettings settings = TokenSettings.defaults().clock(clock);
        long before = settings.nanos().getAsLong();
        clock.forward(Duration.ofSeconds(3));
        assertThat(settings.nanos().getAsLong() - before)
                .isEqualTo(Duration.ofSeconds(3).toNanos());
    }
}
