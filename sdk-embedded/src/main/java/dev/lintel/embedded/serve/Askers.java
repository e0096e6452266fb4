package dev.lintel.embedded.serve;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asker;
import dev.lintel.embedded.authorizer.AskerProvider;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.opa.OpaAsker;
import dev.lintel.embedded.upstream.Pool;
import io.netty.channel.EventLoop;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who asks external authorizers: for each event loop its own, so that a request never leaves the thread that read it. */
public final class Askers {
    private final IdentityHashMap<EventLoop, EnumMap<Protocol, Asker>> byLoop = new IdentityHashMap<>();
    private final ConcurrentLinkedQueue<Asker> opened = new ConcurrentLinkedQueue<>();
    private final @Nullable String trusted;

    /**
     * What asks.
     *
     * @param pools the connections of each event loop
     * @param trusted the certificates by which authorizers are known that speak TLS; null for the JVM's own choice
     */
    public Askers(IdentityHashMap<EventLoop, Pool> pools, @Nullable String trusted) {
        this.trusted = trusted;
        pools.forEach((loop, pool) -> byLoop.put(loop, new EnumMap<>(Map.of(Protocol.OPA_REST, new OpaAsker(pool)))));
    }

    /** Asks, on the loop's own thread. */
    Asking ask(EventLoop loop, AuthorizerRule rule, CheckedRequest request, Consumer<Answer> then) {
        EnumMap<Protocol, Asker> own = byLoop.get(loop);
        Asker asker = own == null ? null : own.get(rule.protocol());
        if (asker == null && own != null) {
            asker = open(loop, rule.protocol());
            if (asker != null) {
                own.put(rule.protocol(), asker);
            }
        }
        if (asker == null) {
            then.accept(Answer.failed("nothing is installed that asks by " + rule.protocol()));
            return Asking.OVER;
        }
        return asker.ask(rule, request, then);
    }

    private @Nullable Asker open(EventLoop loop, Protocol protocol) {
        for (AskerProvider provider : ServiceLoader.load(AskerProvider.class, AskerProvider.class.getClassLoader())) {
            if (provider.protocol() == protocol) {
                Asker asker = provider.open(loop, trusted);
                opened.add(asker);
                return asker;
            }
        }
        return null;
    }

    /** Gives up the connections that are not the gateway's. */
    void close() {
        opened.forEach(Asker::close);
    }
}
