package dev.lintel.traffic;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.FaultRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultPolicyTest {
    private static @Nullable FaultRule rule(Fault fault) {
        return Said.orders().fault(fault).model().service().traffic().fault();
    }

    @Test
    void aFaultIsADelayOrAnAbortOrBoth() {
        FaultRule.Delay delay = new FaultRule.Delay(ofMillis(200), 10);
        FaultRule.Abort abort = new FaultRule.Abort(503, 5);
        assertThat(rule(Fault.delay(ofMillis(200), 10).abort(503, 5)))
                .isEqualTo(new FaultRule(delay, abort, Origin.unknown()));
        assertThat(rule(Fault.delay(ofMillis(200), 10))).isEqualTo(new FaultRule(delay, null, Origin.unknown()));
        assertThat(rule(Fault.abortOnly(503, 5))).isEqualTo(new FaultRule(null, abort, Origin.unknown()));
        assertThatThrownBy(() -> new Fault(null, null)).hasMessage("a fault is a delay, an abort, or both");
    }

    @Test
    void aFaultIsSaidRight() {
        assertThatThrownBy(() -> Fault.delay(ofMillis(-1), 10))
                .hasMessage("the delay of a fault must be whole milliseconds, 1 ms to 24 h, but was PT-0.001S");
        assertThatThrownBy(() -> Fault.delay(Duration.ofSeconds(Long.MAX_VALUE), 10))
                .hasMessage("the delay of a fault must be whole milliseconds, 1 ms to 24 h, but was"
                        + " PT2562047788015215H30M7S");
        assertThatThrownBy(() -> Fault.delay(ofMillis(1), 0))
                .hasMessage("a delay is for 1 to 100 percent of the calls, but was given 0");
        assertThatThrownBy(() -> Fault.abortOnly(503, 101))
                .hasMessage("an abort is for 1 to 100 percent of the calls, but was given 101");
        assertThatThrownBy(() -> Fault.abortOnly(199, 1))
                .hasMessage("a fault answers with 200 to 599, but was given 199");
    }
}
