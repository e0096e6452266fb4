package dev.lintel.traffic.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.GuardRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void isStoredAsAPersonWouldWriteIt() {
        ApiDefinition definition = Said.orders()
                .rateLimit(RateLimit.of(1000, SECOND))
                .rateLimit(RateLimit.of(100, SECOND).burst(200).byCaller())
                .rateLimit(RateLimit.of(5, Duration.ofHours(1)).byClaim("tenant"))
                .rateLimit(RateLimit.of(10, Duration.ofMillis(1500)).byAddress())
                .trusting()
                .define();
        String yaml = """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: traffic.rate-limit/v1
                    requests: 1000
                    per: 1s
                    by: all
                  - kind: traffic.rate-limit/v1
                    requests: 100
                    per: 1s
                    burst: 200
                    by: caller
                  - kind: traffic.rate-limit/v1
                    requests: 5
                    per: 1h
                    by: claim
                    claim: tenant
                  - kind: traffic.rate-limit/v1
                    requests: 10
                    per: 1s500ms
                    by: address
                  - kind: test.trusting/v1
                """;
        assertThat(DefinitionFormat.yaml().write(definition)).isEqualTo(yaml);
        assertThat(DefinitionFormat.yaml().read(yaml, "d.yaml")).containsExactly(definition);
    }

    @Test
    void becomesAGuardInTheOrderOfSaying() {
        List<GuardRule> guards = Said.orders()
                .rateLimit(RateLimit.of(100, SECOND).burst(200).byCaller())
                .rateLimit(RateLimit.of(5, Duration.ofHours(1)).byClaim("tenant"))
                .rateLimit(RateLimit.of(10, SECOND).byAddress())
                .rateLimit(RateLimit.of(1000, SECOND))
                .trusting()
                .world()
                .apis()
                .get(0)
                .guards();
        assertThat(guards)
                .extracting(GuardRule::describe)
                .containsExactly(
                        "at most 100 requests in 1s for each caller, up to 200 at once",
                        "at most 5 requests in 1h for each value of claim 'tenant'",
                        "at most 10 requests in 1s for each address",
                        "at most 1000 requests in 1s for all together");
        assertThat(guards).extracting(GuardRule::kind).containsOnly("traffic.rate-limit/v1");
        assertThat(guards.get(0).origin().toString()).contains("RateLimitTest.java");
    }

    @Test
    void oneTimeHasOneLimitForOneSortOfCaller() {
        assertThatThrownBy(() -> Said.orders()
                        .rateLimit(RateLimit.of(100, SECOND).byCaller())
                        .rateLimit(RateLimit.of(50, SECOND).byCaller())
                        .define())
                .hasMessageContaining("caller in 1s");
        assertThat(Said.orders()
                        .rateLimit(RateLimit.of(100, SECOND).byCaller())
                        .rateLimit(RateLimit.of(1000, Duration.ofHours(1)).byCaller())
                        .rateLimit(RateLimit.of(100, SECOND).byClaim("a"))
                        .rateLimit(RateLimit.of(100, SECOND).byClaim("b"))
                        .trusting()
                        .define()
                        .policies())
                .hasSize(5);
    }

    @Test
    void callersAreToldApartOnlyWhereTokensAreAccepted() {
        assertThatThrownBy(() -> Said.orders()
                        .rateLimit(RateLimit.of(100, SECOND).byCaller())
                        .define())
                .hasMessageContaining(
                        "'at most 100 requests in 1s for each caller' needs verified tokens, but nothing is"
                                + " said about whose tokens are accepted");
        assertThat(Said.orders()
                        .rateLimit(RateLimit.of(100, SECOND).byAddress())
                        .define()
                        .policies())
                .hasSize(1);
    }

    @Test
    void requestsAreOneToAMillion() {
        assertThatThrownBy(() -> RateLimit.of(0, SECOND))
                .hasMessage("a rate limit must let 1 to 1000000 requests enter, but was given 0");
        assertThatThrownBy(() -> RateLimit.of(-5, SECOND))
                .hasMessage("a rate limit must let 1 to 1000000 requests enter, but was given -5");
        assertThatThrownBy(() -> RateLimit.of(1_000_001, SECOND))
                .hasMessage("a rate limit must let 1 to 1000000 requests enter, but was given 1000001");
        assertThatThrownBy(() -> RateLimit.of(1, SECOND).burst(0))
                .hasMessage("the burst of a rate limit must be 1 to 1000000 requests, but was 0");
        assertThatThrownBy(() -> RateLimit.of(1, SECOND).burst(Integer.MAX_VALUE))
                .hasMessage("the burst of a rate limit must be 1 to 1000000 requests, but was 2147483647");
    }

    @Test
    void theTimeIsWholeMillisecondsUpToADay() {
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ZERO))
                .hasMessage("the time of a rate limit must be whole milliseconds, 1 ms to 24 h, but was PT0S");
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ofSeconds(-1)))
                .hasMessage("the time of a rate limit must be whole milliseconds, 1 ms to 24 h, but was PT-1S");
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ofNanos(1_500_000)))
                .hasMessage("the time of a rate limit must be whole milliseconds, 1 ms to 24 h, but was PT0.0015S");
        assertThatThrownBy(() -> RateLimit.of(1, Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessage("the time of a rate limit must be whole milliseconds, 1 ms to 24 h, but was "
                        + Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Test
    void aClaimIsNamedWhereItIsAsked() {
        assertThatThrownBy(() -> RateLimit.of(1, SECOND).byClaim(" "))
                .hasMessage("a rate limit by claim must name the claim in 1 to 1024 characters, but was ' '");
        assertThatThrownBy(() -> new RateLimit(1, SECOND, null, RateLimit.By.CLAIM, null))
                .hasMessage("a rate limit by claim, and no other, names a claim, but one by claim was given none");
        assertThatThrownBy(() -> new RateLimit(1, SECOND, null, RateLimit.By.CALLER, "tenant"))
                .hasMessage("a rate limit by claim, and no other, names a claim, but one by caller was given 'tenant'");
    }
}
