package dev.lintel.traffic;

import static dev.lintel.core.match.Match.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Version;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryTest {
    @Test
    void routesArePutIntoTheirOrder() {
        var entry = Said.orders()
                .route("/reports/**", "v2")
                .route(match("/reports/**").header("X-Beta", "1"), "v3")
                .route("GET /reports/daily", "v1")
                .model()
                .entry();
        assertThat(entry.routes())
                .containsExactly(
                        new Route(match("GET /reports/daily"), "v1", Origin.unknown()),
                        new Route(match("/reports/**").header("x-beta", "1"), "v3", Origin.unknown()),
                        new Route(match("/reports/**"), "v2", Origin.unknown()),
                        new Route(Match.any(), null, Origin.unknown()));
    }

    @Test
    void oneMatchIsRoutedOnce() {
        assertThatThrownBy(() -> Said.orders()
                        .route("/reports/**", "v1")
                        .route("/reports/**", "v2")
                        .define())
                .hasMessageContaining(
                        "orders.shop traffic.route/v1: '/reports/**' is said twice, first at EntryTest.java");
    }

    @Test
    void routesThatOnlyTheirOrderTellsApartAreAProblem() {
        assertThatThrownBy(() -> Said.orders()
                        .route("/reports/{day}", "v1")
                        .route("/reports/{month}", "v2")
                        .define())
                .hasMessageContaining(
                        "orders.shop traffic.route/v1: '/reports/{month}' and '/reports/{day}' speak about the same requests,"
                                + " first at EntryTest.java")
                .hasMessageContaining("say once where they go");
        assertThatThrownBy(() -> Said.orders()
                        .route("GET,POST /reports", "v1")
                        .route("HEAD /reports", "v2")
                        .define())
                .hasMessageContaining("'HEAD /reports' and 'GET,POST /reports' speak about the same requests");
        assertThatThrownBy(() -> Said.orders()
                        .route(match("/reports").header("a", "1").header("b", "2"), "v1")
                        .route(match("/reports").header("b", "2").header("a", "1"), "v2")
                        .define())
                .hasMessageContaining("speak about the same requests");
    }

    @Test
    void routesThatPrecedenceOrConditionsTellApartAreFine() {
        var entry = Said.orders()
                .route("GET /reports", "v1")
                .route("POST /reports", "v2")
                .route("/reports", "v3")
                .route(match("/reports").header("a", "1"), "v1")
                .route(match("/reports").header("a", "2"), "v2")
                .route(match("/reports").query("a", "1"), "v3")
                .model()
                .entry();
        assertThat(entry.routes()).hasSize(7);
    }

    @Test
    void rewritesArePutIntoTheirOrder() {
        var entry = Said.orders()
                .rewritePath("/shop/**", "/**")
                .rewritePath("/shop/old", "/new")
                .model()
                .entry();
        assertThat(entry.rewrites())
                .containsExactly(
                        new Rewrite(PathPattern.parse("/shop/old"), "/new", Origin.unknown()),
                        new Rewrite(PathPattern.parse("/shop/**"), "/", Origin.unknown()));
    }

    @Test
    void aRewriteKeepsItsShape() {
        assertThatThrownBy(() -> Said.orders().rewritePath("/a/**", "/b"))
                .hasMessage("a rewrite goes from a subtree to a subtree ('/a/**' to '/b/**') or from a path to a path,"
                        + " but was '/a/**' to '/b'");
        assertThatThrownBy(() -> Said.orders().rewritePath("/a/{x}", "/b"))
                .hasMessage("a rewrite cannot have braces, but was '/a/{x}' to '/b'");
    }

    @Test
    void headersAreSetOnBothWays() {
        var headers = Said.orders()
                .setHeader("X-Shop", "1")
                .setResponseHeader("x-served-by", "lintel")
                .model()
                .entry()
                .headers();
        assertThat(headers.request()).isEqualTo(Map.of("x-shop", "1"));
        assertThat(headers.response()).isEqualTo(Map.of("x-served-by", "lintel"));
    }

    @Test
    void headersThatFrameMessagesAreNotOurs() {
        assertThatThrownBy(() -> Said.orders().setHeader("Content-Length", "1"))
                .hasMessageStartingWith("header 'content-length' belongs to the gateway or to the caller");
        assertThatThrownBy(() -> Said.orders().setHeader("X-Forwarded-For", "1.1.1.1"))
                .hasMessageStartingWith("header 'x-forwarded-for' belongs to the gateway or to the caller");
        assertThatThrownBy(() -> Said.orders().setHeader("x-a", "b\r\nx-c: d"))
                .hasMessage(
                        "the value of header 'x-a' must be visible ASCII on one line, at most 4096 characters, but is not");
    }

    @Test
    void aVersionMayHaveAServiceOfItsOwn() {
        var service = Said.orders()
                .split("v1", 90, "v2", 10)
                .versionByService("v2", "orders-v2")
                .versionByLabel("v1", "track", "stable")
                .model()
                .service();
        assertThat(service.versions())
                .containsExactly(
                        new Version("v1", Map.of("track", "stable"), null), new Version("v2", Map.of(), "orders-v2"));
    }

    @Test
    void aVersionIsToldInOneWay() {
        assertThatThrownBy(() -> new VersionOf("v1", Map.of(), null))
                .hasMessage("version 'v1' is told by labels or by a service of its own, one of them");
    }
}
