package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.psp;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** An application that takes its time with an answer that the host has given already. */
class EgressSlowReaderTest {
    private static final int PART = 8 * 1024;
    private static final long LONGER_THAN_LINGERING = TimeUnit.MILLISECONDS.toNanos(2_600);

    @Test
    void anAnswerIsWholeHoweverLateItIsRead() throws Exception {
        BlockingQueue<OutputStream> answers = new LinkedBlockingQueue<>();
        CountDownLatch end = new CountDownLatch(1);
        try (FakeService host = FakeService.start((request, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
                    out.flush();
                    answers.add(out);
                    within(TimeUnit.SECONDS.toNanos(60), () -> end.getCount() == 0);
                });
                Outside outside = Outside.letting(psp(host.uri().getPort()))) {
            String authority = HOST + ":" + host.uri().getPort();
            long room = 0;
            try (EgressProxy proxy = outside.payments();
                    Socket socket = ask(proxy, authority)) {
                OutputStream answer = answers.take();
                do {
                    room += part(answer);
                } while (taken(proxy, authority, room));
                assertThat(socket.isConnected()).isTrue();
            }
            // What is less than the room for it is read from the host whole, and not all of it fits into the system's
            // buffers,
            // which are not the same for each connection.
            boolean whole = false;
            for (long less = 7; !whole; less *= 2) {
                assertThat(room - less * PART).isPositive();
                whole = isWhole(outside, authority, answers, room - less * PART);
            }
        } finally {
            end.countDown();
        }
    }

    /** Sends an answer that is read late; false if the proxy has not read it to its end, so that nothing can be said. */
    private static boolean isWhole(Outside outside, String authority, BlockingQueue<OutputStream> answers, long length)
            throws Exception {
        try (EgressProxy proxy = outside.payments();
                Socket socket = ask(proxy, authority)) {
            OutputStream answer = answers.take();
            long sent = 0;
            while (sent < length) {
                sent += part(answer);
            }
            if (!taken(proxy, authority, sent)) {
                return false;
            }
            answer.write(FakeService.bytes("0\r\n\r\n"));
            answer.flush();
            boolean unused = within(LONGER_THAN_LINGERING, () -> proxy.stats().connections() == 0);
            assertThat(rest(socket.getInputStream())).isGreaterThan(sent);
            return true;
        }
    }

    private static Socket ask(EgressProxy proxy, String authority) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(PART);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), proxy.uri().getPort()));
        socket.getOutputStream()
                .write(FakeService.bytes("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\n\r\n"));
        return socket;
    }

    private static long part(OutputStream answer) throws IOException {
        byte[] part = FakeService.bytes("2000\r\n" + "x".repeat(PART) + "\r\n");
        answer.write(part);
        answer.flush();
        return part.length;
    }

    private static boolean taken(EgressProxy proxy, String authority, long sent) {
        return within(
                TimeUnit.SECONDS.toNanos(2),
                () -> proxy.stats().destinations().containsKey(authority)
                        && proxy.stats().destinations().get(authority).received() > sent);
    }

    private static boolean within(long nanos, BooleanSupplier condition) {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static long rest(InputStream in) {
        long all = 0;
        try {
            while (in.read() >= 0) {
                all++;
            }
        } catch (IOException e) {
            return all;
        }
        return all;
    }
}
