package dev.lintel.traffic.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Guard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many buckets are remembered, and what happens where there are too many. */
class BucketsTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void aHundredThousandCallersTakeLessThanTwentyMegabytes() {
        Calls calls = new Calls(RateLimit.of(1, DAY).byCaller());
        fill(calls, 100_000);
        assertThat(calls.limiter.size()).isEqualTo(100_000);
        assertThat(calls.limiter.bytes()).isLessThan(20_000_000);
    }

    @Test
    void whatIsRememberedIsBoundedHoweverManyCome() {
        Calls calls = new Calls(RateLimit.of(1, DAY).byCaller());
        fill(calls, 1_000_000);
        assertThat(calls.limiter.size()).isBetween(190_000, 200_000);
        assertThat(calls.limiter.bytes()).isLessThan(7_000_000);
    }

    @Test
    void whoComesFromManyAddressesCannotResetTheBucketsOfOthers() {
        Calls calls = new Calls(RateLimit.of(5, DAY).byCaller());
        Guard.Call alice = Calls.caller("https://id.example", "alice");
        assertThat(calls.passing(alice, 5)).isEqualTo(5);
        fill(calls, 1_000_000);
        assertThat(calls.passing(alice, 5)).isZero();
    }

    @Test
    void whoComesWhenThereIsNoRoomSharesABucketWithOthers() {
        Calls calls = new Calls(RateLimit.of(5, DAY).byCaller());
        int passed = fill(calls, 1_000_000);
        assertThat(passed - calls.limiter.size()).as("beyond the bound").isEqualTo(64 * 5);
        assertThat(calls.passing(Calls.caller("https://id.example", "a newcomer"), 10))
                .isZero();
    }

    @Test
    void fullBucketsAreForgotten() {
        Calls calls = new Calls(RateLimit.of(1, Duration.ofSeconds(1)).byCaller());
        for (int round = 0; round < 20; round++) {
            assertThat(fill(calls, 50_000)).isEqualTo(50_000);
            calls.forward(Duration.ofSeconds(1));
        }
        assertThat(calls.limiter.size()).isLessThan(150_000);
        assertThat(calls.limiter.bytes()).isLessThan(7_000_000);
    }

    @Test
    void thereIsRoomAgainOnceBucketsAreFull() {
        Calls calls = new Calls(RateLimit.of(1, Duration.ofSeconds(1)).byCaller());
        assertThat(fill(calls, 1_000_000)).isLessThan(200_000);
        calls.forward(Duration.ofSeconds(2));
        assertThat(fill(calls, 100_000)).isEqualTo(100_000);
    }

    private static int fill(Calls calls, int callers) {
        int passed = 0;
        for (int i = 0; i < callers; i++) {
            passed += calls.limiter.check(Calls.caller("https://id.example", "user-" + i)) == null ? 1 : 0;
        }
        return passed;
    }
}
