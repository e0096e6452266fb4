package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.RetryRule.Backoff;
import dev.lintel.core.model.RetryRule.Budget;
import dev.lintel.embedded.upstream.Failure;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases that Envoy documents for its retry policies, and what is ours. */
class RetriesTest {
    private static final Draw MOST = bound -> bound - 1;

    private static RetryRule rule(int attempts) {
        return new RetryRule(attempts, null, false, Origin.unknown());
    }

    private static Retries retries(RetryRule rule, boolean idempotent) {
        return new Retries(rule, idempotent, null, Draw.RANDOM);
    }

    private static Retries on(RetryOn on, Integer... statuses) {
        Set<RetryOn> conditions = on == null ? Set.of() : Set.of(on);
        return retries(
                new RetryRule(
                        1,
                        null,
                        false,
                        conditions,
                        Set.of(statuses),
                        Backoff.DEFAULT,
                        Budget.DEFAULT,
                        Origin.unknown()),
                true);
    }

    private static HttpResponse answer(int status) {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, 500, true",
        "SERVER_ERROR, 503, true",
        "SERVER_ERROR, 599, true",
        "SERVER_ERROR, 409, false",
        "SERVER_ERROR, 200, false",
        "GATEWAY_ERROR, 500, false",
        "GATEWAY_ERROR, 501, false",
        "GATEWAY_ERROR, 502, true",
        "GATEWAY_ERROR, 503, true",
        "GATEWAY_ERROR, 504, true",
        "GATEWAY_ERROR, 505, false",
        "CONFLICT, 409, true",
        "CONFLICT, 400, false",
        "CONFLICT, 503, false",
        "CONNECT_FAILURE, 503, false",
        "RESET, 503, false",
    })
    void eachConditionIsAboutItsAnswers(RetryOn on, int status, boolean again) {
        assertThat(on(on).again(answer(status))).isEqualTo(again);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR, CONNECT, true",
        "SERVER_ERROR, RESET, true",
        "SERVER_ERROR, TIMEOUT, true",
        "GATEWAY_ERROR, CONNECT, true",
        "GATEWAY_ERROR, RESET, true",
        "GATEWAY_ERROR, TIMEOUT, true",
        "CONNECT_FAILURE, CONNECT, true",
        "CONNECT_FAILURE, RESET, false",
        "CONNECT_FAILURE, TIMEOUT, false",
        "RESET, CONNECT, false",
        "RESET, RESET, true",
        "RESET, TIMEOUT, true",
        "CONFLICT, CONNECT, false",
        "CONFLICT, RESET, false",
        "CONFLICT, TIMEOUT, false",
    })
    void eachConditionIsAboutItsFailures(RetryOn on, Failure failure, boolean again) {
        assertThat(on(on).again(failure)).isEqualTo(again);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"UNPREPARED", "OVERFLOW", "UNREADY", "GARBAGE"})
    void aReachedLimitNoWorkloadNonsenseAndOurOwnFaultsAreNeverTriedAgain(Failure failure) {
        assertThat(on(RetryOn.SERVER_ERROR).again(failure)).isFalse();
    }

    @Test
    void anAnswerThatSaysOverloadedIsNeverTriedAgain() {
        HttpResponse overloaded = answer(503);
        overloaded.headers().set("x-envoy-overloaded", "true");

        assertThat(on(RetryOn.SERVER_ERROR, 503).again(overloaded)).isFalse();
    }

    @Test
    void listedAnswersAreTriedAgainWhateverElseIsSaid() {
        assertThat(on(null, 429).again(answer(429))).isTrue();
        assertThat(on(null, 429).again(answer(503))).isFalse();
        assertThat(on(null, 429).again(Failure.CONNECT)).isFalse();
    }

    @Test
    void pausesGrowAndStayBelowTheirCap() {
        Retries retries = retries(rule(20), true);
        long[] caps = {25, 75, 175, 250, 250, 250};
        for (long cap : caps) {
            assertThat(retries.again(503)).isTrue();
            for (int i = 0; i < 200; i++) {
                assertThat(retries.backOff()).isBetween(0L, TimeUnit.MILLISECONDS.toNanos(cap));
            }
        }
    }

    @Test
    void pausesAreAsLongAsWasSaid() {
        RetryRule said = rule(30);
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
        Retries retries = new Retries(
                new RetryRule(30, null, false, said.on(), Set.of(), backoff, said.budget(), said.origin()),
                true,
                null,
                MOST);
        long[] most = {1, 3, 5, 5};
        for (long cap : most) {
            assertThat(retries.again(503)).isTrue();
            assertThat(retries.backOff()).isEqualTo(TimeUnit.SECONDS.toNanos(cap));
        }
        for (int i = most.length; i < 30; i++) {
            assertThat(retries.again(503)).isTrue();
        }
        assertThat(retries.backOff()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void thereAreAsManyTriesAsWereSaid() {
        Retries retries = retries(rule(2), true);

        assertThat(retries.again(503)).isTrue();
        assertThat(retries.again(Failure.RESET)).isTrue();
        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isFalse();
    }

    @Test
    void whatWasSentIsNotSentAgainUnlessItMayBe() {
        Retries retries = retries(rule(9), false);

        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.RESET)).isFalse();
        assertThat(retries.again(Failure.TIMEOUT)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isTrue();
        assertThat(retries.onceMore()).isFalse();
    }

    @Test
    void nothingIsTriedAgainUnlessItIsSaid() {
        Retries retries = retries(null, true);

        assertThat(retries.again(503)).isFalse();
        assertThat(retries.again(Failure.CONNECT)).isFalse();
        assertThat(retries.onceMore()).isTrue();
        assertThat(retries.onceMore()).isFalse();
    }
}
