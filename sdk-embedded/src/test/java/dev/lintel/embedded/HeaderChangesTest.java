package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Headers are removed, then set, then added; those that frame a message are nobody's to change. */
class HeaderChangesTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-a: 1\r\nx-b: 1\r\nx-c: 1\r\n\r\nok";

    private static Said changed() {
        return Said.orders()
                .setHeader("x-b", "set")
                .setResponseHeader("x-b", "set")
                .removeHeader("x-a")
                .removeResponseHeader("x-a")
                .addHeader("x-c", "added")
                .addResponseHeader("x-c", "added");
    }

    @Test
    void someAreRemovedSomeSetAndSomeAdded() {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.bytes(ANSWER)));
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(changed().define()));

            Raw.Answer answer = Raw.get(gateway, "/", "x-a: 1", "x-b: 1", "x-c: 1");

            FakeService.Asked asked = service.asked().get(0);
            assertThat(asked.header("x-a")).isEmpty();
            assertThat(asked.header("x-b")).isEqualTo("set");
            assertThat(asked.header("x-c")).isEqualTo("1|added");
            assertThat(answer.header("x-a")).isEmpty();
            assertThat(answer.header("x-b")).isEqualTo("set");
            assertThat(answer.header("x-c")).isEqualTo("1|added");
        }
    }

    @Test
    void callsFromInsideAreNotChanged() throws Exception {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.bytes(ANSWER)));
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(changed().define()));
            SSLContext frontend = gateway.identity("frontend.shop").sslContext();

            Raw.Answer inside = Guest.ask(gateway, frontend, "x-a: 1", "x-b: 1", "x-c: 1");
            try (Guest entering = Guest.greet(gateway, frontend, "orders.shop.localhost", "TLSv1.3")) {
                assertThat(entering.get("orders.shop.localhost", "/").header("x-b"))
                        .isEqualTo("set");
            }

            FakeService.Asked asked = service.asked().get(0);
            assertThat(asked.header("x-a") + asked.header("x-b") + asked.header("x-c"))
                    .isEqualTo("111");
            assertThat(inside.header("x-a") + inside.header("x-b") + inside.header("x-c"))
                    .isEqualTo("111");
            assertThat(service.asked().get(1).header("x-b")).isEqualTo("set");
        }
    }

    @Test
    void functionsSeeTheSameChanges() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload(
                    "orders.shop",
                    Workload.function(request -> Reply.ok(request.header("x-a").orElse("-") + " "
                            + request.header("x-b").orElse("-") + " "
                            + request.header("x-c").orElse("-"))));
            gateway.apply(gateway.plan(changed().define()));

            Raw.Answer answer = Raw.get(gateway, "/", "x-a: 1", "x-b: 1", "x-c: 1");

            assertThat(answer.body()).isEqualTo("- set 1,added");
            assertThat(answer.header("x-c")).isEqualTo("added");
        }
    }

    @Test
    void whatFramesAMessageStaysWhateverAModelSays() {
        try (FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders()
                    .shaped(draft -> {
                        draft.removeRequestHeader("content-length");
                        draft.removeRequestHeader("host");
                        draft.addRequestHeader("transfer-encoding", "chunked");
                        draft.addRequestHeader("connection", "x-team");
                        draft.addRequestHeader("x-evil", "a\r\nx-more: b");
                        draft.addRequestHeader("x evil", "a");
                        draft.removeResponseHeader("content-length");
                        draft.addResponseHeader("transfer-encoding", "chunked");
                        draft.addResponseHeader("upgrade", "h2c");
                        draft.addResponseHeader("trailer", "x-a");
                        draft.addResponseHeader("x-evil", "a\r\nx-more: b");
                    })
                    .define()));

            Raw.Answer answer = raw.send(Raw.request("POST", "/", "Content-Length: 3") + "abc")
                    .answer();

            FakeService.Asked asked = service.asked().get(0);
            assertThat(asked.lines())
                    .containsExactly(
                            "POST / HTTP/1.1",
                            "Host: orders.shop.localhost",
                            "Content-Length: 3",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: http",
                            "x-forwarded-host: orders.shop.localhost");
            assertThat(asked.body()).isEqualTo("abc");
            assertThat(answer.head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("ok");
        }
    }
}
