package dev.lintel.extauthz;

import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Any server of ext_authz, which says what a test wants. */
final class FakeAuthorizer implements AutoCloseable {
    final List<CheckRequest> asked = new CopyOnWriteArrayList<>();
    private final Server server;

    private FakeAuthorizer(int port, BiConsumer<CheckRequest, StreamObserver<CheckResponse>> script) {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .addService(new AuthorizationGrpc.AuthorizationImplBase() {
                        @Override
                        public void check(CheckRequest request, StreamObserver<CheckResponse> to) {
                            asked.add(request);
                            script.accept(request, to);
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeAuthorizer saying(CheckResponse response) {
        return at(0, response);
    }

    static FakeAuthorizer at(int port, CheckResponse response) {
        return new FakeAuthorizer(port, (request, to) -> {
            to.onNext(response);
            to.onCompleted();
        });
    }

    static FakeAuthorizer doing(BiConsumer<CheckRequest, StreamObserver<CheckResponse>> script) {
        return new FakeAuthorizer(0, script);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
