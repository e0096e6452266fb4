package dev.lintel.extauthz.check;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asker;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.CheckedRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks by {@code envoy.service.auth.v3.Authorization/Check}: one connection for each authorizer and event loop, on which all
 * questions travel side by side, so that nothing changes the thread.
 */
final class GrpcAsker implements Asker {
    private static final int MOST_ANSWER = 1024 * 1024;
    private static final int MOST_METADATA = 64 * 1024;

    private final EventLoop loop;
    private final @Nullable String trusted;
    private final Map<URI, ManagedChannel> channels = new ConcurrentHashMap<>();

    GrpcAsker(EventLoop loop, @Nullable String trusted) {
        this.loop = loop;
        this.trusted = trusted;
    }

    @Override
    public Asking ask(AuthorizerRule rule, CheckedRequest request, Consumer<Answer> then) {
        ManagedChannel channel = channels.computeIfAbsent(rule.address(), this::open);
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(rule.timeout().toNanos(), TimeUnit.NANOSECONDS);
        ClientCall<CheckRequest, CheckResponse> call = channel.newCall(AuthorizationGrpc.getCheckMethod(), options);
        ClientCalls.asyncUnaryCall(call, Requests.write(request), new Reader(channel, then));
        return () -> call.cancel("nobody waits for it any more", null);
    }

    private ManagedChannel open(URI address) {
        boolean tls = "grpcs".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() < 0 ? (tls ? 443 : 80) : address.getPort();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address.getHost(), port)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .directExecutor()
                .disableRetry()
                .proxyDetector(target -> null)
                .maxInboundMessageSize(MOST_ANSWER)
                .maxInboundMetadataSize(MOST_METADATA)
                .idleTimeout(5, TimeUnit.MINUTES);
        return (tls ? secured(builder) : builder.usePlaintext()).build();
    }

    private NettyChannelBuilder secured(NettyChannelBuilder builder) {
        try {
            SslContextBuilder context = GrpcSslContexts.forClient();
            if (trusted != null) {
                context.trustManager(new ByteArrayInputStream(trusted.getBytes(StandardCharsets.US_ASCII)));
            }
            return builder.sslContext(context.build());
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS for the external authorizer", e);
        }
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }

    private static final class Reader implements StreamObserver<CheckResponse> {
        private final ManagedChannel channel;
        private final Consumer<Answer> then;
        private boolean over;

        Reader(ManagedChannel channel, Consumer<Answer> then) {
            this.channel = channel;
            this.then = then;
        }

        @Override
        public void onNext(CheckResponse response) {
            come(Responses.read(response));
        }

        @Override
        public void onError(Throwable thrown) {
            Status.Code code = Status.fromThrowable(thrown).getCode();
            if (code == Status.Code.UNAVAILABLE) {
                // The next question tries to connect at once: an authorizer that comes back is not waited for.
                channel.resetConnectBackoff();
            }
            come(Answer.failed(
                    switch (code) {
                        case UNAVAILABLE -> "it cannot be reached";
                        case DEADLINE_EXCEEDED -> "it did not answer in time";
                        default -> "it answered with gRPC status " + code;
                    }));
        }

        @Override
        public void onCompleted() {
            come(Answer.failed("it ended without an answer"));
        }

        /** With {@code onNext} the answer is whole: a call that is not streamed has one. */
        private void come(Answer answer) {
            if (!over) {
                over = true;
                then.accept(answer);
            }
        }
    }
}
