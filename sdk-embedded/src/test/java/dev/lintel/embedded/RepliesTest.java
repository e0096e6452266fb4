package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Answer.Direct;
import dev.lintel.core.model.Answer.Redirect;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.Route;
import dev.lintel.embedded.log.LogWatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is answered in place of a service because a definition says so. */
class RepliesTest {
    private static Said answering(String endpoint, Answer answer) {
        return Said.orders()
                .shaped(draft -> draft.route(new Route(Match.match(endpoint), null, answer, Origin.unknown())));
    }

    private static Said failing(int status) {
        return Said.orders()
                .shaped(draft -> draft.fault(new FaultRule(null, new FaultRule.Abort(status, 100), Origin.unknown())));
    }

    private static void apply(Gateway gateway, FakeService service, Said said) {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(said.define()));
    }

    @Test
    void aRedirectPointsTheCallerElsewhere() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, answering("/old", new Redirect(308, "https", "new.example", null, "/new")));

            Raw.Answer answer = Raw.get(gateway, "/old");

            assertThat(answer.head().replaceAll("date: [^\\r]*\\r\\n", ""))
                    .isEqualTo("HTTP/1.1 308 Permanent Redirect\r\ncontent-length: 0\r\n"
                            + "location: https://new.example/new\r\n\r\n");
            assertThat(Raw.get(gateway, "/other").body()).isEqualTo("ok");
            assertThat(service.asked()).hasSize(1);
            assertThat(gateway.stats().redirects()).isEqualTo(1);
            assertThat(gateway.stats().replies()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerCarriesItsBodyAndTheSaidHeaders() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            apply(
                    gateway,
                    service,
                    answering("/ping", new Direct(200, "text/plain", "p\u00f6ng"))
                            .setResponseHeader("x-by", "lintel"));

            Raw.Answer answer = raw.send(Raw.request("GET", "/ping")).answer();
            Raw.Answer head = raw.send(Raw.request("HEAD", "/ping")).answer(true);
            Raw.Answer next = raw.send(Raw.request("GET", "/x")).answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("p\u00c3\u00b6ng");
            assertThat(answer.header("content-type")).isEqualTo("text/plain");
            assertThat(answer.header("x-by")).isEqualTo("lintel");
            assertThat(head.header("content-length")).isEqualTo("5");
            assertThat(next.body()).isEqualTo("ok");
        }
    }

    @Test
    void statusesWithoutBodyCarryNone() {
        for (int status : List.of(204, 205, 304)) {
            try (FakeService service = FakeService.saying("ok");
                    Gateway gateway = Gateway.start();
                    Raw raw = Raw.to(gateway)) {
                apply(gateway, service, answering("/ping", new Direct(status, "text/plain", "body")));

                Raw.Answer answer = raw.send(Raw.request("GET", "/ping")).answer();

                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body()).isEmpty();
                assertThat(answer.header("content-type")).isEmpty();
                assertThat(raw.send(Raw.request("GET", "/x")).answer().body()).isEqualTo("ok");
            }
        }
    }

    @Test
    void aShortBodyIsReadPastAndALongOneEndsTheConnection() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway);
                Raw other = Raw.to(gateway)) {
            apply(gateway, service, answering("/ping", new Direct(200, "text/plain", "pong")));

            raw.send(Raw.request("POST", "/ping", "Content-Length: 3") + "abc" + Raw.request("GET", "/x"));
            assertThat(raw.answer().body()).isEqualTo("pong");
            assertThat(raw.answer().body()).isEqualTo("ok");

            other.send(Raw.request("POST", "/ping", "Content-Length: 100000000"));
            Raw.Answer early = other.answer();
            assertThat(early.body()).isEqualTo("pong");
            assertThat(early.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void aFaultIsNotStoredAndNotTakenForTheService() {
        try (FakeService service = FakeService.saying("ok");
                LogWatch logs = LogWatch.open();
                Gateway gateway = Gateway.start(s -> s.journal(10))) {
            apply(gateway, service, failing(503).setResponseHeader("x-by", "lintel"));

            Raw.Answer answer = Raw.get(gateway, "/a-path-of-faults");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("cache-control")).isEqualTo("no-store");
            assertThat(answer.header("x-by")).isEmpty();
            assertThat(service.asked()).isEmpty();
            GatewayRequest request = gateway.journal().requests().get(0);
            assertThat(request.isReplied()).isTrue();
            assertThat(request.isForwarded()).isFalse();
            assertThat(request.toString())
                    .isEqualTo("GET orders.shop.localhost/a-path-of-faults = 503, answer with 503, on purpose");
            assertThat(logs.lines()).anyMatch(line -> line.contains("GET orders.shop fault 503 "));
        }
    }

    @Test
    void whatWouldBreakTheMessageIsNotSent() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            apply(gateway, service, answering("/ping", new Direct(200, "text/plain\r\nx-evil: 1", "pong")));

            Raw.Answer answer = raw.send(Raw.request("GET", "/ping")).answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("x-evil")).isEmpty();
            assertThat(raw.send(Raw.request("GET", "/x")).answer().body()).isEqualTo("ok");
        }
    }
}
