package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.ask;
import static dev.lintel.embedded.Outside.connect;
import static dev.lintel.embedded.Outside.psp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.egress.Hellos;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is too large, too long, too slow or too much for the way out. */
class EgressLimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONNECT api.psp.example:443 HTTP/1.1~Host: api.psp.example:443~Content-Length: 1|400|CONNECT has no body",
                "CONNECT api.psp.example:443 HTTP/1.1~Host: api.psp.example:443~Content-Length: x|400|the message is not valid HTTP/1.1",
                "CONNECT api.psp.example:443 HTTP/1.1~Host: api.psp.example:443~Transfer-Encoding: chunked|400|CONNECT has no body",
                "CONNECT api.psp.example HTTP/1.1~Host: api.psp.example|400|CONNECT needs a host name and a port",
                "CONNECT api.psp.example: HTTP/1.1~Host: api.psp.example|400|CONNECT needs a host name and a port",
                "CONNECT :443 HTTP/1.1~Host: api.psp.example|400|CONNECT needs a host name and a port",
                "CONNECT http://api.psp.example:443 HTTP/1.1~Host: api.psp.example|400|CONNECT needs a host name and a port",
                "CONNECT me@api.psp.example:443 HTTP/1.1~Host: api.psp.example|400|CONNECT needs a host name and a port",
                "CONNECT api.psp.example:443 HTTP/1.1|400|there must be exactly one Host field",
                "CONNECT api.psp.example:443 HTTP/1.1~Host: api.psp.example~Host: api.psp.example|400|there must be exactly one Host field",
                "CONNECT api.psp.example:443 HTTP/1.1~Host: evil.example:443|400|the request target and Host name different authorities",
                "CONNECT api.psp.example:443 HTTP/1.1~Host: api.psp.example:80|400|the request target and Host name different authorities",
                "CONNECT api.psp.example:443 HTTP/1.1~Ho st: x|400|a header field has characters that it must not have",
                "CONNECT api.psp.example:443 HTTP/2.0~Host: api.psp.example|505|only HTTP/1.1 and HTTP/1.0 are spoken here"
            })
    void aConnectIsAHostAndAPortAndNothingElse(String lines, int status, String why) {
        try (Outside outside = Outside.letting(psp(443));
                EgressProxy proxy = outside.payments()) {
            Raw.Answer answer = ask(proxy, lines.replace("~", "\r\n") + "\r\n\r\n");

            assertThat(answer.status() + " " + answer.body()).isEqualTo(status + " " + why + "\n");
            assertThat(answer.header("proxy-status")).isEqualTo("lintel; error=http_request_error");
            assertThat(outside.lookups()).isZero();
        }
    }

    @Test
    void nothingIsSentBeforeTheAnswer() {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = Outside.to(proxy)) {
            byte[] head = FakeService.bytes(connect(HOST + ":" + host.port()));
            byte[] hello = Hellos.jdk(HOST);
            byte[] both = new byte[head.length + hello.length];
            System.arraycopy(head, 0, both, 0, head.length);
            System.arraycopy(hello, 0, both, head.length, hello.length);
            Raw.Answer answer = raw.send(both).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("nothing may be sent behind a CONNECT before it is answered\n");
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void aHeaderThatIsTooLargeOrTooSlow() {
        try (Outside outside = Outside.letting(psp(443));
                EgressProxy proxy = outside.proxy(
                        "payments.shop", s -> s.maxHeaderSize(2_000).maxTargetSize(300));
                EgressProxy hasty = outside.proxy("payments.shop", s -> s.headerTimeout(Duration.ofMillis(300)));
                Raw slow = Outside.to(hasty)) {
            slow.send("CONNECT " + HOST);
            String large = "CONNECT " + HOST + ":443 HTTP/1.1\r\nHost: " + HOST + "\r\nX: " + "x".repeat(3_000);

            assertThat(ask(proxy, large + "\r\n\r\n").status()).isEqualTo(431);
            assertThat(ask(proxy, connect("x".repeat(400) + ":443")).status()).isEqualTo(414);
            Raw.Answer late = slow.answer();
            assertThat(late.status() + " " + late.body()).isEqualTo("408 the header did not come in time\n");
        }
    }

    @Test
    void tooManyFieldsAre431() {
        try (Outside outside = Outside.letting(psp(443));
                EgressProxy proxy = outside.payments()) {
            String many = "CONNECT " + HOST + ":443 HTTP/1.1\r\nHost: " + HOST + "\r\n" + "X: y\r\n".repeat(200);
            assertThat(ask(proxy, many + "\r\n").body()).isEqualTo("the header has too many fields\n");
        }
    }

    @Test
    void oneConnectionMoreThanAllowedIsClosed() throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.proxy("payments.shop", s -> s.maxConnections(2));
                EgressProxy other = outside.payments();
                Raw first = Outside.tunnel(proxy, HOST + ":" + host.port());
                Raw second = Outside.tunnel(proxy, HOST + ":" + host.port());
                Raw third = Outside.to(proxy)) {
            assertThat(third.isClosed()).isTrue();
            Outside.tunnel(other, HOST + ":" + host.port()).close();
            first.socket().close();
            Until.holds(() -> proxy.stats().connections() < 2);
            Outside.tunnel(proxy, HOST + ":" + host.port()).close();
            assertThat(second.socket().isClosed()).isFalse();
        }
    }

    @Test
    void aNameThatIsSlowToLookUpIs504AndHoldsUpNobodyElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy other = outside.payments();
                EgressProxy proxy = outside.gateway()
                        .egress(
                                "payments.shop",
                                s -> s.connectTimeout(Duration.ofMillis(300)).resolver(name -> {
                                    try {
                                        end.await(20, TimeUnit.SECONDS);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return List.of(InetAddress.getLoopbackAddress());
                                }))) {
            Raw.Answer answer = ask(proxy, connect(HOST + ":" + host.port()));
            assertThat(answer.status() + " " + answer.body()).isEqualTo("504 the host could not be reached in time\n");
            Outside.tunnel(other, HOST + ":" + host.port()).close();

            assertThat(proxy.stats().failed()).isEqualTo(1);
            assertThat(proxy.stats().destinations()).isEmpty();
            end.countDown();
        }
    }

    @Test
    void aResolverThatThrowsIsANameThatIsNotKnown() {
        try (Outside outside = Outside.letting(psp(443));
                EgressProxy proxy = outside.gateway()
                        .egress(
                                "payments.shop",
                                s -> s.resolver(name -> {
                                    throw new IllegalStateException("broken");
                                }))) {
            assertThat(ask(proxy, connect(HOST + ":443")).body()).isEqualTo("the host's name is not known\n");
        }
    }

    @Test
    void whatIsUnderWayEndsWithTheProxyAndTheProxyWithTheGateway() throws Exception {
        try (FarHost host = FarHost.echo()) {
            Outside outside = Outside.letting(psp(host.port()));
            EgressProxy one = outside.payments();
            EgressProxy other = outside.payments();
            try (Raw first = Outside.tunnel(one, HOST + ":" + host.port());
                    Raw second = Outside.tunnel(other, HOST + ":" + host.port())) {
                int port = one.uri().getPort();
                one.close();
                one.close();
                assertThat(first.isClosed()).isTrue();
                Until.holds(() -> refuses(port));

                int last = other.uri().getPort();
                outside.close();
                assertThat(second.isClosed()).isTrue();
                Until.holds(() -> refuses(last));
            }
        }
    }

    private static boolean refuses(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return false;
        } catch (IOException e) {
            return e instanceof ConnectException;
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        EgressSettings settings = EgressSettings.defaults();
        assertThatThrownBy(() -> settings.maxConnections(0))
                .hasMessage("the number of connections must be at least 1, but was 0");
        assertThatThrownBy(() -> settings.idleTimeout(Duration.ZERO))
                .hasMessage("the time without a byte must be more than zero and at most a day, but was PT0S");
    }
}
