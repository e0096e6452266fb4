package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.identity.CertificateAuthority;
import dev.lintel.embedded.identity.Greeting;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What workloads call by their identity: the authority that vouches for them, and the listener that asks who they are. */
public final class Inside {
    private static final int HTTPS = 443;

    private final Engine engine;
    private final CertificateAuthority authority;
    private final Greeting greeting;
    private final Listener listener;

    /**
     * What it is made of.
     *
     * @param trustDomain of the identities of workloads
     * @param address where to listen; port 0 for a free one
     * @param atOnce whether to listen before the first identity is asked for
     */
    public record Parts(String trustDomain, InetSocketAddress address, boolean atOnce) {}

    Inside(Engine engine, EventLoopGroup group, CertificateAuthority authority, InetSocketAddress address) {
        this.engine = engine;
        this.authority = authority;
        this.greeting = new Greeting(authority, this::identities);
        Door door = channel -> channel.pipeline().addLast(new Vestibule(engine, greeting, this::isCalled, channel));
        this.listener = new Listener(engine, group, door, address);
    }

    /** Vouches for workloads. */
    public CertificateAuthority authority() {
        return authority;
    }

    /** How many names have a certificate at hand. */
    public int certificates() {
        return greeting.kept();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    Listener listener() {
        return listener;
    }

    /** Whether somebody is called so at this moment: a service inside, or an exposed host. */
    public boolean isCalled(String host) {
        return identities(host) != null;
    }

    private boolean isCalled(String host, int port) {
        return (port == HTTPS || port == address().getPort()) && isCalled(host);
    }

    /** At an exposed host the gateway answers, and no single service. */
    private @Nullable List<String> identities(String host) {
        Evaluator evaluator = engine.view().evaluator();
        ApiModel service = evaluator.called(host);
        if (service != null) {
            String name = service.service().name();
            return List.of(new Caller.Workload(authority.trustDomain(), service.namespace(), name).spiffeId());
        }
        return evaluator.exposes(host) ? List.of() : null;
    }
}
