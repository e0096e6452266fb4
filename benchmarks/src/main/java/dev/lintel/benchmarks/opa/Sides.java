package dev.lintel.benchmarks.opa;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import dev.lintel.embedded.authorizer.InputDocument;
import dev.lintel.embedded.authorizer.Party;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
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
import java.util.Map;
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
        CheckRequest question = CheckRequest.newBuilder()
                .setAttributes(AttributeContext.newBuilder()
                        .setRequest(AttributeContext.Request.newBuilder()
                                .setHttp(HttpRequest.newBuilder()
                                        .setMethod("GET")
                                        .setPath("/p")
                                        .setHost("orders.shop.localhost"))))
                .build();
        return List.of(
                new Side("gateway", exchange(plain.port(), REQUEST, "ok")),
                new Side("gateway, REST", exchange(rest.port(), REQUEST, "ok")),
                new Side("gateway, ext_authz", exchange(grpc.port(), REQUEST, "ok")),
                new Side("round trip, REST", exchange(opa.getPort(), document(), "true")),
                new Side("round trip, ext_authz", () -> {
                    if (stub.check(question).getStatus().getCode() != 0) {
                        throw new IllegalStateException("the bridge refuses");
                    }
                    return question;
                }));
    }

    private static byte[] document() throws Exception {
        Http http = new Http(
                "1",
                "GET",
                Map.of(":path", "/p"),
                "/p",
                "orders.shop.localhost",
                "http",
                "",
                "",
                "HTTP/1.1",
                0,
                "",
                null);
        Party party = new Party("127.0.0.1", 1, "");
        byte[] body = InputDocument.write(new CheckedRequest(party, party, null, http, Map.of(), Map.of(), null, null));
        String head = "POST /v1/data/envoy/authz/allow HTTP/1.1\r\nHost: opa\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static Callable<?> exchange(int port, byte[] request, String wanted) throws IOException {
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
