package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryRule;
import dev.lintel.embedded.upstream.Failure;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static RetryRule rule(int attempts) {
        return new RetryRule(attempts, null, false, Origin.unknown());
    }

    @Test
    void pausesGrowAndStayBelowTheirCap() {
        Retries retries = new Retries(rule(20), true);
        long[] caps = {25, 75, 175, 250, 250, 250};
        for (long cap : caps) {
            assertThat(retries.again(503)).isTrue();
            for (int i = 0; i < 200; i++) {
                assertThat(retries.backOff()).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(cap));
            }
        }
    }

    @Test
    void thereAreAsManyTriesAsWereSaid() {
        Retries retries = new Retries(rule(2), true);

        assertThat(retries.again(503)).isTrue();
        assertThat(retries.again(Failure.RESET)).isTrue();
        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isFalse();
    }

    @Test
    void whatWasSentIsNotSentAgainUnlessItMayBe() {
        Retries retries = new Retries(rule(9), false);

        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.RESET)).isFalse();
        assertThat(retries.again(Failure.TIMEOUT)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isTrue();
        assertThat(retries.onceMore()).isFalse();
    }

    @Test
    void nothingIsTriedAgainUnlessItIsSaid() {
        Retries retries = new Retries(null, true);

        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isFalse();
        assertThat(retries.onceMore()).isTrue();
        assertThat(retries.onceMore()).isFalse();
    }
}
