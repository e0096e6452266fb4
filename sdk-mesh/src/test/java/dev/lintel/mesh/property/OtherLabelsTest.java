package dev.lintel.mesh.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.property.NaiveDoors.Place;
import dev.lintel.mesh.property.Watch.Way;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that select workloads by other labels than those before them, of which workloads may have all or some. */
class OtherLabelsTest {
    private static final String HOST = "orders.shop.example.com";
    private static final List<Map<String, String>> WORKLOADS = List.of(
            Map.of("app", "orders"),
            Map.of("app", "orders", "tier", "web"),
            Map.of("tier", "web"),
            Map.of("app", "orders-2", "tier", "web"));

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(
                        "one goes, another comes",
                        List.of(policy("orders", "app: orders", "/a")),
                        List.of(policy("web", "tier: web", "/b"))),
                Arguments.of(
                        "the labels are others",
                        List.of(policy("orders", "app: orders", "/a")),
                        List.of(policy("orders", "app: orders-2", "/b"))),
                Arguments.of(
                        "fewer workloads",
                        List.of(policy("orders", "app: orders", "/a")),
                        List.of(policy("orders", "{app: orders, tier: web}", "/b"))),
                Arguments.of(
                        "more workloads",
                        List.of(policy("orders", "{app: orders, tier: web}", "/a")),
                        List.of(policy("orders", "app: orders", "/b"))),
                Arguments.of(
                        "both change",
                        List.of(policy("orders", "app: orders", "/a"), policy("web", "tier: web", "/b")),
                        List.of(policy("orders", "app: orders", "/b"), policy("web", "tier: web", "/c"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void nothingIsOpenedAtAnyWorkload(String name, List<Manifest> before, List<Manifest> after) {
        List<Manifest> old = with(before, route("/old"));
        List<Manifest> wanted = with(after, route("/new"));
        Steps steps = Steps.between(old, wanted);

        Watch watch = watch(old, wanted, steps);

        assertThat(watch.opened()).isEmpty();
        assertThat(watch.judged()).isPositive();
        assertThat(watch.broken()).allMatch(broken -> broken.isTold(steps.gaps()));
    }

    @Test
    void aPolicyWithOtherLabelsStandsUnderAnotherNameUntilTheOldOneMayGo() {
        Steps steps = Steps.between(
                List.of(policy("orders", "app: orders", "/a"), route("/old")),
                List.of(policy("orders", "app: orders-2", "/b"), route("/new")));

        assertThat(steps.steps().stream().map(Step::label))
                .containsExactly(
                        "close: AuthorizationPolicy shop/orders.meanwhile",
                        "lead: VirtualService shop/orders",
                        "open: AuthorizationPolicy shop/orders",
                        "open: delete AuthorizationPolicy shop/orders.meanwhile");
        assertThat(steps.gaps()).isEmpty();
    }

    private static Watch watch(List<Manifest> before, List<Manifest> after, Steps steps) {
        Map<Place, Set<String>> places = new LinkedHashMap<>();
        WORKLOADS.forEach(labels -> places.put(new Place("shop", "orders", labels), Set.of(HOST)));
        List<RequestValue> asked = Stream.of("/a", "/b", "/c", "/d")
                .map(path -> RequestValue.of("GET", HOST, path, null).token(Token.NONE))
                .toList();
        return DoorWatch.of(new Way(before, after, Moments.of(before, steps.steps()), List.of(), asked), places, false);
    }

    private static List<Manifest> with(List<Manifest> some, Manifest one) {
        List<Manifest> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    private static Manifest policy(String name, String labels, String path) {
        String selector = labels.startsWith("{") ? labels : "{" + labels + "}";
        return ManifestYaml.read("""
                        apiVersion: security.istio.io/v1
                        kind: AuthorizationPolicy
                        metadata:
                          name: %s
                          namespace: shop
                        spec:
                          selector:
                            matchLabels: %s
                          rules:
                          - to:
                            - operation:
                                paths: ["%s"]
                        """.formatted(name, selector, path)).get(0);
    }

    private static Manifest route(String prefix) {
        return ManifestYaml.read("""
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata:
                          name: orders
                          namespace: shop
                        spec:
                          hosts: [%s]
                          http:
                          - match:
                            - uri:
                                prefix: %s
                            route:
                            - destination:
                                host: orders.shop.svc.cluster.local
                        """.formatted(HOST, prefix)).get(0);
    }
}
