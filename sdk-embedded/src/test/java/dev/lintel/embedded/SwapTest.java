package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The model is swapped while requests flow. */
class SwapTest {
    @Test
    void tenSwapsUnderAProberGiveNothingBut200() throws Exception {
        try (FakeService v1 = FakeService.saying("v1");
                FakeService v2 = FakeService.saying("v2");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", v1.uri());
            gateway.workload("orders.shop", "v2", v2.uri());
            gateway.apply(gateway.plan(Said.orders().split("v1", 100, "v2", 0).define()));
            Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
            AtomicBoolean stop = new AtomicBoolean();
            List<CompletableFuture<Void>> probers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                probers.add(CompletableFuture.runAsync(() -> probe(gateway, answers, stop)));
            }
            for (int i = 1; i <= 10; i++) {
                int before = total(answers);
                Until.holds(() -> total(answers) > before + 20);
                gateway.apply(gateway.plan(
                        Said.orders().split("v1", 100 - i * 10, "v2", i * 10).define()));
            }
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("v2");
            stop.set(true);
            CompletableFuture.allOf(probers.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

            assertThat(answers).containsOnlyKeys("200 v1", "200 v2");
        }
    }

    private static void probe(Gateway gateway, Map<String, AtomicInteger> answers, AtomicBoolean stop) {
        try (Raw raw = Raw.to(gateway)) {
            while (!stop.get()) {
                Raw.Answer answer = raw.send(Raw.request("GET", "/")).answer();
                answers.computeIfAbsent(answer.status() + " " + answer.body(), key -> new AtomicInteger())
                        .incrementAndGet();
            }
        }
    }

    private static int total(Map<String, AtomicInteger> answers) {
        return answers.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Test
    void aRequestIsDecidedByTheModelItMet() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (FakeService service = FakeService.start((request, out) -> {
                    asked.countDown();
                    go.await(20, TimeUnit.SECONDS);
                    out.write(FakeService.ok("ok"));
                });
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(
                    Said.orders().setResponseHeader("x-model", "old").define()));
            raw.send(Raw.request("GET", "/"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            gateway.apply(gateway.plan());
            go.countDown();

            assertThat(raw.answer().header("x-model")).isEqualTo("old");
            assertThat(raw.send(Raw.request("GET", "/")).answer().status()).isEqualTo(404);
        }
    }

    @Test
    void aRejectedDefinitionLeavesTheRunningOneInForce() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            Plan bad = gateway.plan(Said.orders().split("v1", 50, "v2", 50).define());
            assertThatThrownBy(() -> gateway.apply(bad)).isInstanceOf(ProblemsException.class);

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
        }
    }

    @Test
    void aStalePlanIsRefused() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            Plan first = gateway.plan(Said.orders().define());
            Plan second = gateway.plan(Said.orders().rewritePath("/a", "/b").define());
            gateway.apply(first);

            assertThatThrownBy(() -> gateway.apply(second))
                    .hasMessage("the plan for gateway http://*.localhost:" + gateway.port() + " has 1 problem\n"
                            + "  (1) plan.stale plan for gateway http://*.localhost:" + gateway.port()
                            + ": was made for state 'model 0', but the world is at 'model 1' now\n"
                            + "      plan again, and read what has changed");
        }
    }

    @Test
    void aPlanOfAnotherGatewayIsRefused() {
        try (Gateway one = Gateway.start();
                Gateway other = Gateway.start()) {
            other.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            one.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            Plan plan = other.plan(Said.orders().define());

            assertThatThrownBy(() -> one.apply(plan)).hasMessageContaining("let the backend that made it apply it");
        }
    }

    @Test
    void changesAreNamedByApi() {
        try (Gateway gateway = Gateway.start()) {
            for (String name : List.of("orders", "kept", "gone", "made")) {
                gateway.workload(name + ".shop", Workload.function(request -> Reply.ok("ok")));
            }
            gateway.apply(gateway.plan(
                    Said.orders().define(),
                    Said.named("kept").define(),
                    Said.named("gone").define()));
            Plan plan = gateway.plan(
                    Said.orders().rewritePath("/a", "/b").define(),
                    Said.named("kept").define(),
                    Said.named("made").define());

            assertThat(plan.changes())
                    .extracting(change -> change.getClass().getSimpleName() + " " + change.object())
                    .containsExactly(
                            "Delete Api gone.shop",
                            "Keep Api kept.shop",
                            "Create Api made.shop",
                            "Update Api orders.shop");
            assertThat(gateway.plan(
                                    Said.orders().define(),
                                    Said.named("kept").define(),
                                    Said.named("gone").define())
                            .changes())
                    .allMatch(Change.Keep.class::isInstance);
        }
    }

    @Test
    void accessIsNotWidenedWithoutPermission() {
        try (FakeService service = FakeService.saying("secret");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders()
                    .withOAuth2(oauth2("http://127.0.0.1:1").deny("/admin/**").publicPaths("/pub/**"))
                    .define()));
            Plan wide = gateway.plan(Said.orders()
                    .withOAuth2(oauth2("http://127.0.0.1:1").deny("/admin/x").publicPaths("/pub/**", "/admin/**"))
                    .define());

            assertThat(wide.widens()).isTrue();
            assertThatThrownBy(() -> gateway.apply(wide))
                    .isInstanceOf(ProblemsException.class)
                    .hasMessageContaining("widens access: ")
                    .hasMessageContaining("if that is meant, say allowWidening(\"reason\") on the plan");
            assertThat(Raw.get(gateway, "/admin").status()).isEqualTo(403);

            gateway.apply(wide.allowWidening("the admins asked for it"));
            assertThat(Raw.get(gateway, "/admin").body()).isEqualTo("secret");
            assertThat(Raw.get(gateway, "/admin/x").status()).isEqualTo(403);
        }
    }
}
