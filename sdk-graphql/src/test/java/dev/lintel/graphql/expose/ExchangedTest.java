package dev.lintel.graphql.expose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens that were got in exchange are used again as long as they are good. */
class ExchangedTest {
    private final VirtualClock clock = VirtualClock.of(Instant.EPOCH);
    private final Exchanged exchanged = new Exchanged(clock);
    private int count;

    @Test
    void oneTokenIsExchangedOnceUntilItNearlyEnds() throws Exception {
        String first = exchange("alice", Duration.ofMinutes(5));
        assertThat(exchange("alice", Duration.ofMinutes(5))).isEqualTo(first);
        assertThat(exchange("bob", Duration.ofMinutes(5))).isNotEqualTo(first);
        clock.forward(Duration.ofSeconds(269));
        assertThat(exchange("alice", Duration.ofMinutes(5))).isEqualTo(first);
        clock.forward(Duration.ofSeconds(1));
        assertThat(exchange("alice", Duration.ofMinutes(5))).isNotEqualTo(first);
    }

    @Test
    void aTokenOfWhichNobodyKnowsTheEndIsNotKept() throws Exception {
        String first = exchange("alice", null);

        assertThat(exchange("alice", null)).isNotEqualTo(first);
    }

    private String exchange(String subject, Duration lifetime) throws Exception {
        return exchanged
                .of(
                        Secret.of(subject),
                        token -> new FetchedToken(
                                Secret.of("token " + ++count),
                                TokenType.BEARER,
                                List.of(),
                                List.of(),
                                clock.instant(),
                                lifetime,
                                null,
                                null))
                .value()
                .reveal();
    }
}
