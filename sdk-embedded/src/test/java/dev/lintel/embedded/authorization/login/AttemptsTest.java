package dev.lintel.embedded.authorization.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T12:00:00Z"));
    private final Attempts attempts = new Attempts(2, MINUTE, now::get);

    private void forward(long seconds) {
        now.updateAndGet(then -> then.plusSeconds(seconds));
    }

    @Test
    void eachTryIsForgottenWhenItsTimeIsOver() {
        assertThat(attempts.begin("a")).isZero();
        forward(20);
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isEqualTo(Duration.ofSeconds(40));
        forward(40);
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aTryThatHasToWaitDoesNotCount() {
        for (int i = 0; i < 100; i++) {
            var ignored = attempts.begin("a");
        }
        forward(60);
        assertThat(attempts.begin("a")).isZero();
    }

    @Test
    void keysAreCountedApart() {
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("b")).isZero();
        assertThat(attempts.begin("a")).isEqualTo(MINUTE);
    }

    @Test
    void triesCanBeForgottenOrTakenBack() {
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isZero();
        attempts.takeBack("a");
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isEqualTo(MINUTE);
        attempts.forget("a");
        assertThat(attempts.begin("a")).isZero();
        attempts.takeBack("never tried");
    }

    @Test
    void theOldestKeyGoesWhenThereAreTooMany() {
        assertThat(attempts.begin("first")).isZero();
        assertThat(attempts.begin("first")).isZero();
        for (int i = 0; i < 9_999; i++) {
            assertThat(attempts.begin("k" + i)).isZero();
        }
        assertThat(attempts.begin("first")).isEqualTo(MINUTE);
        assertThat(attempts.begin("one more")).isZero();
        assertThat(attempts.begin("first")).isZero();
    }

    @Test
    void keysWhoseTimeIsOverGoBeforeOthers() {
        for (int i = 0; i < 9_999; i++) {
            assertThat(attempts.begin("k" + i)).isZero();
        }
        forward(60);
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("a")).isZero();
        assertThat(attempts.begin("b")).isZero();
        assertThat(attempts.begin("a")).isEqualTo(MINUTE);
    }
}
