package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.policy.AtHost;
import dev.lintel.core.policy.WorkloadSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
    @ParameterizedTest
    @CsvSource({
        "orders, orders, 80",
        "orders:80, orders, 80",
        "orders:8080, orders:8080, 8080",
        "a1-b:65535, a1-b:65535, 65535"
    })
    void aServiceIsANameAndAPort(String text, String printed, int port) {
        ServiceRef service = ServiceRef.parse(text);

        assertThat(service).hasToString(printed);
        assertThat(service.port()).isEqualTo(port);
        assertThat(ServiceRef.parse(printed)).isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders:", "orders:x", "orders:+80", "orders:080", "orders:-1", "a:b:80", "orders:9999999999"})
    void aServiceThatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> ServiceRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a service is 'name' or 'name:port', but was '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void aPortIsInRange(int port) {
        assertThatThrownBy(() -> ServiceRef.service("orders").port(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a port must be 1 to 65535, but 'orders' was given " + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a.b",
                "a_b",
                "ä",
                "a b",
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg"
            })
    void aNameIsALabel(String name) {
        assertThatThrownBy(() -> ServiceRef.service(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a service's name must be a DNS label (lower-case letters, digits, '-', at most 63), but was '"
                                + name + "'");
        assertThatThrownBy(() -> new ApiDefinition(ServiceRef.service("a"), name, List.of(), Origin.unknown()))
                .hasMessage("a namespace must be a DNS label (lower-case letters, digits, '-', at most 63), but was '"
                        + name + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "orders.",
                ".example.com",
                "a..b",
                "Orders.example.com",
                "orders.example.com:80",
                "*.example.com",
                "a b.c"
            })
    void aHostIsLabelsJoinedByDots(String host) {
        assertThatThrownBy(() -> new AtHost(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a host must be lower-case DNS labels joined by dots, without port, but was '" + host + "'");
    }

    @Test
    void aHostHasALimit() {
        String label = "a".repeat(61) + ".";
        assertThat(Names.isHost(label.repeat(4) + "bcdef")).isTrue();
        assertThat(Names.isHost(label.repeat(4) + "bcdefg")).isFalse();
    }

    @Test
    void aWorkloadSelectorHasALabelAndNoOrderOfThem() {
        assertThatThrownBy(() -> new WorkloadSelector(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a workload selector needs at least one label");
        Map<String, String> labels = new LinkedHashMap<>(Map.of("b", "1"));
        labels.put("a", "2");
        assertThat(new WorkloadSelector(labels)).hasToString("WorkloadSelector[labels={a=2, b=1}]");
    }

    @Test
    void whereSomethingWasSaidIsNoPartOfIt() {
        ApiDefinition here = definition(Origin.at("Here.java", 1));
        ApiDefinition there = definition(Origin.unknown());

        assertThat(here).isEqualTo(there).hasSameHashCodeAs(there);
        assertThat(here.origin()).hasToString("Here.java:1");
        assertThat(there.origin()).hasToString("");
        assertThat(here.policies().get(0).origin().after(", first at ")).isEqualTo(", first at Here.java:1");
        assertThat(there.policies().get(0).origin().after(", first at ")).isEmpty();
        assertThat(Origin.at("definitions.yaml", 0)).hasToString("definitions.yaml");
        assertThat(here)
                .isNotEqualTo(new ApiDefinition(ServiceRef.service("orders"), "shop", List.of(), here.origin()));
    }

    private static ApiDefinition definition(Origin origin) {
        return new ApiDefinition(
                ServiceRef.service("orders"), "shop", List.of(new Said(new AtHost("a.shop.example"), origin)), origin);
    }

    @Test
    void aDefinitionPrintsAsOneLineAndKeepsWhatItWasGiven() {
        List<Said> said = new ArrayList<>(definition(Origin.unknown()).policies());
        ApiDefinition definition = new ApiDefinition(ServiceRef.service("orders"), "shop", said, Origin.unknown());
        said.clear();

        assertThat(definition).hasToString("orders.shop [entry.host/v1]");
        assertThatThrownBy(() -> definition.policies().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void problemsAreNumbered() {
        Problem bare = new Problem("a.b", "orders.shop", "is wrong", "", Origin.unknown());
        Problem full = new Problem("a.c", "orders.shop", "is wrong too", "do it right", Origin.at("A.java", 3));

        assertThat(new ProblemsException("'orders.shop'", List.of(bare)))
                .hasMessage("'orders.shop' has 1 problem\n  (1) a.b orders.shop: is wrong");
        assertThat(new ProblemsException("'orders.shop'", List.of(bare, full)))
                .hasMessage("""
                        'orders.shop' has 2 problems
                          (1) a.b orders.shop: is wrong
                          (2) a.c orders.shop: is wrong too
                              do it right
                              at A.java:3""")
                .extracting(ProblemsException::problems)
                .isEqualTo(List.of(bare, full));
    }
}
