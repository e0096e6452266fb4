package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    private final Evaluator evaluator = World.open().evaluator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.shop.localhost",
                "ORDERS.Shop.localhost",
                "orders.shop.localhost:8080",
                "orders.shop.localhost.",
                "orders.shop.localhost.:80"
            })
    void isComparedWithoutCasePortAndTrailingDot(String host) {
        assertThat(evaluator.decide(RequestValue.of("GET", host, "/", null), bound -> 0))
                .isInstanceOf(Decision.Forward.class);
        assertThat(evaluator.entered(RequestValue.of("GET", host, "/", null))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.localhost",
                "orders.shop.localhost.evil",
                "127.0.0.1:80",
                "[::1]:80",
                "a.b",
                "x_y.shop.localhost"
            })
    void thatNobodyExposesIsAnswered404(String host) {
        assertThat(evaluator.decide(RequestValue.of("GET", host, "/", null), bound -> 0))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user@orders.shop.localhost",
                "orders.shop.localhost:80:80",
                "orders.shop.localhost:8x",
                "orders.shop.localhost, evil",
                "orders shop",
                ":80",
                "orders.shop.localhost/x"
            })
    void thatIsNoHostNameIsAnswered400(String host) {
        assertThat(evaluator.decide(RequestValue.of("GET", host, "/", null), bound -> 0))
                .hasToString("refuse with 400 BAD_REQUEST: the host is not a host name");
    }

    @Test
    void isFoundAmongMany() {
        Map<String, Integer> hosts = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            hosts.put("api-" + i + ".shop.example.com", i);
        }
        HostTable<Integer> table = new HostTable<>(hosts);
        hosts.forEach((host, i) -> assertThat(table.find(host + ":443")).isEqualTo(i));
        assertThat(table.find("api-10000.shop.example.com")).isNull();
    }

    @Test
    void aPathParameterIsRefusedUnlessAllowed() {
        assertThat(evaluator.decide(World.get("/a;b=1"), bound -> 0))
                .hasToString("refuse with 400 BAD_REQUEST: a path must not contain ';'");
        assertThat(World.open().allowPathParameters().evaluator().decide(World.get("/a;b=1"), bound -> 0))
                .hasToString("forward to orders.shop /a;b=1");
    }

    @Test
    void aPathWithoutNormalFormIsAnswered400BeforeTheHostIsLookedUp() {
        assertThat(evaluator.decide(RequestValue.of("GET", "unknown", "/%00", null), bound -> 0))
                .hasToString("refuse with 400 BAD_REQUEST: a path must not contain a control character");
    }
}
