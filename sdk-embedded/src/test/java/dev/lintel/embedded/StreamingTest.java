package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Bodies are passed on as they come, and nobody is read faster than the other side takes it. */
class StreamingTest {
    /** More than all socket buffers on the way could hold. */
    private static final long HUGE = 256L << 20;

    private static final long BUFFERS = 64L << 20;

    @Test
    void aServiceIsNotReadFasterThanTheClientTakesIt() throws Exception {
        AtomicLong written = new AtomicLong();
        byte[] block = new byte[64 * 1024];
        Arrays.fill(block, (byte) 'x');
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + HUGE + "\r\n\r\n"));
                    while (written.get() < HUGE) {
                        out.write(block);
                        written.addAndGet(block.length);
                    }
                });
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                assertThat(standsStill(written)).isLessThan(BUFFERS);
                assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory())
                        .isLessThan(BUFFERS);

                long read = skip(raw.socket().getInputStream(), HUGE);
                assertThat(read).isGreaterThanOrEqualTo(HUGE);
            }
        }
    }

    @Test
    void aClientIsNotReadFasterThanTheServiceTakesIt() throws Exception {
        AtomicLong written = new AtomicLong();
        byte[] block = new byte[64 * 1024];
        CompletableFuture<Long> go = new CompletableFuture<>();
        CompletableFuture<Long> got = new CompletableFuture<>();
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Gateway gateway = Gateway.start()) {
            FakeService.daemon(() -> {
                try (Socket socket = slow.accept()) {
                    go.get(60, TimeUnit.SECONDS);
                    got.complete(skip(socket.getInputStream(), HUGE));
                    socket.getOutputStream().write(FakeService.ok("done"));
                    socket.getInputStream().read();
                } catch (Exception e) {
                    got.completeExceptionally(e);
                }
            });
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:" + slow.getLocalPort()));
            gateway.apply(gateway.plan(Said.orders().define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("POST", "/", "Content-Length: " + HUGE));
                FakeService.daemon(() -> {
                    try {
                        OutputStream out = raw.socket().getOutputStream();
                        while (written.get() < HUGE) {
                            out.write(block);
                            written.addAndGet(block.length);
                        }
                    } catch (Exception e) {
                        got.completeExceptionally(e);
                    }
                });
                assertThat(standsStill(written)).isLessThan(BUFFERS);

                go.complete(0L);
                assertThat(raw.answer().body()).isEqualTo("done");
                assertThat(got.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(HUGE);
            }
        }
    }

    @Test
    void aPartIsPassedOnBeforeTheNextIsThere() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"));
                    out.flush();
                    seen.get(20, TimeUnit.SECONDS);
                    out.write(FakeService.bytes("6\r\nsecond\r\n0\r\nX-Sum: 1\r\n\r\n"));
                });
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                StringBuilder text = new StringBuilder();
                while (text.indexOf("first") < 0) {
                    text.append((char) raw.socket().getInputStream().read());
                }
                seen.complete(null);
                while (text.indexOf("\r\n0\r\nX-Sum: 1\r\n\r\n") < 0) {
                    text.append((char) raw.socket().getInputStream().read());
                }
                assertThat(text).contains("\r\n6\r\nsecond\r\n");
            }
        }
    }

    /** Waits until nothing more was written for a while, and says how much was. */
    private static long standsStill(AtomicLong written) {
        long[] last = {-1, System.nanoTime()};
        Until.holds(() -> {
            long now = written.get();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now > 0 && System.nanoTime() - last[1] > TimeUnit.MILLISECONDS.toNanos(500);
        });
        return last[0];
    }

    private static long skip(InputStream in, long wanted) throws Exception {
        byte[] block = new byte[256 * 1024];
        long read = 0;
        while (read < wanted) {
            int some = in.read(block);
            if (some < 0) {
                return read;
            }
            read += some;
        }
        return read;
    }
}
