package dev.lintel.extauthz.check;

import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.authorizer.Asker;
import dev.lintel.embedded.authorizer.AskerProvider;
import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Lets gateways ask by gRPC. */
public final class GrpcAskerProvider implements AskerProvider {
    /** For the service loader. */
    public GrpcAskerProvider() {}

    @Override
    public Protocol protocol() {
        return Protocol.EXT_AUTHZ_GRPC;
    }

    @Override
    public Asker open(ScheduledExecutorService thread, @Nullable String trusted) {
        return new GrpcAsker((EventLoop) thread, trusted);
    }
}
