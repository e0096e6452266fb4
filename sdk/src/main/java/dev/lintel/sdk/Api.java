package dev.lintel.sdk;

import dev.lintel.core.ServiceRef;
import dev.lintel.core.Speaker;
import dev.lintel.traffic.egress.EgressHost;
import dev.lintel.traffic.isolation.Isolation;

/** Where a definition begins: {@code Api.expose("orders").inNamespace("shop")…define()}. */
public final class Api implements Speaker {
    private Api() {}

    /**
     * Begins to expose a service on port 80.
     *
     * @param service the service's name, a DNS label; it is the API's name as well
     * @return what asks for the namespace
     */
    public static Exposing expose(String service) {
        return expose(ServiceRef.service(service));
    }

    /**
     * Begins to expose a service.
     *
     * @param service for example {@code service("orders").port(8080)}
     * @return what asks for the namespace
     */
    public static Exposing expose(ServiceRef service) {
        return new Exposing(service);
    }

    /**
     * Begins to serve services as one graph, which Lintel answers itself: {@code
     * Api.graphql("catalog").from(openApi(Path.of("catalog.yaml"), service("catalog-rest"))).inNamespace("shop").define()}.
     *
     * @param name the API's name, a DNS label
     * @return what asks for the first service
     * @throws IllegalArgumentException if it is anything else
     */
    public static GraphBeginning graphql(String name) {
        return new GraphBeginning(ServiceRef.service(name));
    }

    /**
     * Begins to say who may call a host outside: {@code
     * Api.egress("api.psp.example").onlyFor("payments").inNamespace("shop").define()}.
     *
     * @param host a host name, or {@code *.} and at least two labels for all names below them
     * @return what asks for the namespace
     * @throws IllegalArgumentException if it is anything else
     */
    public static EgressHost egress(String host) {
        return EgressHost.of(host);
    }

    /**
     * Begins to say who may cross the boundary of a namespace: {@code
     * Api.isolate("shop").allowFrom("monitoring").allowTo("identity").define()}.
     *
     * @param namespace a DNS label
     * @return the chain of everything else
     * @throws IllegalArgumentException if it is anything else
     */
    public static Isolation isolate(String namespace) {
        return Isolation.of(namespace);
    }

    /** A service that still needs a namespace. */
    public static final class Exposing implements Speaker {
        private final ServiceRef service;

        private Exposing(ServiceRef service) {
            this.service = service;
        }

        /**
         * Says where the service lives.
         *
         * @param namespace a DNS label; it is part of the host, {@code {api}.{namespace}.{domain}}
         * @return the chain of all verbs
         */
        public Exposure inNamespace(String namespace) {
            return new Exposure(service, namespace);
        }
    }
}
