package dev.lintel.examples.matrix;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.caller.Callers.callers;

import dev.lintel.core.Definition;
import dev.lintel.sdk.Api;
import java.util.List;

/**
 * Two namespaces with four services each. The shop has a boundary: only Prometheus may call into it, and only alerts may be
 * called out of it. Some services say who may call them, one says it for a part of its paths.
 */
final class Town {
    /** The callers, and the services that are called. */
    static final List<String> SERVICES = List.of(
            "frontend.shop",
            "orders.shop",
            "stock.shop",
            "payments.shop",
            "prometheus.monitoring",
            "grafana.monitoring",
            "alerts.monitoring",
            "store.monitoring");

    private Town() {}

    /** Who may call whom. */
    static List<Definition> definitions() {
        return List.of(
                Api.isolate("shop")
                        .allowFrom("prometheus.monitoring")
                        .allowTo("alerts.monitoring")
                        .define(),
                Api.expose("frontend").inNamespace("shop").define(),
                Api.expose("orders")
                        .inNamespace("shop")
                        .withOAuth2(oauth2("https://id.example").audience("orders"))
                        .define(),
                Api.expose("stock").inNamespace("shop").onlyFrom("orders").define(),
                Api.expose("payments")
                        .inNamespace("shop")
                        .onlyFrom(callers("orders", "frontend")
                                .namespace("monitoring")
                                .orEntering())
                        .onlyFrom(callers("orders").at("/internal/**"))
                        .define(),
                Api.expose("prometheus").inNamespace("monitoring").define(),
                Api.expose("grafana")
                        .inNamespace("monitoring")
                        .withOAuth2(oauth2("https://id.example").audience("grafana"))
                        .define(),
                Api.expose("alerts")
                        .inNamespace("monitoring")
                        .onlyFrom("prometheus", "frontend.shop")
                        .define(),
                Api.expose("store")
                        .inNamespace("monitoring")
                        .onlyFromNamespace("monitoring")
                        .define());
    }
}
