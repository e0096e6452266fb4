package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.ask;
import static dev.lintel.embedded.Outside.psp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.EgressStats.Destination;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain requests, in absolute form. */
class EgressPlainTest {
    /** A host, a rule that lets it out, and the proxy. */
    private record Way(FakeService host, Outside outside, EgressProxy proxy) implements AutoCloseable {
        static Way to(FakeService.Script script) {
            FakeService host = FakeService.start(script);
            Outside outside = Outside.letting(psp(host.uri().getPort()));
            return new Way(host, outside, outside.payments());
        }

        static Way saying(String text) {
            return to((asked, out) -> out.write(FakeService.ok(text)));
        }

        String authority() {
            return HOST + ":" + host.uri().getPort();
        }

        /** A request in absolute form with further fields. */
        String request(String method, String path, String... fields) {
            StringBuilder text = new StringBuilder(method + " http://" + authority() + path + " HTTP/1.1\r\n");
            text.append("Host: ").append(authority()).append("\r\n");
            for (String field : fields) {
                text.append(field).append("\r\n");
            }
            return text.append("\r\n").toString();
        }

        Raw.Answer asked(String text) {
            return ask(proxy, text);
        }

        @Override
        public void close() {
            outside.close();
            host.close();
        }
    }

    @Test
    void aRequestIsPassedOnInOriginFormAndCleaned() {
        try (Way way = Way.to((asked, out) -> out.write(FakeService.bytes(
                "HTTP/1.1 201 Created\r\nX-Of-Host: yes\r\nKeep-Alive: 5\r\nContent-Length: 4\r\n\r\npaid")))) {
            Raw.Answer answer = way.asked(way.request(
                    "GET",
                    "/pay//x;y?q=1",
                    "X-Mine: yes",
                    "Authorization: Bearer for-the-host",
                    "Proxy-Authorization: Basic for-the-proxy",
                    "Proxy-Connection: keep-alive",
                    "Connection: close, X-Hop",
                    "X-Hop: gone",
                    "Upgrade: h2c",
                    "X-Forwarded-For: 10.0.0.1"));

            assertThat(answer.status() + " " + answer.body()).isEqualTo("201 paid");
            assertThat(answer.header("x-of-host")).isEqualTo("yes");
            assertThat(answer.header("keep-alive")).isEmpty();
            assertThat(answer.header("via")).isEqualTo("1.1 lintel");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(way.host().asked().get(0).lines())
                    .containsExactly(
                            "GET /pay//x;y?q=1 HTTP/1.1",
                            "Host: " + way.authority(),
                            "X-Mine: yes",
                            "Authorization: Bearer for-the-host",
                            "connection: close",
                            "via: 1.1 lintel");
        }
    }

    @Test
    void anEmptyPathIsTheRoot() {
        try (Way way = Way.saying("ok")) {
            assertThat(way.asked(way.request("GET", "?q")).status()).isEqualTo(200);
            assertThat(way.host().asked().get(0).first()).isEqualTo("GET /?q HTTP/1.1");
        }
    }

    @Test
    void bodiesAreCarriedAsTheyAreFramed() {
        try (Way way = Way.to(
                (asked, out) -> out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked" + "\r\n\r\n"
                        + Integer.toHexString(asked.body().length()) + "\r\n" + asked.body() + "\r\n0\r\n\r\n")))) {
            assertThat(way.asked(way.request("POST", "/", "Content-Length: 5") + "hello")
                            .body())
                    .isEqualTo("hello");
            assertThat(way.asked(way.request("POST", "/", "Transfer-Encoding: chunked")
                                    + "3\r\nabc\r\n2\r\nde\r\n0\r\nX-End: 1\r\nHost: evil\r\n\r\n")
                            .body())
                    .isEqualTo("abcde|X-End: 1");
            String large = "x".repeat(2_000_000);
            assertThat(way.asked(way.request("POST", "/", "Content-Length: " + large.length()) + large)
                            .body())
                    .isEqualTo(large);
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() {
        try (Way way = Way.to((asked, out) -> out.write(FakeService.ok(asked.body())));
                Raw raw = Outside.to(way.proxy())) {
            raw.send(way.request("POST", "/", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(raw.answer().status()).isEqualTo(100);
            assertThat(raw.send("ok").answer().body()).isEqualTo("ok");
            assertThat(way.host().asked().get(0).header("expect")).isEmpty();
        }
    }

    @Test
    void answersWithoutABodyHaveNone() {
        try (Way way = Way.to((asked, out) -> out.write(FakeService.bytes(
                        "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n")));
                Raw raw = Outside.to(way.proxy())) {
            assertThat(raw.send(way.request("HEAD", "/")).answer(true).header("content-length"))
                    .isEqualTo("7");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aRefusalOfAHeadHasNoBody() {
        try (Way way = Way.saying("never");
                Raw raw = Outside.to(way.proxy())) {
            raw.send("HEAD http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(raw.answer(true).status()).isEqualTo(502);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void anAnswerThatEndsWithItsConnectionIsWhole() {
        try (Way way = Way.to((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
            asked.socket().close();
        })) {
            assertThat(way.asked(way.request("GET", "/")).body()).isEqualTo("until the end");
            assertThat(way.asked("GET http://" + way.authority() + "/ HTTP/1.0\r\n\r\n")
                            .body())
                    .isEqualTo("until the end");
        }
    }

    @Test
    void anAnswerThatIsBrokenOffIsNotTakenForAWholeOne() {
        try (Way way = Way.to((asked, out) -> {
            out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
            asked.socket().close();
        })) {
            assertThat(way.asked(way.request("GET", "/")).body()).endsWith("<cut>");
            assertThat(way.proxy().stats().failed()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionCarriesOneRequest() {
        try (Way way = Way.saying("first");
                Raw raw = Outside.to(way.proxy())) {
            raw.send(way.request("GET", "/1") + way.request("GET", "/2"));

            assertThat(raw.answer().body()).isEqualTo("first");
            assertThat(raw.isClosed()).isTrue();
            assertThat(way.host().asked()).hasSize(1);
        }
    }

    @Test
    void everyByteIsCounted() {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes";
        try (Way way = Way.to((asked, out) -> out.write(FakeService.bytes(answer)))) {
            assertThat(way.asked(way.request("POST", "/", "Content-Length: 4") + "body")
                            .status())
                    .isEqualTo(200);
            int sent = String.join("\r\n", way.host().asked().get(0).lines()).length() + 4 + "body".length();

            Until.holds(() ->
                    way.proxy().stats().destinations().get(way.authority()).open() == 0);
            assertThat(way.proxy().stats().destinations())
                    .containsExactly(Map.entry(way.authority(), new Destination(1, 0, sent, answer.length())));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1~Host: api.psp.example|400|a proxy is asked with CONNECT, or for a whole http URI",
                "OPTIONS * HTTP/1.1~Host: api.psp.example|400|a proxy is asked with CONNECT, or for a whole http URI",
                "GET ftp://api.psp.example/ HTTP/1.1~Host: api.psp.example|400|a proxy is asked with CONNECT, or for a whole http URI",
                "GET https://api.psp.example/ HTTP/1.1~Host: api.psp.example|400|https is asked for with CONNECT",
                "GET http://api.psp.example/ HTTP/1.1~Host: evil.example|400|the request target and Host name different authorities",
                "GET http://api.psp.example/ HTTP/1.1|400|there must be exactly one Host field",
                "GET http://api.psp.example/ HTTP/1.1~Host: api.psp.example~Host: api.psp.example|400|there must be exactly one Host field",
                "GET http://me@api.psp.example/ HTTP/1.1~Host: api.psp.example|400|the request target and Host name different authorities",
                "GET http://me@api.psp.example/ HTTP/1.1~Host: me@api.psp.example|400|Host must be a host name with an optional port",
                "GET http://api.psp.example/#x HTTP/1.1~Host: api.psp.example|400|the request target must be visible ASCII without a fragment",
                "POST http://api.psp.example/ HTTP/1.1~Host: api.psp.example~Content-Length: 1~Content-Length: 2|400|the message is not valid HTTP/1.1",
                "TRACE http://api.psp.example/ HTTP/1.1~Host: api.psp.example|501|TRACE is not supported",
                "GET http://evil.example/ HTTP/1.1~Host: evil.example|502|payments.shop may not call evil.example:80: no egress rule of shop names this host",
                "GET http://api.psp.example:25/ HTTP/1.1~Host: api.psp.example:25|502|payments.shop may not call api.psp.example:25: port 25 is never let out",
                "GET http://[::1]/ HTTP/1.1~Host: [::1]|502|payments.shop may not call [::1]:80: the host is not a name of two labels or more; addresses are never let out"
            })
    void whatIsNoRequestForAHostOutsideIsRefused(String lines, int status, String why) {
        try (Way way = Way.saying("never")) {
            Raw.Answer answer = way.asked(lines.replace("~", "\r\n") + "\r\n\r\n");

            assertThat(answer.status() + " " + answer.body()).isEqualTo(status + " " + why + "\n");
            assertThat(way.host().connections()).isZero();
        }
    }

    @Test
    void aHostThatAnswersNonsenseOrNothing() {
        try (Way nonsense = Way.to((asked, out) -> out.write(FakeService.bytes("220 mail.example ESMTP\r\n\r\n")));
                Way gone = Way.to((asked, out) -> asked.socket().close());
                Way silent = Way.to((asked, out) -> new CountDownLatch(1).await(20, TimeUnit.SECONDS));
                EgressProxy hasty =
                        silent.outside().proxy("payments.shop", s -> s.responseTimeout(Duration.ofMillis(300)))) {
            assertThat(nonsense.asked(nonsense.request("GET", "/")).body())
                    .isEqualTo("the host's answer is not valid HTTP/1.1\n");
            assertThat(gone.asked(gone.request("GET", "/")).body())
                    .isEqualTo("the host broke off before it answered\n");
            Raw.Answer late = ask(hasty, silent.request("GET", "/"));
            assertThat(late.status() + " " + late.body()).isEqualTo("504 the host did not answer in time\n");
            assertThat(late.header("proxy-status")).isEqualTo("lintel; error=http_response_timeout");
        }
    }

    @Test
    void whatIsNotLetOutAnyMoreIsCut() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Way way = Way.to((request, out) -> {
                    asked.countDown();
                    end.await(20, TimeUnit.SECONDS);
                });
                Raw raw = Outside.to(way.proxy())) {
            raw.send(way.request("GET", "/"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            way.outside().apply(psp(443));

            assertThat(raw.answer().body())
                    .isEqualTo("payments.shop may not call " + way.authority()
                            + ": the egress rule of shop for api.psp.example does not name port "
                            + way.host().uri().getPort() + "\n");
            end.countDown();
        }
    }

    @Test
    void aSlowReaderStopsTheHost() throws Exception {
        byte[] large = "z".repeat(20_000_000).getBytes(StandardCharsets.US_ASCII);
        try (Way way = Way.to((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n"));
                    out.write(large);
                });
                Raw raw = Outside.to(way.proxy())) {
            raw.send(way.request("GET", "/"));
            Until.holds(() -> way.proxy().stats().destinations().containsKey(way.authority()));

            assertThat(raw.answer().body()).hasSize(large.length);
        }
    }
}
