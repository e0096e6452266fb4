package dev.lintel.traffic;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.BreakerRule.Outliers;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerPolicyTest {
    private static final Outliers USUAL =
            new Outliers(5, 0, false, 0, ofSeconds(10), ofSeconds(30), ofMinutes(5), Duration.ZERO, null);

    private static @Nullable BreakerRule rule(UnaryOperator<Breaker> said) {
        return Said.orders().breaker(said).model().service().traffic().breaker();
    }

    private static BreakerRule expected(@Nullable Outliers outliers, Limits limits) {
        return new BreakerRule(outliers, limits, Origin.unknown());
    }

    @Test
    void theUsualNumbersAreIstios() {
        assertThat(rule(b -> b)).isEqualTo(expected(USUAL, Limits.NONE));
    }

    @Test
    void everyNumberCanBeSaid() {
        assertThat(rule(b -> b.consecutive5xx(7)
                        .consecutiveGatewayErrors(3)
                        .consecutiveLocalFailures(2)
                        .every(ofMillis(500))
                        .ejectFor(ofSeconds(1))
                        .atMostEjectedFor(ofSeconds(4))
                        .jitter(ofMillis(100))
                        .maxEjectionPercent(10)
                        .maxConnections(100)
                        .maxPending(50)
                        .maxRequests(200)
                        .maxRetries(4)))
                .isEqualTo(expected(
                        new Outliers(7, 3, true, 2, ofMillis(500), ofSeconds(1), ofSeconds(4), ofMillis(100), 10),
                        new Limits(100, 50, 200, 4)));
    }

    @Test
    void localFailuresAreCountedApartWhereThatIsSaid() {
        assertThat(rule(Breaker::splitLocalErrors))
                .isEqualTo(expected(
                        new Outliers(5, 0, true, 5, ofSeconds(10), ofSeconds(30), ofMinutes(5), Duration.ZERO, null),
                        Limits.NONE));
        assertThat(rule(b -> b.consecutiveLocalFailures(0)))
                .isEqualTo(expected(
                        new Outliers(5, 0, true, 0, ofSeconds(10), ofSeconds(30), ofMinutes(5), Duration.ZERO, null),
                        Limits.NONE));
    }

    @Test
    void theLongestEjectionIsAtLeastTheFirst() {
        BreakerRule rule = rule(b -> b.ejectFor(ofMinutes(20)));
        assertThat(rule).isNotNull();
        assertThat(rule.outliers())
                .isEqualTo(
                        new Outliers(5, 0, false, 0, ofSeconds(10), ofMinutes(20), ofMinutes(20), Duration.ZERO, null));
        assertThatThrownBy(() -> Breaker.usual().ejectFor(ofSeconds(10)).atMostEjectedFor(ofSeconds(5)))
                .hasMessage("a breaker cannot leave a workload out for 10s, but at most for 5s");
        assertThat(Said.orders().breaker(b -> b.atMostEjectedFor(ofSeconds(5))).problems())
                .containsExactly(
                        "breaker.ejection | orders.shop traffic.breaker/v1: leaves a workload out for 30s, but at"
                                + " most for 5s | raise atMostEjectedFor, or lower ejectFor");
    }

    @Test
    void limitsStandAloneWhereNothingIsCounted() {
        assertThat(rule(b -> b.consecutive5xx(0).maxConnections(10)))
                .isEqualTo(expected(null, new Limits(10, null, null, null)));
    }

    @Test
    void aBreakerDoesSomething() {
        assertThat(Said.orders().breaker(b -> b.consecutive5xx(0)).problems())
                .containsExactly(
                        "breaker.nothing | orders.shop traffic.breaker/v1: counts nothing and limits nothing | leave"
                                + " it out, or say a count above 0 or a limit");
        assertThat(Said.orders()
                        .breaker(b -> b.consecutive5xx(0).ejectFor(ofSeconds(1)).maxPending(1))
                        .problems())
                .containsExactly(
                        "breaker.counts-nothing | orders.shop traffic.breaker/v1: says how workloads are left out, but counts"
                                + " nothing after which they are | say consecutive5xx, consecutiveGatewayErrors or"
                                + " consecutiveLocalFailures above 0");
    }

    @Test
    void numbersHaveTheirRange() {
        assertThatThrownBy(() -> Breaker.usual().consecutive5xx(-1))
                .hasMessage("consecutive5xx of a breaker must be 0 to 1000000, but was -1");
        assertThatThrownBy(() -> Breaker.usual().maxPending(0))
                .hasMessage("maxPending of a breaker must be 1 to 1000000, but was 0");
        assertThatThrownBy(() -> Breaker.usual().maxEjectionPercent(101))
                .hasMessage("maxEjectionPercent of a breaker must be 1 to 100, but was 101");
        assertThatThrownBy(() -> Breaker.usual().ejectFor(ofSeconds(-1)))
                .hasMessage("the time of an ejection must be whole milliseconds, 1 ms to 24 h, but was PT-1S");
        assertThatThrownBy(() -> Breaker.usual().every(Duration.ZERO))
                .hasMessage("the time between two sweeps must be whole milliseconds, 1 ms to 24 h, but was PT0S");
        assertThatThrownBy(() -> Breaker.usual().jitter(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessage("the jitter of an ejection must be whole milliseconds, 1 ms to 24 h, but was"
                        + " PT2562047788015215H30M7S");
    }

    @Test
    void aLimitOfRetriesNeedsRetriesAndNoBudgetBesides() {
        assertThat(Said.orders().breaker(b -> b.maxRetries(2)).warnings())
                .containsExactly("breaker.retries | orders.shop: limits retries to 2, but nothing is tried again | say"
                        + " retry(…), or leave maxRetries out");
        assertThat(Said.orders()
                        .retry(Retry.attempts(2).budget(50, 1))
                        .breaker(b -> b.maxRetries(2))
                        .problems())
                .containsExactly(
                        "retry.budget | orders.shop: retries are limited twice: by a budget of 50 % and at least 1, and by"
                                + " maxRetries of 2 at Test.java | say one of the two; with a budget nobody looks at"
                                + " maxRetries");
        assertThat(Said.orders().retry(2).breaker(b -> b.maxRetries(2)).warnings())
                .isEmpty();
    }
}
