package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which objects are alone among those that change. */
class NearnessTest {
    private static final Passage ORDERS = made("shop", "orders", "orders");
    private static final Passage ENTRY = made("shop", "orders-entry", "orders");
    private static final Passage STOCK = made("shop", "stock", "stock");
    private static final Passage ROUTE = made("istio-system", "shop", null);
    private static final Passage ELSEWHERE = made("other", "gate", null);

    @Test
    void objectsOfOneApiAreNearAndThoseOfTwoAreNot() {
        assertThat(new Nearness(List.of(ORDERS, ENTRY, STOCK)).isAlone(ORDERS)).isFalse();
        assertThat(new Nearness(List.of(ORDERS, ENTRY, STOCK)).isAlone(STOCK)).isTrue();
    }

    @Test
    void anObjectOfNoApiIsNearToAllOfItsNamespace() {
        assertThat(new Nearness(List.of(ORDERS, ROUTE)).isAlone(ORDERS)).isFalse();
        assertThat(new Nearness(List.of(ORDERS, ROUTE)).isAlone(ROUTE)).isFalse();
        assertThat(new Nearness(List.of(ORDERS, ELSEWHERE)).isAlone(ORDERS)).isTrue();
        assertThat(new Nearness(List.of(ORDERS, ELSEWHERE)).isAlone(ELSEWHERE)).isTrue();
    }

    @Test
    void whatDoesNotChangeIsNotInTheWay() {
        Passage same = new Passage(ENTRY.any(), ENTRY.any());
        assertThat(new Nearness(List.of(ORDERS, same)).isAlone(ORDERS)).isTrue();
    }

    private static Passage made(String namespace, String name, String api) {
        return new Passage(
                null,
                new Manifest(
                        "security.istio.io/v1",
                        "AuthorizationPolicy",
                        namespace,
                        name,
                        api == null ? Map.of() : Map.of(Manifest.API, api),
                        Map.of(),
                        Map.of("action", "ALLOW")));
    }
}
