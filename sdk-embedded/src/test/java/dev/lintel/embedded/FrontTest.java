package dev.lintel.embedded;

import static dev.lintel.core.ServiceRef.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.TimeoutRule;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** APIs that the gateway serves itself. */
class FrontTest {
    private final Gateway gateway = Gateway.start(s -> s.journal(10));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aFunctionIsCalledWithoutAHopAndAsTheApi() {
        gateway.workload(
                "rest.shop",
                Workload.function(request -> Reply.ok(request + "?"
                        + request.query().orElse("-") + " "
                        + request.header("x-a").orElse("-") + " " + request.text() + " "
                        + request.caller().map(Object::toString).orElse("nobody"))));
        apply(served(Map.of()));

        Raw.Answer answer = ask(Raw.request("POST", "/rest/items%20x?a=b", "Content-Length: 4") + "body");

        assertThat(answer.body()).isEqualTo("200 POST rest.shop/items%20x?a=b b body orders.shop");
        assertThat(gateway.stats().toString()).contains("rest.shop");
    }

    @Test
    void aProcessIsCalledOverConnectionsThatAreKept() {
        try (FakeService rest = FakeService.start((asked, out) ->
                out.write("HTTP/1.1 201 Made\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII)))) {
            gateway.workload("rest.shop", rest.uri());
            apply(served(Map.of()));

            assertThat(ask(Raw.request("GET", "/rest/a?b")).body()).isEqualTo("201 ok");
            assertThat(ask(Raw.request("GET", "/rest/c")).body()).isEqualTo("201 ok");

            assertThat(rest.asked())
                    .extracting(FakeService.Asked::first)
                    .containsExactly("GET /a?b HTTP/1.1", "GET /c HTTP/1.1");
            assertThat(rest.asked().get(0).header("host")).isEqualTo("rest.shop");
            assertThat(rest.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatGoesWrongSaysNothingOfAddresses() {
        gateway.workload("rest.shop", URI.create("http://127.0.0.1:1"));
        apply(served(Map.of()));

        assertThat(ask(Raw.request("GET", "/rest/a")).body())
                .startsWith("no answer from the service: ")
                .doesNotContain("127.0.0.1");
        assertThat(ask(Raw.request("GET", "/other/a")).body())
                .isEqualTo("'other' is none of the services of orders.shop: [rest]");
    }

    @Test
    void aFunctionThatTakesTooLongIsLeft() {
        CountDownLatch never = new CountDownLatch(1);
        gateway.workload("rest.shop", Workload.function(request -> {
            never.await();
            return Reply.ok("late");
        }));
        apply(served(Map.of()));

        assertThat(ask(Raw.request("GET", "/rest/a", "X-Millis: 20")).status()).isEqualTo(504);
        never.countDown();
    }

    @Test
    void whatIsSaidAboutTheServiceHoldsForTheGraphToo() {
        gateway.workload("rest.shop", Workload.function(request -> Reply.ok("in")));
        Definition guarded = Said.named("rest")
                .with(new Shaped(draft -> draft.callers(new CallerRule(
                        Endpoint.parse("/**"), List.of(Peer.parse("frontend.shop")), false, false, Origin.unknown()))))
                .define();
        apply(served(Map.of()), guarded);

        assertThat(ask(Raw.request("GET", "/rest/a")).body()).isEqualTo("403 ");
    }

    @Test
    void aPathThatIsReadInTwoWaysIsNotPassedOn() {
        gateway.workload("rest.shop", Workload.function(request -> Reply.ok(request.path())));
        apply(served(Map.of()), Said.named("rest").define());

        assertThat(ask(Raw.request("GET", "/rest/a/b")).body()).isEqualTo("200 /a/b");
        assertThat(ask(Raw.request("GET", "/rest/x", "X-Target: /a%2Fb")).body())
                .isEqualTo("400 ");
        assertThat(ask(Raw.request("GET", "/rest/x", "X-Target: /a/../b")).body())
                .isEqualTo("400 ");
    }

    @Test
    void anAnswerMayStream() {
        gateway.workload("rest.shop", Workload.function(request -> Reply.ok("in")));
        apply(served(Map.of()));

        assertThat(ask(Raw.request("GET", "/stream")).body()).isEqualTo("one two");
    }

    @Test
    void aChangedRuleIsServedFromThenOnAndABrokenOneChangesNothing() {
        gateway.workload("rest.shop", Workload.function(request -> Reply.ok("in")));
        apply(served(Map.of("a", "1")));
        assertThat(ask(Raw.request("GET", "/which")).body()).isEqualTo("{a=1} of orders.shop");

        apply(served(Map.of("a", "2")));
        assertThat(ask(Raw.request("GET", "/which")).body()).isEqualTo("{a=2} of orders.shop");

        assertThatThrownBy(() -> apply(served(Map.of("broken", "")))).hasMessage("the rule is broken");
        assertThat(ask(Raw.request("GET", "/which")).body()).isEqualTo("{a=2} of orders.shop");
    }

    @Test
    void thePlanSaysWhatIsMissing() {
        assertThat(problems(served(Map.of())))
                .extracting(problem -> problem.code() + ": " + problem.message())
                .containsExactly(
                        "workload.unbound: calls 'rest.shop', which is bound to no workload; bound services are: none");

        gateway.workload("rest.shop", Workload.function(request -> Reply.ok("in")));
        assertThat(problems(served("test.nobody/v1", Map.of())))
                .extracting(problem -> problem.code() + ": " + problem.message())
                .containsExactly("front.unknown: is to be served by the gateway itself, but nothing on the class path"
                        + " serves this kind");
        assertThat(problems(
                        served(Map.of()),
                        Said.named("rest")
                                .with(new Shaped(draft -> draft.front(rule(PassingFront.KIND, "more", Map.of()))))
                                .define(),
                        Said.named("more").define()))
                .extracting(Problem::code)
                .contains("front.elsewhere");
    }

    @Test
    void thePlanSaysWhatOfTheServiceDoesNotHold() {
        gateway.workload("rest.shop", Workload.function(request -> Reply.ok("in")));
        Definition rest = Said.named("rest")
                .with(new Shaped(draft -> draft.timeout(new TimeoutRule(Duration.ofSeconds(1), Origin.unknown()))))
                .define();

        assertThat(gateway.plan(served(Map.of()), rest).warnings())
                .extracting(problem -> problem.code() + ": " + problem.message())
                .containsExactly("front.skipped: calls 'rest.shop' without its timeout");
    }

    private List<Problem> problems(Definition... definitions) {
        try {
            apply(definitions);
            return List.of();
        } catch (ProblemsException e) {
            return e.problems();
        }
    }

    private void apply(Definition... definitions) {
        gateway.apply(gateway.plan(definitions).allowWidening("a test"));
    }

    private Raw.Answer ask(String request) {
        return Raw.ask(gateway, request);
    }

    private static Definition served(Map<String, String> files) {
        return served(PassingFront.KIND, files);
    }

    private static Definition served(String kind, Map<String, String> files) {
        return Said.orders()
                .with(new Shaped(draft -> draft.front(rule(kind, "rest", files))))
                .define();
    }

    private static FrontRule rule(String kind, String calls, Map<String, String> files) {
        return new FrontRule(kind, List.of(service(calls)), new TreeMap<>(), new TreeMap<>(files), Origin.unknown());
    }
}
