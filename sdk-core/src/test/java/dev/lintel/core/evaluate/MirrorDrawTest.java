package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MirrorDrawTest {
    private static List<String> mirrors(Evaluator evaluator, RequestValue request, Draw draw) {
        return ((Decision.Forward) evaluator.decide(request, draw)).mirrors();
    }

    @Test
    void aMirrorGetsExactlyItsShareOfAllDraws() {
        for (int percent : new int[] {1, 5, 50, 99, 100}) {
            Evaluator evaluator = World.open().mirror("v3", percent).evaluator();
            int copies = 0;
            for (int draw = 0; draw < 100; draw++) {
                int drawn = draw;
                copies += mirrors(evaluator, World.get("/"), bound -> {
                            assertThat(bound).isEqualTo(100);
                            return drawn;
                        })
                        .size();
            }
            assertThat(copies).isEqualTo(percent);
        }
    }

    @Test
    void eachMirrorIsDrawnByItselfAndApartFromTheSplit() {
        Evaluator evaluator = World.open()
                .split(null, "v1", 50, "v2", 50)
                .mirror("v3", 20)
                .mirror("v4", 10)
                .evaluator();
        Map<String, Integer> counts = new TreeMap<>();
        for (int split = 0; split < 100; split += 10) {
            for (int first = 0; first < 100; first += 10) {
                for (int second = 0; second < 100; second += 10) {
                    Iterator<Integer> draws = List.of(split, first, second).iterator();
                    Decision.Forward forward =
                            (Decision.Forward) evaluator.decide(World.get("/"), bound -> draws.next());
                    assertThat(draws.hasNext()).isFalse();
                    counts.merge(forward.version() + " " + forward.mirrors(), 1, Integer::sum);
                }
            }
        }
        assertThat(counts)
                .isEqualTo(Map.of(
                        "v1 []",
                        360,
                        "v1 [v3]",
                        90,
                        "v1 [v4]",
                        40,
                        "v1 [v3, v4]",
                        10,
                        "v2 []",
                        360,
                        "v2 [v3]",
                        90,
                        "v2 [v4]",
                        40,
                        "v2 [v3, v4]",
                        10));
    }

    @Test
    void callsFromInsideAndOnRoutesToAVersionAreCopiedToo() {
        Evaluator evaluator =
                World.open().route("/reports/**", "v2").mirror("v3", 100).evaluator();
        assertThat(mirrors(evaluator, World.get("/reports/x"), bound -> 0)).containsExactly("v3");
        assertThat(mirrors(
                        evaluator,
                        RequestValue.of("GET", "orders.shop", "/", null).inMesh(),
                        bound -> 0))
                .containsExactly("v3");
    }
}
