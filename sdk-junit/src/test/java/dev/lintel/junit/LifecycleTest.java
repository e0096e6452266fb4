package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** When a gateway starts and stops, and who shares it. */
class LifecycleTest {
    private static void allSucceed(EngineExecutionResults results, int tests) {
        assertThat(Engine.failures(results)).isEmpty();
        results.testEvents().assertStatistics(count -> count.succeeded(tests));
    }

    @Test
    void inAStaticFieldTheClassSharesIt() {
        allSucceed(Engine.run(Shared.class), 4);
        assertThat(Shared.PORTS).hasSize(1);
    }

    @Inside
    static class Shared {
        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.builder().build();

        private final Gateway injected;

        Shared(Gateway injected) {
            this.injected = injected;
        }

        @BeforeAll
        static void before(Gateway gateway) {
            PORTS.add(gateway.port());
        }

        @AfterAll
        static void after(Gateway gateway) {
            PORTS.add(gateway.port());
            assertThat(GATEWAY).hasToString("gateway for tests on port " + gateway.port());
        }

        @RepeatedTest(2)
        void test() {
            PORTS.add(injected.port());
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void test(Gateway gateway) {
                PORTS.add(gateway.port());
            }
        }
    }

    @Test
    void inAnotherFieldEachTestHasItsOwn() {
        allSucceed(Engine.inParallel(Own.class), 4);
        assertThat(Own.PORTS).hasSize(4);
    }

    @Inside
    static class Own {
        static final Queue<Integer> PORTS = new ConcurrentLinkedQueue<>();

        @RegisterExtension
        final GatewayExtension gateway = GatewayExtension.builder().build();

        @RepeatedTest(2)
        void test() {
            PORTS.add(gateway.gateway().port());
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void test(Gateway injected) {
                assertThat(injected).isSameAs(gateway.gateway());
                PORTS.add(injected.port());
            }
        }
    }

    @Test
    void inAFieldOfAnInstanceForAllTestsTheyShareIt() {
        allSucceed(Engine.run(OneInstance.class), 2);
        assertThat(OneInstance.PORTS).hasSize(1);
    }

    @Inside
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance {
        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        final GatewayExtension gateway = GatewayExtension.builder().build();

        @RepeatedTest(2)
        void test(Gateway injected) {
            PORTS.add(injected.port());
        }
    }

    @Test
    void whatIsDeclaredIsSharedByItsClassAndThoseInsideThatDeclareNothing() {
        allSucceed(Engine.run(Declared.class), 4);
        assertThat(Declared.OUTSIDE).hasSize(1);
        assertThat(Declared.INSIDE).hasSize(1).doesNotContainAnyElementsOf(Declared.OUTSIDE);
    }

    @Inside
    @ApiGatewayTest(audience = "orders")
    static class Declared {
        static final Set<Integer> OUTSIDE = ConcurrentHashMap.newKeySet();
        static final Set<Integer> INSIDE = ConcurrentHashMap.newKeySet();

        @Test
        void test(Gateway gateway) {
            OUTSIDE.add(gateway.port());
        }

        @Nested
        class Same {
            @Test
            void test(Gateway gateway) {
                OUTSIDE.add(gateway.port());
            }
        }

        @Nested
        @ApiGatewayTest(virtualClock = false)
        class Another {
            @RepeatedTest(2)
            void test(Gateway gateway) {
                INSIDE.add(gateway.port());
            }
        }
    }

    @Test
    void whatIsDeclaredForEachMethodIsItsOwn() {
        allSucceed(Engine.inParallel(Each.class), 3);
        assertThat(Each.PORTS).hasSize(3);
    }

    @Inside
    @ApiGatewayTest(lifecycle = Lifecycle.PER_METHOD)
    static class Each {
        static final Queue<Integer> PORTS = new ConcurrentLinkedQueue<>();

        @RepeatedTest(3)
        void test(Gateway gateway) {
            PORTS.add(gateway.port());
        }

        @AfterEach
        void same(Gateway gateway) {
            assertThat(PORTS).contains(gateway.port());
        }
    }

    @Test
    void severalAreToldApartByTheirNames() {
        allSucceed(Engine.run(Several.class), 1);
    }

    @Inside
    static class Several {
        @RegisterExtension
        static final GatewayExtension ONE =
                GatewayExtension.builder().name("one").build();

        @RegisterExtension
        static final GatewayExtension TWO =
                GatewayExtension.builder().name("two").build();

        @RegisterExtension
        static final GatewayExtension PLAIN = GatewayExtension.builder().build();

        @Test
        void test(@FromGateway("one") Gateway one, @FromGateway("two") AuthorizationServer two, Gateway plain) {
            assertThat(one).isSameAs(ONE.gateway());
            assertThat(two).isSameAs(TWO.authorization());
            assertThat(plain).isSameAs(PLAIN.gateway());
        }
    }
}
