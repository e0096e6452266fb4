package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flight may land between the look that found it on its way and the call that joins it. */
class FlightTest {
    private final Flight flight = new Flight(0);

    @Test
    void whoJoinsAfterTheLandingGetsTheTokenToo() {
        AccessToken token = new AccessToken(Secret.of("t1"), TokenType.BEARER, List.of(), Instant.EPOCH);
        flight.land(token);

        assertThat(flight.join(1)).isCompletedWithValue(token);
        assertThat(flight.waiting()).isZero();
    }

    @Test
    void whoJoinsAfterTheLandingGetsTheFailureToo() {
        flight.land(new TokenException("it is over"));

        assertThat(flight.join(1)).isCompletedExceptionally();
        assertThat(flight.waiting()).isZero();
    }
}
