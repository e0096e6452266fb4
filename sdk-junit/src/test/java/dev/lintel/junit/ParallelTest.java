package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.chaos.Chaos;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Many gateways at once: none knows of another, and none leaves anything behind. */
class ParallelTest {
    @Test
    void classesThatRunSideBySideShareNothing() {
        EngineExecutionResults results = Engine.inParallel(
                Crowd.A.class,
                Crowd.B.class,
                Crowd.C.class,
                Crowd.D.class,
                Crowd.E.class,
                Crowd.F.class,
                Crowd.G.class,
                Crowd.H.class);
        assertThat(Engine.failures(results)).isEmpty();
        results.testEvents().assertStatistics(count -> count.succeeded(24));
        assertThat(Crowd.PORTS).hasSize(8);
    }

    /** Sees only its own requests, clients and chaos. */
    @Inside
    @ApiGatewayTest(setup = Crowd.Setup.class)
    abstract static class Crowd {
        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        static final class Setup implements GatewaySetup {
            @Override
            public GatewayBuilder addTo(GatewayBuilder builder) {
                return Sample.orders(builder);
            }
        }

        @RepeatedTest(3)
        void seesOnlyItself(
                Gateway gateway,
                AuthorizationServer authorization,
                HttpClient http,
                TokenIssuer tokens,
                RequestJournal journal,
                Chaos chaos) {
            PORTS.add(gateway.port());
            authorization.client("mine", Sample.SECRET, "orders.read");
            chaos.token().once().status(503);
            assertThat(Sample.token(authorization, "mine")).isEqualTo(503);
            assertThat(Sample.token(authorization, "mine")).isEqualTo(200);
            var answer = Sample.get(gateway, http, "/orders/7", "Authorization", tokens.bearer("alice", "orders.read"));
            assertThat(answer.statusCode()).isEqualTo(200);
            journal.assertTokenRequests(2);
            journal.assertRequests(1);
        }

        static class A extends Crowd {}

        static class B extends Crowd {}

        static class C extends Crowd {}

        static class D extends Crowd {}

        static class E extends Crowd {}

        static class F extends Crowd {}

        static class G extends Crowd {}

        static class H extends Crowd {}
    }

    @Test
    void classesThatInheritAFieldTakeTurns() {
        EngineExecutionResults results = Engine.inParallel(Heirs.One.class, Heirs.Two.class, Heirs.Three.class);
        assertThat(Engine.failures(results)).isEmpty();
        results.testEvents().assertStatistics(count -> count.succeeded(6));
    }

    /** The field is one for all classes that inherit it. */
    @Inside
    abstract static class Heirs {
        @RegisterExtension
        static final GatewayExtension GATEWAY = Sample.orders().build();

        @RepeatedTest(2)
        void isAloneForATime(AuthorizationServer authorization, RequestJournal journal) {
            authorization.client("mine", Sample.SECRET);
            Sample.token(authorization, "mine");
            journal.assertTokenRequests(1);
        }

        static class One extends Heirs {}

        static class Two extends Heirs {}

        static class Three extends Heirs {}
    }

    @Test
    void tokensOfOneAreNoGoodAtAnother() {
        try (Fixture one = Fixture.start(Sample.orders());
                Fixture two = Fixture.start(Sample.orders())) {
            String bearer = new TokenIssuer(one.authorization()).bearer("alice", "orders.read");
            assertThat(Sample.get(one.gateway(), one.http(), "/orders/7", "Authorization", bearer)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Sample.get(two.gateway(), two.http(), "/orders/7", "Authorization", bearer)
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void noThreadIsLeft() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("fixture");
        List<Throwable> failures = new ArrayList<>();
        Thread runner = new Thread(group, () -> failures.addAll(Engine.failures(Engine.run(Busy.class))));
        runner.start();
        runner.join();
        assertThat(failures).isEmpty();
        assertThat(Busy.SEEN)
                .contains("lintel-authorization-io", "lintel-gateway", "lintel-test-http")
                .allMatch(name -> name.startsWith("lintel-"));

        Thread[] left = new Thread[1_000];
        int count = group.enumerate(left);
        for (int i = 0; i < count; i++) {
            if (left[i].getName().startsWith("lintel-")) {
                left[i].join(20_000);
                assertThat(left[i].isAlive()).as(left[i].getName()).isFalse();
            }
        }
    }

    /** Uses all that has threads, and leaves requests waiting. */
    @Inside
    static class Busy {
        static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        static final GatewayExtension GATEWAY = Sample.orders().build();

        @Test
        void test(
                Gateway gateway, HttpClient http, TokenIssuer tokens, AuthorizationServer authorization, Chaos chaos) {
            var answer = Sample.get(gateway, http, "/orders/7", "Authorization", tokens.bearer("alice", "orders.read"));
            assertThat(answer.statusCode()).isEqualTo(200);
            var unused = chaos.token().hold();
            Thread caller = new Thread(() -> Sample.token(authorization, "shop-ui"), "caller");
            caller.setDaemon(true);
            caller.start();
            unused.await(1, java.time.Duration.ofSeconds(20));
            Thread[] now = new Thread[1_000];
            int count = Thread.currentThread().getThreadGroup().enumerate(now);
            for (int i = 0; i < count; i++) {
                if (now[i].getName().startsWith("lintel-")) {
                    SEEN.add(now[i].getName().replaceAll("-\\d+", ""));
                }
            }
        }
    }
}
