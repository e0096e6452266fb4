package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.Town.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several APIs of one namespace at one host, each with paths of its own. */
class SharedHostTest {
    private static final String WEB = "web.shop.localhost";

    private final Town town = new Town()
            .api("orders.shop")
            .host(WEB)
            .paths("/orders/**")
            .rule("/orders/**", Requirement.TOKEN)
            .api("catalog.shop")
            .host(WEB)
            .host("catalog.shop.localhost")
            .paths("/catalog/{shelf}", "/static/**");

    @ParameterizedTest
    @CsvSource({
        "/orders, orders",
        "/orders/, orders",
        "/orders/7/items, orders",
        "//orders//7, orders",
        "/catalog/../orders/7, orders",
        "/catalog/books/%2e%2e/..%2forders, orders",
        "/catalog/books, catalog",
        "/catalog/books/, catalog",
        "/%63atalog/books, catalog",
        "/static, catalog",
        "/static/a/b, catalog",
    })
    void aPathBelongsToTheApiThatClaimsIt(String path, String api) {
        RequestValue request = RequestValue.of("GET", WEB, path, null);
        Decision decision = town.evaluator().decide(request, FIRST);
        assertThat(decision.api()).isNotNull();
        assertThat(String.valueOf(decision.api().id())).isEqualTo(api + ".shop");
        assertThat(String.valueOf(town.evaluator().entered(request).id())).isEqualTo(api + ".shop");
        assertThat(Town.told(decision)).isEqualTo(api.equals("orders") ? "401 NO_TOKEN" : "ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/order",
                "/ordersx",
                "/Orders",
                "/catalog",
                "/catalog/",
                "/catalog/a/b",
                "/orders;a",
                "/%2forders;/x"
            })
    void whatBelongsToNobodyIsAnswered404(String path) {
        RequestValue request = RequestValue.of("GET", WEB, path, null);
        assertThat(town.evaluator().decide(request, FIRST))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this path of this host");
        assertThat(town.evaluator().entered(request)).isNull();
        assertThat(town.evaluator().admitted(request)).isNull();
        assertThat(town.evaluator().exposes(WEB)).isTrue();
    }

    @Test
    void anotherHostIsToldApartFromAnotherPath() {
        assertThat(town.evaluator().decide(RequestValue.of("GET", "nobody.shop.localhost", "/", null), FIRST))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
        assertThat(town.evaluator().decide(RequestValue.of("GET", "catalog.shop.localhost", "/orders", null), FIRST))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this path of this host");
        assertThat(town.evaluator()
                        .explain(RequestValue.of("GET", WEB, "/nothing", null), FIRST)
                        .render())
                .isEqualTo("""
                GET web.shop.localhost/nothing
                  = refuse with 404 UNKNOWN_HOST: no API is exposed at this path of this host

                  path     /nothing is in normal form
                  host     refused, no API is exposed at this path of this host
                """);
    }

    @Test
    void callsFromInsideHaveAllPaths() {
        assertThat(town.call("", "orders.shop", "/catalog/books")).isEqualTo("ok");
        assertThat(town.call("", "catalog.shop", "/anything")).isEqualTo("ok");
    }

    @Test
    void aPathThatIsNoGoodIsAnswered400BeforeAnybodyIsLookedFor() {
        RequestValue request = RequestValue.of("GET", WEB, "/orders/../..", null);
        assertThat(Town.told(town.evaluator().decide(request, FIRST))).isEqualTo("400 BAD_REQUEST");
        assertThat(town.evaluator().entered(request)).isNull();
    }
}
