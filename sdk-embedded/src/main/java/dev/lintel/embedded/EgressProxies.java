package dev.lintel.embedded;

import dev.lintel.core.evaluate.Evaluator;
import io.netty.channel.EventLoopGroup;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The egress proxies of one gateway that are open. */
final class EgressProxies {
    private final Supplier<Evaluator> evaluator;
    private final EventLoopGroup group;
    private final Set<EgressProxy> open = ConcurrentHashMap.newKeySet();

    EgressProxies(Supplier<Evaluator> evaluator, EventLoopGroup group) {
        this.evaluator = evaluator;
        this.group = group;
    }

    EgressProxy open(String application, EgressSettings settings) {
        EgressProxy proxy = EgressProxy.open(application, settings, evaluator, group, open::remove);
        open.add(proxy);
        return proxy;
    }

    /** Another model is in force. */
    void reconsider() {
        open.forEach(EgressProxy::reconsider);
    }

    void close() {
        open.forEach(EgressProxy::close);
    }
}
