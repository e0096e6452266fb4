package dev.lintel.examples.istio;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.opa.ExtAuthz.extAuthz;
import static dev.lintel.core.match.Condition.header;
import static dev.lintel.core.match.Match.match;

import dev.lintel.core.Definition;
import dev.lintel.sdk.Api;
import dev.lintel.traffic.Fault;
import java.time.Duration;

/** The definitions of the tasks, one method for each; the services are those of Istio's documentation. */
final class Definitions {
    private Definitions() {}

    static Definition trafficShifting() {
        return Api.expose("reviews")
                .inNamespace("bookinfo")
                .split("v1", 90, "v2", 10)
                .define();
    }

    static Definition requestRouting() {
        return Api.expose("reviews")
                .inNamespace("bookinfo")
                .when(header("end-user", "alice"))
                .to("v2")
                .split("v1", 100, "v2", 0)
                .define();
    }

    static Definition routingAtTheEdge() {
        return Api.expose("productpage")
                .inNamespace("bookinfo")
                .route(match("GET /productpage").header("x-beta", "1"), "v2")
                .split("v1", 100, "v2", 0)
                .define();
    }

    static Definition faultInjection() {
        return Api.expose("ratings")
                .inNamespace("bookinfo")
                .fault(Fault.delay(Duration.ofSeconds(7), 100).abort(500, 10))
                .define();
    }

    static Definition requestTimeouts() {
        return Api.expose("reviews")
                .inNamespace("bookinfo")
                .timeout(Duration.ofMillis(500))
                .define();
    }

    static Definition circuitBreaking() {
        return Api.expose("httpbin")
                .inNamespace("default")
                .breaker(b -> b.maxConnections(1)
                        .maxPending(1)
                        .consecutive5xx(1)
                        .every(Duration.ofSeconds(1))
                        .ejectFor(Duration.ofMinutes(3))
                        .maxEjectionPercent(100))
                .define();
    }

    static Definition mirroring() {
        return Api.expose("httpbin")
                .inNamespace("default")
                .split("v1", 100, "v2", 0)
                .mirror("v2", 100)
                .define();
    }

    static Definition egressControl() {
        return Api.egress("api.payments.example")
                .onlyFor("productpage")
                .inNamespace("bookinfo")
                .define();
    }

    static Definition egressGateway() {
        return Api.egress("api.payments.example")
                .inNamespace("bookinfo")
                .ports(80, 443)
                .throughGateway()
                .define();
    }

    static Definition endUserAuthentication() {
        return Api.expose("httpbin")
                .inNamespace("foo")
                .withOAuth2(oauth2("https://id.example")
                        .audience("httpbin")
                        .publicPaths("/status/**")
                        .authenticated("/headers", "/ip"))
                .define();
    }

    static Definition authorizationForHttp() {
        return Api.expose("reviews")
                .inNamespace("bookinfo")
                .onlyFrom("productpage.bookinfo")
                .define();
    }

    static Definition externalAuthorization() {
        return Api.expose("httpbin")
                .inNamespace("foo")
                .withAuthorizer(extAuthz("grpc://ext-authz.foo:9000"))
                .define();
    }
}
