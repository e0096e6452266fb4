package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.mesh.istio.ServiceReader.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first of some routes that matches is the one that a model asks first. */
class SaidOrderTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    @Test
    void everyRequestMeetsTheRouteThatCameFirst() {
        int repaired = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Said> first = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                first.add(new Said(some(random), some(random), "v" + random.nextInt(3), null));
            }
            first.add(new Said(Map.of(), Map.of(), "v9", null));
            List<Said> sorted = new ArrayList<>(SaidOrder.of(first));
            repaired += sorted.size() > first.size() ? 1 : 0;
            sorted.sort(Comparator.comparing(SaidOrderTest::match, Precedence.ORDER));
            for (int i = 0; i < 64; i++) {
                Map<String, String> headers = all(random);
                Map<String, String> query = all(random);
                assertThat(version(sorted, headers, query))
                        .as("seed " + seed + " " + headers + " " + query)
                        .isEqualTo(version(first, headers, query));
            }
        }
        assertThat(repaired).isGreaterThan(100);
    }

    private static Match match(Said said) {
        return new Match(new Endpoint(List.of(), PathPattern.ANY), said.headers(), said.query());
    }

    private static String version(List<Said> said, Map<String, String> headers, Map<String, String> query) {
        return said.stream()
                .filter(one -> headers.entrySet().containsAll(one.headers().entrySet())
                        && query.entrySet().containsAll(one.query().entrySet()))
                .map(one -> String.valueOf(one.version()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> some(Random random) {
        Map<String, String> some = new LinkedHashMap<>();
        NAMES.stream().filter(name -> random.nextInt(3) == 0).forEach(name -> some.put(name, value(random)));
        return some;
    }

    private static Map<String, String> all(Random random) {
        Map<String, String> all = new LinkedHashMap<>();
        NAMES.forEach(name -> all.put(name, value(random)));
        return all;
    }

    private static String value(Random random) {
        return random.nextInt(4) == 0 ? "2" : "1";
    }
}
