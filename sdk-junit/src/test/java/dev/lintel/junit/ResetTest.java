package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.chaos.Chaos;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Whatever a test does to a shared gateway, the next one finds it as it was, in any order. */
class ResetTest {
    @Test
    void noOrderMakesADifference() {
        LongStream.rangeClosed(1, 10).forEach(seed -> {
            EngineExecutionResults results = Engine.inRandomOrder(seed, Vandals.class);
            assertThat(Engine.failures(results)).as("seed %s", seed).isEmpty();
            results.testEvents().assertStatistics(count -> count.succeeded(8));
        });
    }

    @Test
    void testsOfOneClassTakeTurnsWhereJUnitRunsThemAtTheSameTime() {
        EngineExecutionResults results = Engine.inParallel(Vandals.class);
        assertThat(Engine.failures(results)).isEmpty();
        results.testEvents().assertStatistics(count -> count.succeeded(8));
    }

    /** Each test checks that all is as said, and then leaves nothing as it was. */
    @Inside
    static class Vandals {
        @RegisterExtension
        static final GatewayExtension GATEWAY = Sample.orders().build();

        @BeforeAll
        static void sayMore(AuthorizationServer authorization) {
            authorization.client("said-before-all", Sample.SECRET, "orders.read");
            Sample.token(authorization, "said-before-all");
        }

        @BeforeEach
        void allIsAsSaid(
                Gateway gateway,
                HttpClient http,
                TokenIssuer tokens,
                AuthorizationServer authorization,
                RequestJournal journal,
                Chaos chaos,
                VirtualClock clock) {
            journal.assertTokenRequests(0);
            journal.assertRequests(0);
            assertThat(chaos.hits()).isEmpty();
            assertThat(chaos).hasToString("chaos []");
            assertThat(Duration.between(clock.instant(), Instant.now()))
                    .isBetween(Duration.ZERO, Duration.ofMinutes(5));
            assertThat(gateway.stats().answered()).isZero();
            var answer = Sample.get(gateway, http, "/orders/7", "Authorization", tokens.bearer("alice", "orders.read"));
            assertThat(answer.body()).isEqualTo("said by the builder");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Sample.token(authorization, "shop-ui")).isEqualTo(200);
            assertThat(Sample.token(authorization, "said-before-all")).isEqualTo(200);
            assertThat(Sample.token(authorization, "said-in-a-test")).isEqualTo(401);
        }

        @Test
        void exposesNothing(Gateway gateway) {
            gateway.apply(gateway.plan());
        }

        @Test
        void bindsAnother(Gateway gateway) {
            gateway.workload("orders.shop", Workload.function(request -> Reply.ok("said in a test")));
        }

        @Test
        void registersAClient(AuthorizationServer authorization) {
            authorization.client("said-in-a-test", Sample.SECRET, "orders.read");
            assertThat(Sample.token(authorization, "said-in-a-test")).isEqualTo(200);
        }

        @Test
        void movesTheClock(VirtualClock clock) {
            clock.forward(Duration.ofDays(3));
        }

        @Test
        void setsTheClockBack(VirtualClock clock) {
            clock.at(Instant.EPOCH);
        }

        @Test
        void rotatesKeys(Chaos chaos) {
            chaos.rotateKeySameKid();
            chaos.rotateKey();
        }

        @Test
        void breaksTheIssuer(Chaos chaos) {
            chaos.everywhere().status(500);
            chaos.refuseConnections();
        }

        @Nested
        class AndInside {
            @BeforeAll
            static void sayEvenMore(AuthorizationServer authorization) {
                authorization.client("said-inside", Sample.SECRET, "orders.read");
            }

            @Test
            void findsWhatBothSaid(AuthorizationServer authorization) {
                assertThat(Sample.token(authorization, "said-inside")).isEqualTo(200);
                authorization.client("said-in-a-test", Sample.SECRET);
            }
        }
    }
}
