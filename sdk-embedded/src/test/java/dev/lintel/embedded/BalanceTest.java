package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BalanceRule.By;
import dev.lintel.core.model.BalanceRule.HashOn;
import dev.lintel.core.model.RetryOn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which workload gets a call, over HTTP. */
class BalanceTest {
    private final List<FakeService> services = new ArrayList<>();

    @AfterEach
    void close() {
        services.forEach(FakeService::close);
    }

    private Workload saying(String... texts) {
        Workload all = null;
        for (String text : texts) {
            FakeService service = FakeService.saying(text);
            services.add(service);
            Workload one = Workload.at(service.uri());
            all = all == null ? one : all.and(one);
        }
        return all;
    }

    private static void apply(Gateway gateway, Workload workload, Ruled ruled) {
        gateway.workload("orders.shop", workload);
        gateway.apply(gateway.plan(Said.orders().with(ruled).define()));
    }

    @ParameterizedTest
    @CsvSource({
        "HEADER, x-user, /, x-user: ",
        "COOKIE, user, /, Cookie: a=1; user=",
        "QUERY, user, /?a=1&user=, ''",
    })
    void equal_values_get_equal_workloads(By by, String name, String path, String field) {
        try (Gateway gateway = Gateway.start()) {
            apply(
                    gateway,
                    saying("1", "2", "3"),
                    Ruled.balanced(Algorithm.CONSISTENT_HASH, new HashOn(by, name), false));
            Set<String> used = new LinkedHashSet<>();
            for (int user = 0; user < 20; user++) {
                String target = field.isEmpty() ? path + user : path;
                String[] fields = field.isEmpty() ? new String[0] : new String[] {field + user};
                String first = Raw.get(gateway, target, fields).body();
                used.add(first);
                for (int i = 0; i < 3; i++) {
                    assertThat(Raw.get(gateway, target, fields).body()).isEqualTo(first);
                }
            }
            assertThat(used).containsExactlyInAnyOrder("1", "2", "3");
        }
    }

    @Test
    void the_least_busy_workload_gets_the_call() {
        Semaphore go = new Semaphore(0);
        FakeService slow = FakeService.start((asked, out) -> {
            go.acquire();
            out.write(FakeService.ok("slow"));
        });
        services.add(slow);
        int[] draws = {0};
        // The first call draws the slow one twice, all others both.
        try (Gateway gateway = Gateway.start(s -> s.threads(1).draw(bound -> draws[0]++ < 2 ? 0 : draws[0] % bound));
                Raw raw = Raw.to(gateway)) {
            apply(
                    gateway,
                    Workload.at(slow.uri()).and(saying("fast")),
                    Ruled.balanced(Algorithm.LEAST_REQUEST, null, false));
            raw.send(Raw.request("GET", "/"));
            Until.holds(() -> slow.asked().size() == 1);

            for (int i = 0; i < 20; i++) {
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("fast");
            }
            go.release();
            assertThat(raw.answer().body()).isEqualTo("slow");
        }
    }

    @Test
    void a_retry_goes_to_another_workload() {
        FakeService bad = FakeService.start(
                (asked, out) -> out.write(FakeService.bytes("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno")));
        services.add(bad);
        try (Gateway gateway = Gateway.start(s -> s.draw(bound -> 0))) {
            apply(
                    gateway,
                    Workload.at(bad.uri()).and(saying("well")),
                    Ruled.balanced(Algorithm.RANDOM, null, false).retried(1));

            for (int i = 0; i < 20; i++) {
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("well");
            }
            assertThat(bad.asked()).hasSize(20);
        }
    }

    @Test
    void with_one_workload_a_retry_goes_there_again() {
        FakeService bad = FakeService.start(
                (asked, out) -> out.write(FakeService.bytes("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno")));
        services.add(bad);
        try (Gateway gateway = Gateway.start()) {
            apply(gateway, Workload.at(bad.uri()), Ruled.NOTHING.retried(2, RetryOn.SERVER_ERROR));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("no");
            assertThat(bad.asked()).hasSize(3);
        }
    }

    @Test
    void a_call_goes_to_the_nearest_workload_and_further_if_that_fails() {
        FakeService near = FakeService.start(
                (asked, out) -> out.write(FakeService.bytes("HTTP/1.1 500 No\r\nContent-Length: 4\r\n\r\nnear")));
        services.add(near);
        try (Gateway gateway = Gateway.start(s -> s.locality("eu-west/1a"))) {
            Ruled balanced = Ruled.balanced(Algorithm.ROUND_ROBIN, null, true);
            apply(
                    gateway,
                    saying("far")
                            .locality("us-east/2b")
                            .and(Workload.at(near.uri()).locality("eu-west/1a"))
                            .and(saying("region").locality("eu-west/1b")),
                    new Ruled(Ruled.out(3).outliers(), balanced.limits(), balanced.balance(), null, null));
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(Raw.get(gateway, "/").body());
            }

            assertThat(answers).containsExactly("near", "near", "near", "region", "region");
        }
    }

    @Test
    void a_function_is_as_near_as_can_be() {
        try (Gateway gateway = Gateway.start(s -> s.locality("eu-west/1a"))) {
            apply(
                    gateway,
                    saying("region").locality("eu-west").and(Workload.function(request -> Reply.ok("here"))),
                    Ruled.balanced(Algorithm.ROUND_ROBIN, null, true));

            for (int i = 0; i < 5; i++) {
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("here");
            }
        }
    }

    @Test
    void a_locality_is_read_where_it_is_said() {
        assertThatThrownBy(() -> GatewaySettings.defaults().locality("eu//a"))
                .hasMessage("a locality is 'region', 'region/zone' or 'region/zone/subzone', but was 'eu//a'");
        Workload workload = Workload.function(request -> Reply.ok("here"));
        assertThatThrownBy(() -> workload.locality(""))
                .hasMessage("a locality is 'region', 'region/zone' or 'region/zone/subzone', but was ''");
    }
}
