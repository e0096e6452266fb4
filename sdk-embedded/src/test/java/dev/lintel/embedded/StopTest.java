package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
    @Test
    void whatIsUnderWayEndsAndNobodyElseIsLetIn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (FakeService service = FakeService.start((request, out) -> {
                    asked.countDown();
                    go.await(20, TimeUnit.SECONDS);
                    out.write(FakeService.ok("whole"));
                });
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway);
                Raw resting = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));
            resting.send("GET / HTTP/1.1\r\nHost: nobody.localhost\r\n\r\n");
            assertThat(resting.answer().status()).isEqualTo(404);
            raw.send(Raw.request("GET", "/"));
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            int port = gateway.port();

            CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
            assertThat(resting.isClosed()).isTrue();
            Until.holds(() -> refuses(port));
            assertThat(closed).isNotDone();
            go.countDown();
            Raw.Answer answer = raw.answer();

            assertThat(answer.body()).isEqualTo("whole");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(raw.isClosed()).isTrue();
            closed.get(20, TimeUnit.SECONDS);
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
    void whatDoesNotEndIsBrokenOff() {
        GatewaySettings settings = GatewaySettings.defaults().stopTimeout(Duration.ofMillis(100));
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeService service = FakeService.start((request, out) -> {
                    asked.countDown();
                    request.socket().getInputStream().read();
                });
                Gateway gateway = Gateway.start(settings);
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));
            raw.send(Raw.request("GET", "/"));
            Until.holds(() -> asked.getCount() == 0);

            CompletableFuture.runAsync(gateway::close).join();

            assertThat(raw.answer().status()).isZero();
        }
    }

    @Test
    void noThreadIsLeft() {
        GatewaySettings settings = GatewaySettings.defaults();
        Thread[] started = new Thread[1];
        try (Gateway gateway = Gateway.start(settings)) {
            gateway.workload("orders.shop", Workload.function(request -> {
                started[0] = Thread.currentThread();
                return Reply.ok("ok");
            }));
            gateway.apply(gateway.plan(Said.orders().define()));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
            assertThat(started[0].isAlive()).isTrue();
        }
        Until.holds(() -> !started[0].isAlive());
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Gateway gateway = Gateway.start();
        gateway.close();
        gateway.close();

        assertThat(gateway.toString()).startsWith("gateway http://*.localhost:");
    }
}
