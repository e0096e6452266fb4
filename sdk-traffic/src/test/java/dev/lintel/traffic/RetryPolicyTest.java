package dev.lintel.traffic;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static @Nullable RetryRule rule(Retry retry) {
        return Said.orders().retry(retry).model().service().retry();
    }

    @Test
    void everythingCanBeSaid() {
        assertThat(rule(Retry.attempts(3)
                        .perTry(ofSeconds(1))
                        .on(RetryOn.SERVER_ERROR, RetryOn.CONFLICT)
                        .onStatus(429, 425)
                        .backOff(ofMillis(10), ofSeconds(1))
                        .budget(10, 5)
                        .evenIfNotIdempotent()))
                .isEqualTo(new RetryRule(
                        3,
                        ofSeconds(1),
                        true,
                        Set.of(RetryOn.SERVER_ERROR, RetryOn.CONFLICT),
                        Set.of(425, 429),
                        new RetryRule.Backoff(ofMillis(10), ofSeconds(1)),
                        new RetryRule.Budget(10, 5),
                        Origin.unknown()));
    }

    @Test
    void statusesAreBesideTheUsualFailures() {
        assertThat(rule(Retry.attempts(1).onStatus(429).budget(50)))
                .isEqualTo(new RetryRule(
                        1,
                        null,
                        false,
                        RetryRule.DEFAULT_ON,
                        Set.of(429),
                        RetryRule.Backoff.DEFAULT,
                        new RetryRule.Budget(50, 3),
                        Origin.unknown()));
    }

    @Test
    void aRetryIsSaidRight() {
        Retry retry = Retry.attempts(1);
        assertThatThrownBy(() -> retry.on()).hasMessage("on(…) must name at least one failure");
        assertThatThrownBy(() -> retry.onStatus()).hasMessage("onStatus(…) must name at least one status");
        assertThatThrownBy(() -> retry.onStatus(200))
                .hasMessage("a call is tried again after answers of 400 to 599, but was given 200");
        assertThatThrownBy(() -> retry.backOff(ofSeconds(2), ofSeconds(1)))
                .hasMessage("the longest pause between two tries must not be below the unit, but PT1S is below PT2S");
        assertThatThrownBy(() -> retry.backOff(Duration.ZERO, ofSeconds(1)))
                .hasMessage("the pause between two tries must be whole milliseconds, 1 ms to 24 h, but was PT0S");
        assertThatThrownBy(() -> retry.backOff(ofMillis(1), Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessage("the longest pause between two tries must be whole milliseconds, 1 ms to 24 h, but was"
                        + " PT2562047788015215H30M7S");
        assertThatThrownBy(() -> retry.budget(101)).hasMessage("a budget of retries is 0 to 100 percent, but was 101");
        assertThatThrownBy(() -> retry.budget(5, -1))
                .hasMessage("a budget always lets 0 to 1000 retries be, but was -1");
        assertThatThrownBy(() -> retry.budget(0, 0))
                .hasMessage("a budget of 0 percent and at least 0 retries lets none be");
    }

    @Test
    void oneTryMayNotTakeLongerThanTheWholeCallAndBothLinesAreNamed() {
        assertThat(Said.orders()
                        .retry(Retry.attempts(1).perTry(ofSeconds(5)))
                        .timeout(ofSeconds(3))
                        .problems())
                .containsExactly(
                        "retry.per-try | orders.shop: one try may take 5s, but the whole call only 3s | make the"
                                + " time-out of one try shorter than the one of the whole call, said at Test.java");
    }
}
