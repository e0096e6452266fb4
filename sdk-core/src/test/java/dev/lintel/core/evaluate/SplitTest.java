package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final Sticky COOKIE = new Sticky(By.COOKIE, "seen");
    private static final String PINNED = "11211121222122222111";
    private static final Sticky HEADER = new Sticky(By.HEADER, "x-user");

    @Test
    void eachDrawFallsOnItsShare() {
        Evaluator evaluator =
                World.open().split(null, "v1", 90, "v2", 10, "v3", 0).evaluator();
        Map<String, Integer> counts = new TreeMap<>();
        for (int draw = 0; draw < 100; draw++) {
            int drawn = draw;
            Draw draws = bound -> {
                assertThat(bound).isEqualTo(100);
                return drawn;
            };
            counts.merge(version(evaluator, World.get("/"), draws), 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of("v1", 90, "v2", 10));
    }

    @Test
    void aRouteToAVersionGoesPastTheSplit() {
        Evaluator evaluator = World.open()
                .split(null, "v1", 100, "v2", 0)
                .route("/beta/**", "v2")
                .evaluator();
        assertThat(version(evaluator, World.get("/beta/x"), bound -> 0)).isEqualTo("v2");
        assertThat(version(evaluator, World.get("/x"), bound -> 0)).isEqualTo("v1");
    }

    @Test
    void callsFromInsideAreSplitAndNotAskedForTokens() {
        Evaluator evaluator = World.open()
                .rule("/**", Requirement.TOKEN, 1)
                .split(null, "v1", 50, "v2", 50)
                .route("/beta/**", "v1")
                .rewrite("/beta/**", "/old")
                .evaluator();
        for (String host : new String[] {"orders.shop", "orders.shop.svc", "orders.shop.svc.cluster.local:8080"}) {
            RequestValue inside = RequestValue.of("GET", host, "/beta/x", null).inMesh();
            assertThat(evaluator.decide(inside, bound -> 99)).hasToString("forward to orders.shop v2 /beta/x");
        }
        assertThat(evaluator.decide(World.get("/").inMesh(), bound -> 0))
                .hasToString("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
    }

    @Test
    void withoutASplitAnyWorkloadWillDo() {
        assertThat(version(World.open().evaluator(), World.get("/"), bound -> 0))
                .isNull();
    }

    @Test
    void aCookieKeepsItsVersionWhileThatHasWeight() {
        Evaluator evaluator =
                World.open().split(COOKIE, "v1", 90, "v2", 10, "v3", 0).evaluator();
        assertThat(forward(evaluator, "a=b; seen=v2; c=d")).hasToString("forward to orders.shop v2 /");
        assertThat(forward(evaluator, "seen=v2").remember()).isFalse();
        assertThat(forward(evaluator, "seen=v3")).hasToString("forward to orders.shop v1 /");
        assertThat(forward(evaluator, "seen=v3").remember()).isTrue();
        assertThat(forward(evaluator, "seen=v9").remember()).isTrue();
        assertThat(forward(evaluator, "xseen=v2").version()).isEqualTo("v1");
    }

    @Test
    void aHashedHeaderGetsEqualVersionsOnEveryJvm() {
        Evaluator evaluator = World.open().split(HEADER, "v1", 50, "v2", 50).evaluator();
        StringBuilder versions = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            versions.append(version(evaluator, World.get("/").header("x-user", "user-" + i), bound -> 0), 1, 2);
        }
        assertThat(versions).hasToString(PINNED);
    }

    @Test
    void aCallWithoutTheHashedHeaderIsDrawn() {
        Evaluator evaluator = World.open().split(HEADER, "v1", 50, "v2", 50).evaluator();
        assertThat(version(evaluator, World.get("/"), bound -> 0)).isEqualTo("v1");
        assertThat(version(evaluator, World.get("/"), bound -> 99)).isEqualTo("v2");
    }

    @Test
    void aHashedHeaderIsSharedByWeight() {
        Evaluator evaluator =
                World.open().split(HEADER, "v1", 75, "v2", 25, "v3", 0).evaluator();
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 40_000; i++) {
            String version = version(evaluator, World.get("/").header("x-user", "u" + i), bound -> 0);
            counts.merge(String.valueOf(version), 1, Integer::sum);
        }
        assertThat(counts.keySet()).containsExactly("v1", "v2");
        assertThat(counts.get("v2")).isBetween(9_600, 10_400);
    }

    @Test
    void raisingAShareMovesNobodyAwayFromIt() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 200; i++) {
            int before = random.nextInt(100);
            int after = before + random.nextInt(101 - before);
            Evaluator old =
                    World.open().split(HEADER, "v1", 100 - before, "v2", before).evaluator();
            Evaluator raised =
                    World.open().split(HEADER, "v1", 100 - after, "v2", after).evaluator();
            for (int user = 0; user < 200; user++) {
                RequestValue request = World.get("/").header("x-user", "u" + random.nextInt());
                if ("v2".equals(version(old, request, bound -> 0))) {
                    assertThat(version(raised, request, bound -> 0))
                            .as("%d to %d, %s, seed %d", before, after, request, seed)
                            .isEqualTo("v2");
                }
            }
        }
    }

    private static Decision.Forward forward(Evaluator evaluator, String cookies) {
        return (Decision.Forward) evaluator.decide(World.get("/").header("cookie", cookies), bound -> 0);
    }

    private static @Nullable String version(Evaluator evaluator, RequestValue request, Draw draw) {
        return ((Decision.Forward) evaluator.decide(request, draw)).version();
    }
}
