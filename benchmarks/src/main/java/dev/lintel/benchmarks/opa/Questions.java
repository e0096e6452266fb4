package dev.lintel.benchmarks.opa;

import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.Gateway;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** What a gateway asks about a request, word by word, so that a round trip alone is one with the same question. */
final class Questions {
    private static final String YES = "{\"result\":true}";

    private Questions() {}

    static byte[] byRest(byte[] request) throws Exception {
        try (ServerSocket authorizer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> asked = CompletableFuture.supplyAsync(() -> taken(authorizer));
            ask(Protocol.OPA_REST, URI.create("http://127.0.0.1:" + authorizer.getLocalPort()), request);
            return asked.get();
        }
    }

    private static byte[] taken(ServerSocket authorizer) {
        try (Socket socket = authorizer.accept()) {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int wanted = Integer.MAX_VALUE;
            while (all.size() < wanted) {
                all.write(in.read());
                String text = all.toString(StandardCharsets.ISO_8859_1);
                if (wanted == Integer.MAX_VALUE && text.endsWith("\r\n\r\n")) {
                    int at = text.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
                    wanted = all.size() + Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
                }
            }
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + YES.length() + "\r\n\r\n" + YES;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway asked nothing", e);
        }
    }

    static CheckRequest byGrpc(byte[] request) throws Exception {
        CompletableFuture<CheckRequest> asked = new CompletableFuture<>();
        Server authorizer = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new AuthorizationGrpc.AuthorizationImplBase() {
                    @Override
                    public void check(CheckRequest question, StreamObserver<CheckResponse> answer) {
                        asked.complete(question);
                        answer.onNext(CheckResponse.newBuilder()
                                .setStatus(com.google.rpc.Status.getDefaultInstance())
                                .build());
                        answer.onCompleted();
                    }
                })
                .build()
                .start();
        try {
            ask(Protocol.EXT_AUTHZ_GRPC, URI.create("http://127.0.0.1:" + authorizer.getPort()), request);
            return asked.get();
        } finally {
            authorizer.shutdownNow();
        }
    }

    private static void ask(Protocol protocol, URI authorizer, byte[] request) throws Exception {
        try (Gateway gateway = OpaBenchmark.gateway()) {
            gateway.apply(gateway.plan(List.of(Asks.orders(Asks.rule(protocol, authorizer)))));
            var unused = Sides.exchange(gateway.port(), request, "ok").call();
        }
    }
}
