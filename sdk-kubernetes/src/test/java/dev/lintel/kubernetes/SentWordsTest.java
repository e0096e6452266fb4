package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and words of what is sent to a cluster. */
class SentWordsTest {
    private static final Manifest ROUTE = of("networking.istio.io/v1", "VirtualService");
    private static final Manifest RULE = of("networking.istio.io/v1", "DestinationRule");

    @Test
    void theNameOfAStateGoesByWordsAndNotByTheOrderOfFields() {
        Manifest one = RULE.withSpec(Map.of("a", 1, "b", List.of("x", "y")));

        assertThat(StateName.of(List.of(one, ROUTE))).isEqualTo(StateName.of(List.of(ROUTE, one)));
        assertThat(StateName.of(List.of(one)))
                .isNotEqualTo(StateName.of(List.of(RULE.withSpec(Map.of("a", 1, "b", List.of("y", "x"))))))
                .isNotEqualTo(StateName.of(List.of(RULE.withSpec(Map.of("a", "1", "b", List.of("x", "y"))))))
                .isNotEqualTo(StateName.of(List.of(RULE.withSpec(Map.of("a", 1, "b", List.of("x,y"))))));
    }

    @Test
    void anInventoryIsALabelThatIsPutOnAndTakenOff() {
        Inventory shop = new Inventory("shop");
        Manifest labelled = shop.added(List.of(RULE)).get(0);

        assertThat(labelled.labels()).containsEntry("lintel.dev/inventory", "shop");
        assertThat(shop.removed(labelled)).isEqualTo(RULE);
        assertThat(shop.selector()).isEqualTo("app.kubernetes.io/managed-by=lintel,lintel.dev/inventory=shop");
        assertThat(Inventory.UNNAMED.selector()).isEqualTo("app.kubernetes.io/managed-by=lintel,!lintel.dev/inventory");
        assertThatThrownBy(() -> new Inventory("a,b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatAnApiserverSaysIsOneLineAndNotEndless() {
        Json json = new Json();
        assertThat(RefusedException.message(new Reply(400, "{\"message\": \"no\\nway\"}"), json))
                .isEqualTo("no way");
        assertThat(RefusedException.message(new Reply(502, "<html>"), json)).isEqualTo("<html>");
        assertThat(RefusedException.message(new Reply(503, ""), json)).isEqualTo("no reason was given");
        assertThat(RefusedException.message(new Reply(400, "x".repeat(5_000)), json))
                .hasSize(1_003);
    }

    private static Manifest of(String version, String kind) {
        return new Manifest(version, kind, "shop", "orders", Map.of(), Map.of(), Map.of());
    }
}
