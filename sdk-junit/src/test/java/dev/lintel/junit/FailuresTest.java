package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.chaos.Chaos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What is told when something fails. */
class FailuresTest {
    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aTestThatFailsTellsWhatHappenedAndNoSecret() {
        EngineExecutionResults results = Engine.run(Failing.class);
        List<Throwable> failures = Engine.failures(results);
        assertThat(failures).hasSize(1);
        String printed = printed(failures.get(0));
        String told = """
                requests at the gateway: 2
                  GET orders.shop.localhost:PORT/orders/7 = 401, refuse with 401 NO_TOKEN: a token is needed
                  GET orders.shop.localhost:PORT/orders/8 = 200, forward to orders.shop /orders/8
                token requests that were executed: 1
                  shop-ui asked by client_credentials: issued orders.read
                disturbed on purpose: 1
                  POST /token met status 503, and was not executed
                the last refusal: GET orders.shop.localhost:PORT/orders/7
                  = refuse with 401 NO_TOKEN: a token is needed
                    WWW-Authenticate: Bearer

                  path     /orders/7 is in normal form
                  host     orders.shop.localhost:PORT is orders.shop  Sample.java:N
                  token    none was presented
                  access   /orders/** needs scope orders.read: refused  Sample.java:N
                """;
        assertThat(Engine.reports(results)).hasSize(1);
        assertThat(Engine.reports(results)
                        .get(0)
                        .replaceAll("localhost:\\d+", "localhost:PORT")
                        .replaceAll("java:\\d+", "java:N")
                        .replaceAll(" {2,}(?=Sample)", "  "))
                .isEqualTo(told);
        assertThat(printed)
                .startsWith("java.lang.AssertionError: on purpose\n")
                .contains("Suppressed: dev.lintel.junit.WhatHappened: requests at the gateway: 2\n");
        assertThat(printed + Engine.reports(results)).doesNotContain("canary").doesNotContain(Failing.bearer);
    }

    @Inside
    static class Failing {
        static String bearer = "";

        @RegisterExtension
        static final GatewayExtension GATEWAY = Sample.orders().build();

        @Test
        void test(
                Gateway gateway, HttpClient http, TokenIssuer tokens, AuthorizationServer authorization, Chaos chaos) {
            bearer = tokens.issue("alice", "orders.read");
            Sample.get(gateway, http, "/orders/7?code=canary-query", "X-Key", "canary-header");
            Sample.get(gateway, http, "/orders/8?code=canary-query", "Authorization", "Bearer " + bearer);
            chaos.token().once().status(503);
            Sample.token(authorization, "shop-ui");
            Sample.token(authorization, "shop-ui");
            throw new AssertionError("on purpose");
        }
    }

    @Test
    void whatDoesNotFailTellsNothing() {
        assertThat(Engine.reports(Engine.run(Quiet.class))).isEmpty();
    }

    @Inside
    static class Quiet {
        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.builder().build();

        @Test
        void succeeds() {}

        @Test
        void isNotFor() {
            Assumptions.abort("this machine");
        }
    }

    @Test
    void whatIsMissingIsSaidWithWhatToDo() {
        assertThat(Engine.failures(Engine.run(Bare.class)))
                .extracting(failure -> String.valueOf(failure.getCause().getMessage()))
                .containsExactlyInAnyOrder(
                        "this gateway runs without an authorization server; leave out withoutIssuer() to have one",
                        "this gateway goes by the clock of the machine; leave out realClock() to have a virtual one");
    }

    @Inside
    static class Bare {
        @RegisterExtension
        final GatewayExtension gateway =
                GatewayExtension.builder().withoutIssuer().realClock().build();

        @Test
        void wantsTokens(TokenIssuer tokens) {}

        @Test
        void wantsTheClock(VirtualClock clock) {}
    }

    @Test
    void aGatewayThatDoesNotRunSaysWhere() {
        assertThatThrownBy(GatewayExtension.builder().name("west").build()::gateway)
                .hasMessage("the gateway 'west' for tests does not run: keep the extension in a field with"
                        + " @RegisterExtension, static if it is to run in @BeforeAll and in constructors");
        assertThat(Engine.failures(Engine.run(TooEarly.class)))
                .extracting(failure -> String.valueOf(failure.getMessage()))
                .containsExactly(
                        "with lifecycle = PER_METHOD the gateway starts with each test, so that constructors and"
                                + " @BeforeAll cannot have it; take it in @BeforeEach or in the test");
    }

    @Inside
    @ApiGatewayTest(lifecycle = org.junit.jupiter.api.TestInstance.Lifecycle.PER_METHOD)
    static class TooEarly {
        @BeforeAll
        static void before(Gateway gateway) {}

        @Test
        void test() {}
    }

    @Test
    void whatCannotStartFailsTheClassAndLeavesNothingRunning() {
        List<Throwable> failures = Engine.failures(Engine.run(Unbound.class));
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessageContaining("orders.shop: the service is bound to no workload");
    }

    @Inside
    static class Unbound {
        @RegisterExtension
        static final GatewayExtension GATEWAY = GatewayExtension.builder()
                .definition(
                        dev.lintel.sdk.Api.expose("orders").inNamespace("shop").define())
                .build();

        @Test
        void test() {}

        @AfterEach
        void after() {}
    }

    @Test
    void assertionsTellWhatReallyHappened() {
        try (Fixture fixture = Fixture.start(Sample.orders())) {
            RequestJournal journal = fixture.journal();
            Sample.token(fixture.authorization(), "stranger");
            Sample.get(fixture.gateway(), fixture.http(), "/orders/7");
            journal.assertRequests(1);
            journal.assertRefused("GET", "/orders/7", 401);
            assertThatThrownBy(() -> journal.assertTokenRequests(2))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("expected 2 token requests, but there was 1\nrequests at the gateway: 1\n")
                    .hasMessageContaining("\n  nobody asked by no known grant: invalid_client\n");
            assertThatThrownBy(() -> journal.assertRequests(0))
                    .hasMessageStartingWith("expected 0 requests at the gateway, but there was 1\n");
            assertThatThrownBy(journal::assertNothingRefused)
                    .hasMessageStartingWith("expected 0 refused requests, but there was 1\n");
            assertThatThrownBy(() -> journal.assertForwarded("GET", "/orders/7"))
                    .hasMessageStartingWith("expected GET /orders/7 to be forwarded, but it was not\n");
            assertThatThrownBy(() -> journal.assertForwarded("GET", "/orders/7", "v1"))
                    .hasMessageStartingWith("expected GET /orders/7 to be forwarded to version v1, but it was not\n");
            assertThatThrownBy(() -> journal.assertRefused("GET", "/orders/7", 403))
                    .hasMessageStartingWith("expected GET /orders/7 to be refused with 403, but it was not\n");
        }
    }
}
