package dev.lintel.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.TimeoutRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallsTest {
    @Test
    void retryAndTimeoutGovernTheService() {
        var service = Said.orders()
                .retry(2, Duration.ofSeconds(1))
                .timeout(Duration.ofSeconds(3))
                .model()
                .service();
        assertThat(service.retry()).isEqualTo(new RetryRule(2, Duration.ofSeconds(1), false, Origin.unknown()));
        assertThat(service.timeout()).isEqualTo(new TimeoutRule(Duration.ofSeconds(3), Origin.unknown()));
    }

    @Test
    void aTryHasNoLimitOfItsOwnUnlessSaid() {
        RetryRule retry = Said.orders().retry(2).model().service().retry();
        assertThat(retry).isEqualTo(new RetryRule(2, null, false, Origin.unknown()));
    }

    @Test
    void nothingIsTriedAgainOrLimitedUnlessSaid() {
        var service = Said.orders().model().service();
        assertThat(service.retry()).isNull();
        assertThat(service.timeout()).isNull();
    }

    @Test
    void otherMethodsAreTriedAgainOnlyIfSaid() {
        RetryRule retry = Said.orders()
                .retry(Retry.attempts(1).evenIfNotIdempotent())
                .model()
                .service()
                .retry();
        assertThat(retry).isEqualTo(new RetryRule(1, null, true, Origin.unknown()));
    }

    @Test
    void attemptsAreFew() {
        assertThatThrownBy(() -> Retry.attempts(0)).hasMessage("retry attempts must be 1 to 10, but was 0");
        assertThatThrownBy(() -> Retry.attempts(11)).hasMessage("retry attempts must be 1 to 10, but was 11");
    }

    @Test
    void timesAreWholeMillisecondsUpToADay() {
        assertThatThrownBy(() -> new Timeout(Duration.ZERO))
                .hasMessage("a time-out must be whole milliseconds, 1 ms to 24 h, but was PT0S");
        assertThatThrownBy(() -> new Timeout(Duration.ofNanos(1_500_000)))
                .hasMessage("a time-out must be whole milliseconds, 1 ms to 24 h, but was PT0.0015S");
        assertThatThrownBy(() -> new Timeout(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageStartingWith("a time-out must be whole milliseconds, 1 ms to 24 h");
        assertThatThrownBy(() -> Retry.attempts(1).perTry(Duration.ofSeconds(-1)))
                .hasMessage("the time-out of one try must be whole milliseconds, 1 ms to 24 h, but was PT-1S");
    }

    @Test
    void oneTryMayNotTakeLongerThanTheWholeCall() {
        assertThatThrownBy(() -> Said.orders()
                        .retry(2, Duration.ofSeconds(5))
                        .timeout(Duration.ofSeconds(3))
                        .define())
                .hasMessageContaining("orders.shop: one try may take 5s, but the whole call only 3s");
    }
}
