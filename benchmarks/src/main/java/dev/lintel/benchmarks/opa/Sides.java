package dev.lintel.benchmarks.opa;

import dev.lintel.embedded.Gateway;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** What is asked in turns, each by one connection that stays open. */
final class Sides {
    private static final byte[] REQUEST =
            "GET /p HTTP/1.1\r\nHost: orders.shop.localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    record Side(String name, Callable<?> call) {}

    private Sides() {}

    static List<Side> of(Gateway plain, Gateway rest, Gateway grpc, URI opa, URI bridge) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress(bridge.getHost(), bridge.getPort())
                .usePlaintext()
                .directExecutor()
                .build();
        var stub = AuthorizationGrpc.newBlockingStub(channel);
        CheckRequest question = Questions.byGrpc(REQUEST);
        Callable<?> gateway = exchange(plain.port(), REQUEST, "ok");
        Callable<?> byRest = exchange(opa.getPort(), Questions.byRest(REQUEST), "true");
        Callable<?> byGrpc = () -> {
            if (stub.check(question).getStatus().getCode() != 0) {
                throw new IllegalStateException("the bridge refuses");
            }
            return question;
        };
        return List.of(
                new Side("gateway", gateway),
                new Side("gateway, REST", exchange(rest.port(), REQUEST, "ok")),
                new Side("gateway, ext_authz", exchange(grpc.port(), REQUEST, "ok")),
                new Side("round trip, REST", byRest),
                new Side("round trip, ext_authz", byGrpc),
                new Side("gateway, then REST", both(gateway, byRest)),
                new Side("gateway, then ext_authz", both(gateway, byGrpc)));
    }

    /**
     * Both, one after the other: as far apart as in the gateway that asks, so that whoever waits has been waiting as long. A
     * round trip alone finds everybody awake.
     */
    private static Callable<?> both(Callable<?> first, Callable<?> second) {
        return () -> {
            var unused = first.call();
            return second.call();
        };
    }

    static Callable<?> exchange(int port, byte[] request, String wanted) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        return () -> {
            socket.getOutputStream().write(request);
            int length = 0;
            String line = line(in);
            if (!line.contains(" 200 ")) {
                throw new IllegalStateException(line);
            }
            for (; !line.isEmpty(); line = line(in)) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
            if (!body.contains(wanted)) {
                throw new IllegalStateException(body);
            }
            return body;
        };
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    static void awaitPort(int port) {
        for (int i = 0; i < 6000; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        throw new IllegalStateException("OPA does not listen");
    }
}
