package dev.lintel.extauthz;

import dev.lintel.core.Origin;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.OpaClient;
import dev.lintel.extauthz.check.CheckService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A server of Envoy's {@code envoy.service.auth.v3.Authorization} in front of a plain OPA, which does not speak it: it asks
 * OPA's data API with the input document of OPA's Envoy plugin and translates the answer. A decision that is undefined or of
 * the wrong type is an error, so that the Envoy that asks fails closed or open as it is told; a request that cannot be read
 * is refused with 400.
 *
 * <p>It also serves {@code grpc.health.v1.Health}. Its threads are daemons.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/envoy">OPA-Envoy plugin</a>
 */
public final class AuthorizerBridge implements AutoCloseable {
    private static final int MOST_METADATA = 64 * 1024;

    private final BridgeSettings settings;
    private final OpaClient opa;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Server server;

    private AuthorizerBridge(BridgeSettings settings) {
        this.settings = settings;
        URI address = settings.opa;
        if (address == null) {
            throw new IllegalArgumentException(
                    "a bridge must know its OPA; say it: AuthorizerBridge.start(b -> b.opa(URI.create(\"http://127.0.0.1:8181\")))");
        }
        AuthorizerRule rule = new AuthorizerRule(
                AuthorizerRule.Protocol.OPA_REST,
                address,
                settings.decision,
                settings.timeout,
                false,
                403,
                null,
                Origin.unknown());
        this.opa = OpaClient.start(settings.threads, settings.trusted);
        try {
            this.server = server(settings, new CheckService(opa, rule, settings.maxRunning, settings.dryRun));
        } catch (IOException e) {
            opa.close();
            throw new UncheckedIOException("cannot listen on " + settings.address + ":" + settings.port, e);
        } catch (RuntimeException e) {
            opa.close();
            throw e;
        }
        health.setStatus("", ServingStatus.SERVING);
        health.setStatus("envoy.service.auth.v3.Authorization", ServingStatus.SERVING);
    }

    private Server server(BridgeSettings of, CheckService service) throws IOException {
        EventLoopGroup loops = (EventLoopGroup) opa.threads();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(of.address, of.port))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .channelType(NioServerSocketChannel.class)
                .directExecutor()
                .maxInboundMessageSize(of.maxMessageBytes)
                .maxInboundMetadataSize(MOST_METADATA)
                .maxConcurrentCallsPerConnection(of.maxRunningPerConnection)
                .handshakeTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(service)
                .addService(health.getHealthService());
        if (of.certificates != null && of.key != null) {
            builder.sslContext(GrpcSslContexts.forServer(stream(of.certificates), stream(of.key.reveal()))
                    .build());
        }
        return builder.build().start();
    }

    private static ByteArrayInputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Starts a bridge.
     *
     * @param more for example {@code b -> b.opa(URI.create("http://127.0.0.1:8181")).decision("envoy/authz/allow")}
     * @return a bridge that listens
     * @throws IllegalArgumentException if no OPA is said, or certificates cannot be read
     * @throws UncheckedIOException if the address cannot be bound
     */
    public static AuthorizerBridge start(UnaryOperator<BridgeSettings> more) {
        return new AuthorizerBridge(more.apply(BridgeSettings.defaults()));
    }

    /**
     * The port on which it listens.
     *
     * @return 1 to 65535
     */
    public int port() {
        return server.getPort();
    }

    /**
     * Where it listens, as a gateway's policy names it.
     *
     * @return for example {@code grpc://127.0.0.1:9191}, or {@code grpcs} where it speaks TLS
     */
    public URI uri() {
        String host = settings.address.getHostAddress();
        return URI.create((settings.certificates == null ? "grpc" : "grpcs") + "://"
                + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port());
    }

    /** Accepts no more questions, answers those that are under way, for 5 seconds at the most, and stops. */
    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        try {
            if (!server.awaitTermination(settings.stop.toNanos(), TimeUnit.NANOSECONDS)) {
                server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        opa.close();
    }

    @Override
    public String toString() {
        return "ext_authz at " + uri() + " by OPA " + settings.decision + " at " + settings.opa;
    }
}
