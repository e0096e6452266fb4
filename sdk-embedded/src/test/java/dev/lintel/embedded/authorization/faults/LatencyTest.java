package dev.lintel.embedded.authorization.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.authorization.Wire;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.embedded.authorization.chaos.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that wait: by a clock, by the test, or a little while. */
class LatencyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN = Disturbed.post("grant_type=client_credentials");

    private final Disturbed server = new Disturbed();
    private final Chaos chaos = server.chaos();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRequestWaitsUntilTheClockWasMovedSoFar() {
        Disturbance slow = chaos.token().once().latency(Duration.ofSeconds(3), server.clock);
        try (Wire wire = server.connect()) {
            wire.send(TOKEN);
            slow.await(1, PATIENCE);
            server.clock.forward(Duration.ofMillis(2_999));
            assertThat(wire.isQuiet()).isTrue();
            assertThat(server.executed).hasValue(0);
            server.clock.forward(Duration.ofMillis(1));
            assertThat(wire.until("}")).endsWith("{\"access_token\":\"token-1\"}");
        }
    }

    @Test
    void aRequestWaitsInRealTime() {
        Disturbance slow = chaos.token().latency(Duration.ofMillis(1));
        assertThat(server.token()).endsWith("{\"access_token\":\"token-1\"}");
        assertThat(slow.hits()).isEqualTo(1);
    }

    @Test
    void heldRequestsWaitForTheTestAndHoldUpNobodyElse() {
        List<Wire> callers = new ArrayList<>();
        Hold hold = chaos.token().hold();
        try {
            for (int i = 0; i < 50; i++) {
                callers.add(server.connect().send(TOKEN));
            }
            hold.await(50, PATIENCE);
            assertThat(server.ask(Disturbed.GET_KEYS)).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(server.executed).hasValue(0);
            hold.release();
            for (Wire caller : callers) {
                assertThat(caller.until("}")).contains("\"access_token\":\"token-");
            }
            assertThat(server.executed).hasValue(50);
            assertThat(server.token()).contains("token-51");
        } finally {
            callers.forEach(Wire::close);
        }
    }

    @Test
    void clearingLetsThroughWhatWaits() {
        Hold hold = chaos.token().hold();
        Disturbance slow = chaos.jwks().latency(Duration.ofHours(1), server.clock);
        try (Wire one = server.connect().send(TOKEN);
                Wire two = server.connect().send(Disturbed.GET_KEYS)) {
            hold.await(1, PATIENCE);
            slow.await(1, PATIENCE);
            chaos.everywhere().once().status(500);
            chaos.clear();
            assertThat(one.until("}")).contains("token-1");
            assertThat(two.until("}")).contains("keys");
        }
    }

    @Test
    void closingTheServerLetsThroughWhatWaits() {
        Hold hold = chaos.token().hold();
        try (Wire wire = server.connect().send(TOKEN)) {
            hold.await(1, PATIENCE);
            server.close();
            assertThat(wire.rest()).contains("token-1");
        }
        hold.release();
    }

    @Test
    void whoHasGoneMeanwhileIsNotMissed() {
        Hold hold = chaos.token().hold();
        Wire wire = server.connect().send(TOKEN);
        hold.await(1, PATIENCE);
        wire.close();
        hold.close();
        assertThat(server.token()).contains("access_token");
    }
}
