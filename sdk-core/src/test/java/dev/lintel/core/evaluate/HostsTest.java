package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which API a host stands for. */
class HostsTest {
    private final Evaluator evaluator = Evaluator.of(new MeshModel(List.of(
            TestApi.orders()
                    .host("orders.shop.localhost")
                    .host("o.shop.example.com")
                    .model(),
            TestApi.named("billing").model())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.shop.localhost",
                "ORDERS.Shop.LocalHost",
                "orders.shop.localhost:8080",
                "orders.shop.localhost:",
                "orders.shop.localhost:0",
                "orders.shop.localhost:65535",
                "orders.shop.localhost.",
                "orders.shop.localhost.:443",
                "o.shop.example.com",
                "O.SHOP.EXAMPLE.COM:1",
            })
    void aHostIsComparedWithoutCasePortAndTrailingDot(String host) {
        assertThat(TestApi.forward(decide(host)).api().id()).isEqualTo("orders.shop");
        assertThat(evaluator.entered(RequestValue.of("GET", host, "/", null)))
                .isSameAs(evaluator.model().apis().get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "shop.localhost",
                "x.orders.shop.localhost",
                "orders.shop.localhosts",
                "orders.shop.localhos",
                "other.shop.localhost:8080",
                "127.0.0.1",
                "127.0.0.1:80",
                "[::1]",
                "[::1]:8080",
                "[2001:db8::ffff:192.0.2.1]:443",
                "a_b.example",
                "xn--bcher-kva.example",
            })
    void aHostThatNobodyExposesIsAnswered404(String host) {
        Decision.Refuse refused = TestApi.refuse(decide(host));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_HOST);
        assertThat(refused.detail()).isEqualTo("no API is exposed at this host");
        assertThat(refused.api()).isNull();
        assertThat(evaluator.entered(RequestValue.of("GET", host, "/", null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":80",
                " orders.shop.localhost",
                "orders.shop.localhost ",
                "orders.shop.localhost..",
                "orders..shop.localhost",
                ".orders.shop.localhost",
                "orders.shop.localhost:80:80",
                "orders.shop.localhost:http",
                "orders.shop.localhost:-1",
                "orders.shop.localhost:65536",
                "orders.shop.localhost:000080",
                "orders.shop.localhost:8080.",
                "user@orders.shop.localhost",
                "orders.shop.localhost/x",
                "orders.shop.localhost,billing.shop.localhost",
                "orders.shop.localhost\u0000",
                "örders.shop.localhost",
                "orderſ.shop.localhost",
                "orders.shop.localhost:８０",
                "::1",
                "[::1",
                "[]",
                "[zz::1]",
                "[::1]8080",
                "[::1]:x",
                "[1]",
            })
    void aHostThatIsNoHostNameIsAnswered400(String host) {
        Decision.Refuse refused = TestApi.refuse(decide(host));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refused.detail()).isEqualTo("the host is not a host name");
        assertThat(evaluator.entered(RequestValue.of("GET", host, "/", null))).isNull();
    }

    @Test
    void namesAndLabelsHaveTheLimitsOfDns() {
        String label = "a".repeat(63);
        assertThat(TestApi.refuse(decide(label + ".example")).status()).isEqualTo(404);
        assertThat(TestApi.refuse(decide("a" + label + ".example")).status()).isEqualTo(400);
        String longest = (label + ".").repeat(3) + "a".repeat(61);
        assertThat(TestApi.refuse(decide(longest)).status()).isEqualTo(404);
        assertThat(TestApi.refuse(decide(longest + "a")).status()).isEqualTo(400);
    }

    @Test
    void onlyAsciiHasCases() {
        HostTable<String> table = new HostTable<>(Map.of("kiosk.shop.localhost", "found"));
        assertThat(table.find("KIOSK.shop.localhost")).isEqualTo("found");
        // U+212A KELVIN SIGN and U+017F LONG S are 'k' and 's' to String.equalsIgnoreCase.
        assertThat(HostTable.isAt("kiosk", "\u212aiosk", 0)).isFalse();
        assertThat(HostTable.isAt("kiosk", "kio\u017fk", 0)).isFalse();
        assertThat(HostTable.isAt("kiosk", "KIOSK", 0)).isTrue();
    }

    @Test
    void hostsWithTheSameHashAreToldApart() {
        // "ak" and "c-" have one hash, and so have all rows of eight of them.
        Map<String, String> hosts = new HashMap<>();
        for (int i = 0; i < 256; i++) {
            StringBuilder host = new StringBuilder();
            for (int bit = 0; bit < 8; bit++) {
                host.append((i >> bit & 1) == 0 ? "ak" : "c-");
            }
            hosts.put(host.toString(), host.toString());
        }
        HostTable<String> table = new HostTable<>(hosts);
        hosts.keySet().forEach(host -> assertThat(table.find(host)).isEqualTo(host));
        assertThat(table.find("akakakakakakakck")).isNull();
    }

    @Test
    void eachOfManyHostsIsFound() {
        Map<String, Integer> hosts = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            hosts.put("api-" + i + ".shop.example.com", i);
        }
        HostTable<Integer> table = new HostTable<>(hosts);
        for (int i = 0; i < 5_000; i++) {
            assertThat(table.find("API-" + i + ".shop.example.com:80")).isEqualTo(i);
            assertThat(table.find("apis-" + i + ".shop.example.com")).isNull();
        }
    }

    @Test
    void inAnEmptyWorldNoHostIsExposed() {
        Evaluator empty = Evaluator.of(MeshModel.EMPTY);
        assertThat(TestApi.refuse(empty.decide(RequestValue.of("GET", "a.b.c", "/", null), FIRST))
                        .status())
                .isEqualTo(404);
    }

    private Decision decide(String host) {
        return evaluator.decide(RequestValue.of("GET", host, "/", null), FIRST);
    }
}
