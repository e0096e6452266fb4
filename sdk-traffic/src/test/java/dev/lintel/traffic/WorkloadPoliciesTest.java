package dev.lintel.traffic;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BalanceRule.By;
import dev.lintel.core.model.HealthRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Load balancing and health checks. */
class WorkloadPoliciesTest {
    private static @Nullable BalanceRule balance(LoadBalancing said) {
        return Said.orders().loadBalancing(said).model().service().traffic().balance();
    }

    private static BalanceRule rule(Algorithm algorithm, BalanceRule.@Nullable HashOn on, boolean nearby) {
        return new BalanceRule(algorithm, on, nearby, Origin.unknown());
    }

    @Test
    void everyAlgorithmCanBeSaid() {
        assertThat(balance(LoadBalancing.roundRobin())).isEqualTo(rule(Algorithm.ROUND_ROBIN, null, false));
        assertThat(balance(LoadBalancing.leastRequest())).isEqualTo(rule(Algorithm.LEAST_REQUEST, null, false));
        assertThat(balance(LoadBalancing.random().localityFirst())).isEqualTo(rule(Algorithm.RANDOM, null, true));
    }

    @Test
    void aConsistentHashSaysOfWhat() {
        assertThat(balance(LoadBalancing.consistentHash(HashOn.header("X-User"))))
                .isEqualTo(rule(Algorithm.CONSISTENT_HASH, new BalanceRule.HashOn(By.HEADER, "x-user"), false));
        assertThat(balance(LoadBalancing.consistentHash(HashOn.cookie("lane")).localityFirst()))
                .isEqualTo(rule(Algorithm.CONSISTENT_HASH, new BalanceRule.HashOn(By.COOKIE, "lane"), true));
        assertThat(balance(LoadBalancing.consistentHash(HashOn.query("id"))))
                .isEqualTo(rule(Algorithm.CONSISTENT_HASH, new BalanceRule.HashOn(By.QUERY, "id"), false));
        assertThat(balance(LoadBalancing.consistentHash(HashOn.address())))
                .isEqualTo(rule(Algorithm.CONSISTENT_HASH, new BalanceRule.HashOn(By.ADDRESS, ""), false));
        assertThatThrownBy(() -> new LoadBalancing(Algorithm.CONSISTENT_HASH, null, false))
                .hasMessage("a consistent hash, and nothing else, needs what is hashed");
        assertThatThrownBy(() -> HashOn.header("a b"))
                .hasMessage("a hash of a header needs its name, a token of at most 64 characters, but was given 'a b'");
        assertThatThrownBy(() -> new HashOn(By.ADDRESS, "x"))
                .hasMessage("a hash of the caller's address needs no name, but was given 'x'");
    }

    @Test
    void theCookieOfTheSplitIsNotHashed() {
        assertThat(Said.orders()
                        .split(Split.split("v1", 90, "v2", 10).sticky(Sticky.cookie("seen")))
                        .loadBalancing(LoadBalancing.consistentHash(HashOn.cookie("seen")))
                        .problems())
                .containsExactly(
                        "balance.cookie | orders.shop: hashes the cookie 'seen', in which the split remembers its versions,"
                                + " said at Test.java, so that all callers of a version would get one workload | hash another"
                                + " cookie");
    }

    @Test
    void aHealthCheckIsLikeAProbeUnlessSaid() {
        assertThat(Said.orders()
                        .healthCheck("/healthz")
                        .model()
                        .service()
                        .traffic()
                        .health())
                .isEqualTo(new HealthRule("/healthz", ofSeconds(10), ofSeconds(1), 3, 1, Origin.unknown()));
        assertThat(Said.orders()
                        .healthCheck(HealthCheck.get("/healthz")
                                .every(ofSeconds(2))
                                .timeout(ofMillis(300))
                                .unhealthyAfter(2)
                                .healthyAfter(4))
                        .model()
                        .service()
                        .traffic()
                        .health())
                .isEqualTo(new HealthRule("/healthz", ofSeconds(2), ofMillis(300), 2, 4, Origin.unknown()));
    }

    @Test
    void aHealthCheckIsSaidRight() {
        for (String path : new String[] {"healthz", "/a/../b", "/a?b=c", "//a", "/a b", ""}) {
            assertThatThrownBy(() -> HealthCheck.get(path))
                    .hasMessage("a health check asks for a path in normal form, as '/healthz', but was '" + path + "'");
        }
        assertThatThrownBy(() -> HealthCheck.get("/").every(ofSeconds(-1)))
                .hasMessage(
                        "the time between two health checks must be whole milliseconds, 1 ms to 24 h, but was PT-1S");
        assertThatThrownBy(() -> HealthCheck.get("/").timeout(Duration.ofDays(2)))
                .hasMessage("the time-out of a health check must be whole milliseconds, 1 ms to 24 h, but was PT48H");
        assertThatThrownBy(() -> HealthCheck.get("/").unhealthyAfter(0))
                .hasMessage("unhealthyAfter of a health check must be 1 to 100, but was 0");
        assertThatThrownBy(() -> HealthCheck.get("/").healthyAfter(101))
                .hasMessage("healthyAfter of a health check must be 1 to 100, but was 101");
    }
}
