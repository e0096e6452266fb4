package dev.lintel.examples.istio;

import dev.lintel.core.Definition;
import java.util.List;
import java.util.function.Supplier;

/**
 * One task of Istio's documentation.
 *
 * @param title as the documentation has it, more or less
 * @param method the method of {@link Definitions} that says it
 * @param page the task's address below {@code https://istio.io/latest/docs/tasks/}
 * @param note what is good to know, or nothing
 * @param definition what it becomes
 */
record Task(String title, String method, String page, String note, Supplier<Definition> definition) {
    /** All of them, in the order of the documentation. */
    static final List<Task> ALL = List.of(
            new Task(
                    "Traffic shifting",
                    "trafficShifting",
                    "traffic-management/traffic-shifting/",
                    "The weights hold for calls from inside and for those that enter by the gateway.",
                    Definitions::trafficShifting),
            new Task(
                    "Request routing",
                    "requestRouting",
                    "traffic-management/request-routing/",
                    "Calls with the header get one version, all others the other.",
                    Definitions::requestRouting),
            new Task(
                    "Request routing at the gateway",
                    "routingAtTheEdge",
                    "traffic-management/request-routing/",
                    "A route is about requests that enter; it may name a path as well.",
                    Definitions::routingAtTheEdge),
            new Task(
                    "Fault injection",
                    "faultInjection",
                    "traffic-management/fault-injection/",
                    "For every call of the service; Istio's own example picks one user by a header.",
                    Definitions::faultInjection),
            new Task(
                    "Request timeouts",
                    "requestTimeouts",
                    "traffic-management/request-timeouts/",
                    "",
                    Definitions::requestTimeouts),
            new Task(
                    "Circuit breaking",
                    "circuitBreaking",
                    "traffic-management/circuit-breaking/",
                    "",
                    Definitions::circuitBreaking),
            new Task("Mirroring", "mirroring", "traffic-management/mirroring/", "", Definitions::mirroring),
            new Task(
                    "Egress control",
                    "egressControl",
                    "traffic-management/egress/egress-control/",
                    "",
                    Definitions::egressControl),
            new Task(
                    "Egress gateways",
                    "egressGateway",
                    "traffic-management/egress/egress-gateway/",
                    "Sidecars reach the gateway by mutual TLS, so that it knows who calls; TLS of the caller stays closed to it.",
                    Definitions::egressGateway),
            new Task(
                    "End-user authentication with JWT",
                    "endUserAuthentication",
                    "security/authentication/authn-policy/#end-user-authentication",
                    "Besides the tokens it says who gets in without one.",
                    Definitions::endUserAuthentication),
            new Task(
                    "Authorization for HTTP traffic",
                    "authorizationForHttp",
                    "security/authorization/authz-http/",
                    "",
                    Definitions::authorizationForHttp),
            new Task(
                    "External authorization",
                    "externalAuthorization",
                    "security/authorization/authz-custom/",
                    "",
                    Definitions::externalAuthorization));
}
