package dev.lintel.embedded.egress;

import dev.lintel.core.evaluate.EgressDecision;
import dev.lintel.core.evaluate.Evaluator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of one application share. */
final class Outlet {
    private static final Logger LOG = LoggerFactory.getLogger("dev.lintel.embedded.egress");

    private final String namespace;
    private final String application;
    private final Supplier<Evaluator> evaluator;
    private final EgressLimits limits;
    private final Dialer dialer;
    private final Destinations destinations = new Destinations();
    private final Set<ProxyFront> fronts = ConcurrentHashMap.newKeySet();

    Outlet(String namespace, String application, Supplier<Evaluator> evaluator, EgressLimits limits, Dialer dialer) {
        this.namespace = namespace;
        this.application = application;
        this.evaluator = evaluator;
        this.limits = limits;
        this.dialer = dialer;
    }

    EgressLimits limits() {
        return limits;
    }

    Dialer dialer() {
        return dialer;
    }

    Destinations destinations() {
        return destinations;
    }

    /** What the model that is in force now says. */
    EgressDecision decide(String host, int port) {
        return evaluator.get().egress(namespace, application, host, port);
    }

    /** Whether there is room for one more; whoever enters before it decides is asked again when the model changes. */
    boolean enter(ProxyFront front) {
        fronts.add(front);
        return fronts.size() <= limits.connections();
    }

    void leave(ProxyFront front) {
        fronts.remove(front);
    }

    int connections() {
        return fronts.size();
    }

    /** Asks every connection whether it is still let out. */
    void reconsider() {
        fronts.forEach(ProxyFront::reconsiderLater);
    }

    /** One line for each call: the host, no path, no query, no header. */
    void log(String method, String host, int port, String outcome) {
        LOG.debug("{}.{} {} {}:{} {}", application, namespace, method, host, port, outcome);
    }
}
