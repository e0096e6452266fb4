package dev.lintel.sdk;

import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.Speaker;
import dev.lintel.graphql.expose.GraphSource;

/** A graph that still needs a service and a namespace. */
public final class GraphBeginning implements Speaker {
    private final ServiceRef name;
    private final Origin origin;

    GraphBeginning(ServiceRef name) {
        this.name = name;
        this.origin = Origin.ofCaller();
    }

    /**
     * Says what the graph is made of.
     *
     * @param source the first service; {@link GraphExposure#and} adds others
     * @return what asks for the namespace
     */
    public Sourced from(GraphSource source) {
        return new Sourced(this, source);
    }

    /** A graph that still needs a namespace. */
    public static final class Sourced implements Speaker {
        private final GraphBeginning begun;
        private final GraphSource source;
        private final Origin line;

        private Sourced(GraphBeginning begun, GraphSource source) {
            this.begun = begun;
            this.source = source;
            this.line = Origin.ofCaller();
        }

        /**
         * Says where the services live, and the graph with them.
         *
         * @param namespace a DNS label; it is part of the host, {@code {api}.{namespace}.{domain}}
         * @return the chain of all verbs
         */
        public GraphExposure inNamespace(String namespace) {
            return new GraphExposure(begun.name, namespace, begun.origin, source, line);
        }
    }
}
