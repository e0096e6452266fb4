package dev.lintel.traffic.limit;

import static dev.lintel.traffic.limit.Calls.address;
import static dev.lintel.traffic.limit.Calls.caller;
import static dev.lintel.traffic.limit.Calls.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.model.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimiterTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String ID = "https://id.example";
    private static final Guard.Call ALICE = caller(ID, "alice");
    private static final Guard.Call BOB = caller(ID, "bob");

    @Test
    void aFullBucketHoldsTheBurstAndNotOneMore() {
        Calls calls = new Calls(RateLimit.of(100, SECOND).burst(200).byCaller());
        assertThat(calls.passing(ALICE, 1000)).isEqualTo(200);
        assertThat(calls.forward(Duration.ofDays(1000)).passing(ALICE, 1000)).isEqualTo(200);
    }

    @Test
    void theBurstIsAsManyAsTheRequestsUnlessSaid() {
        assertThat(new Calls(RateLimit.of(7, SECOND)).passing(ALICE, 100)).isEqualTo(7);
    }

    @Test
    void tokensComeSteadily() {
        Calls calls = new Calls(RateLimit.of(100, SECOND).burst(200).byCaller());
        assertThat(calls.passing(ALICE, 300)).isEqualTo(200);
        assertThat(calls.forward(Duration.ofMillis(9)).passing(ALICE, 10)).isZero();
        assertThat(calls.forward(Duration.ofMillis(1)).passing(ALICE, 10)).isEqualTo(1);
        assertThat(calls.forward(Duration.ofMillis(25)).passing(ALICE, 10)).isEqualTo(2);
        assertThat(calls.forward(Duration.ofMillis(5)).passing(ALICE, 10)).isEqualTo(1);
    }

    /** Beside a bucket that is counted in whole parts of a token, for calls at odd times. */
    @ParameterizedTest
    @CsvSource({"3, 1000, 1", "3, 1000, 4", "7, 60000, 3", "999983, 1000, 5000", "1000000, 1, 1000000", "1, 86400000, 2"
    })
    void nothingIsRounded(int requests, long perMillis, int burst) {
        Calls calls =
                new Calls(RateLimit.of(requests, Duration.ofMillis(perMillis)).burst(burst));
        Random random = new Random(7);
        long level = burst * perMillis;
        long passed = 0;
        long asked = 0;
        for (int round = 0; round < 2000; round++) {
            long step = random.nextInt((int) Math.min(Integer.MAX_VALUE, 2 + perMillis * 3 / requests));
            calls.forward(Duration.ofMillis(step));
            level = Math.min(burst * perMillis, level + step * requests);
            int several = 1 + random.nextInt(round % 100 == 0 ? 2000 : 3);
            long meant = Math.min(several, level / perMillis);
            level -= meant * perMillis;
            assertThat(calls.passing(ALICE, several)).as("round %d", round).isEqualTo((int) meant);
            passed += meant;
            asked += several;
        }
        assertThat(passed).isBetween(1L, asked);
    }

    @Test
    void tellsWhenTheNextTokenComes() {
        Calls calls = new Calls(RateLimit.of(2, Duration.ofMinutes(1)).byCaller());
        assertThat(calls.passing(ALICE, 2)).isEqualTo(2);
        assertThat(calls.limiter.check(ALICE))
                .isEqualTo(new Guard.Refusal(429, "too many requests, as said", Duration.ofSeconds(30)));
        calls.forward(Duration.ofMillis(29_999));
        assertThat(calls.limiter.check(ALICE))
                .isEqualTo(new Guard.Refusal(429, "too many requests, as said", Duration.ofMillis(1)));
        assertThat(calls.forward(Duration.ofMillis(1)).limiter.check(ALICE)).isNull();
    }

    @Test
    void whoIsRefusedLosesNothingByAsking() {
        Calls calls = new Calls(RateLimit.of(1, SECOND).byCaller());
        assertThat(calls.passing(ALICE, 1)).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            assertThat(calls.forward(Duration.ofMillis(99)).passing(ALICE, 50)).isZero();
        }
        assertThat(calls.forward(Duration.ofMillis(10)).passing(ALICE, 50)).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackCostsNobodyMoreThanABucket() {
        Instant[] now = {Instant.parse("2030-06-01T00:00:00Z")};
        Limiter limiter = new Limiter(RateLimit.of(10, SECOND).byCaller(), "as said", () -> now[0], new Seed(1, 2));
        assertThat(limiter.check(ALICE)).isNull();
        now[0] = now[0].minus(Duration.ofDays(100));
        assertThat(limiter.check(ALICE))
                .isEqualTo(new Guard.Refusal(429, "too many requests, as said", Duration.ofMillis(100)));
        now[0] = now[0].plusMillis(100);
        assertThat(limiter.check(ALICE)).isNull();
    }

    @Test
    void callersHaveABucketEachByIssuerAndSubject() {
        Calls calls = new Calls(RateLimit.of(2, SECOND).byCaller());
        assertThat(calls.passing(ALICE, 5)).isEqualTo(2);
        assertThat(calls.passing(BOB, 5)).isEqualTo(2);
        assertThat(calls.passing(caller("https://other.example", "alice"), 5)).isEqualTo(2);
        assertThat(calls.passing(caller(ID + "a", "lice"), 5)).isEqualTo(2);
    }

    @Test
    void callersWithoutATokenShareOneBucket() {
        Calls calls = new Calls(RateLimit.of(2, SECOND).byCaller());
        assertThat(calls.passing(caller(null, null), 1)).isEqualTo(1);
        assertThat(calls.passing(caller(ID, null), 5)).isEqualTo(1);
        assertThat(calls.passing(address("192.0.2.1"), 5)).isZero();
        assertThat(calls.passing(ALICE, 5)).isEqualTo(2);
        assertThat(calls.forward(Duration.ofMillis(500)).passing(caller(null, null), 5))
                .isEqualTo(1);
    }

    @Test
    void valuesOfAClaimHaveABucketEach() {
        Calls calls = new Calls(RateLimit.of(2, SECOND).byClaim("tenant"));
        assertThat(calls.passing(claims(Map.of("tenant", "a")), 5)).isEqualTo(2);
        assertThat(calls.passing(claims(Map.of("tenant", "b", "other", "a")), 5))
                .isEqualTo(2);
        assertThat(calls.passing(claims(Map.of("tenant", List.of("a", "b"))), 5))
                .isEqualTo(2);
        assertThat(calls.passing(claims(Map.of("tenant", 7)), 5)).isEqualTo(2);
        assertThat(calls.passing(claims(Map.of("other", "a")), 1)).isEqualTo(1);
        assertThat(calls.passing(claims(Map.of()), 5)).isEqualTo(1);
    }

    @Test
    void addressesHaveABucketEachAndOneNetworkOfOneCustomerHasOne() {
        Calls calls = new Calls(RateLimit.of(2, SECOND).byAddress());
        assertThat(calls.passing(address("192.0.2.1"), 5)).isEqualTo(2);
        assertThat(calls.passing(address("::ffff:192.0.2.1"), 5)).isZero();
        assertThat(calls.passing(address("192.0.2.2"), 5)).isEqualTo(2);
        assertThat(calls.passing(address("2001:db8::1"), 5)).isEqualTo(2);
        assertThat(calls.passing(address("2001:db8:0:0:ffff::2"), 5)).isZero();
        assertThat(calls.passing(address("2001:db8:0:1::1"), 5)).isEqualTo(2);
        assertThat(calls.passing(address(null), 5)).isEqualTo(2);
        assertThat(calls.passing(address("unix"), 5)).isZero();
    }

    @Test
    void allTogetherShareOneBucket() {
        Calls calls = new Calls(RateLimit.of(3, SECOND));
        assertThat(calls.passing(ALICE, 2)).isEqualTo(2);
        assertThat(calls.passing(BOB, 5)).isEqualTo(1);
    }

    @Test
    void aChangeOfTheModelKeepsTheCountWhileTheLimitIsTheSame() {
        VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T00:00:00Z"));
        Said said = Said.orders().rateLimit(RateLimit.of(1, Duration.ofMinutes(1)));
        Evaluator first = Evaluator.of(said.world(), Statuses.STANDARD, clock);
        assertThat(decide(first)).isInstanceOf(Decision.Forward.class);
        Evaluator same = first.next(said.world());
        assertThat(decide(same)).isInstanceOfSatisfying(Decision.Refuse.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.detail()).isEqualTo("too many requests, at most 1 requests in 1m for all together");
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        });
        Evaluator other = same.next(
                Said.orders().rateLimit(RateLimit.of(2, Duration.ofMinutes(1))).world());
        assertThat(decide(other)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void callsFromInsideAreNotCounted() {
        Evaluator evaluator =
                Evaluator.of(Said.orders().rateLimit(RateLimit.of(1, SECOND)).world());
        for (int i = 0; i < 3; i++) {
            assertThat(evaluator.decide(
                            RequestValue.of("GET", "orders.shop", "/", null).inMesh(), bound -> 0))
                    .isInstanceOf(Decision.Forward.class);
        }
    }

    private static Decision decide(Evaluator evaluator) {
        return evaluator.decide(RequestValue.of("GET", "orders.shop.localhost", "/", null), bound -> 0);
    }
}
