package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a world answers otherwise, and for which definitions. */
class DeviationTest {
    private static final Deviation STARS = new Deviation("istio.stars", "'*' is answered 400");
    private static final Deviation ESCAPES = new Deviation("istio.escapes", "escapes keep their case");

    @Test
    void whatWasFoundOneByOneIsToldOnceAboutAll() {
        List<Deviation> found = List.of(
                STARS.about(List.of("orders.shop")),
                ESCAPES.about(List.of("orders.shop")),
                STARS.about(List.of("carts.shop", "orders.shop")));

        assertThat(Deviation.joined(found))
                .containsExactly(
                        STARS.about(List.of("orders.shop", "carts.shop")), ESCAPES.about(List.of("orders.shop")));
    }

    @Test
    void threeAreNamedAndTheOthersAreCounted() {
        assertThat(STARS.describe()).isEqualTo("istio.stars: '*' is answered 400");
        assertThat(STARS.about(List.of("a.x", "b.x", "c.x")).describe())
                .isEqualTo("istio.stars: '*' is answered 400 (a.x, b.x, c.x)");
        assertThat(STARS.about(List.of("a.x", "b.x", "c.x", "d.x")).describe())
                .isEqualTo("istio.stars: '*' is answered 400 (a.x, b.x, c.x and 1 more)");
    }
}
