package dev.lintel.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said to lead to the other answer leads there, in random small worlds. */
class AlternativesPropertyTest {
    private static final long SEED = 60_126L;
    private static final List<String> PATHS = List.of("/a", "/a/b", "/**", "/c/{id}");
    private static final List<String> ASKED = List.of("/a", "/a/b", "/c/7", "/d");
    private static final List<String> PEERS = List.of("frontend.shop", "web.front", "front", "shop");

    @Test
    void everyAlternativeIsTheOtherAnswerAndARefusedTokenCanBeMended() {
        Random random = new Random(SEED);
        int refused = 0;
        int alternatives = 0;
        for (int i = 0; i < 2_000; i++) {
            Shop shop = shop(random);
            Asked asked = asked(random);
            Explained explained = shop.explain(asked);
            boolean no = Alternatives.isRefused(explained.explanation().decision());
            refused += no ? 1 : 0;
            for (Alternative alternative : explained.alternatives()) {
                Decision then = alternative.then();
                if (then != null) {
                    alternatives++;
                    assertThat(Alternatives.isRefused(then))
                            .as("seed %d, round %d: %s", SEED, i, explained.render())
                            .isNotEqualTo(no);
                }
            }
            if (no) {
                assertThat(explained.alternatives())
                        .as("seed %d, round %d: %s", SEED, i, explained.render())
                        .isNotEmpty();
            }
        }
        assertThat(refused).isBetween(400, 1_900);
        assertThat(alternatives).isGreaterThan(1_000);
    }

    private static Shop shop(Random random) {
        Shop shop = new Shop();
        for (int i = random.nextInt(3); i > 0; i--) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            switch (random.nextInt(4)) {
                case 0 -> shop.rule(path, Requirement.PUBLIC, i);
                case 1 -> shop.rule(path, Requirement.DENIED, i);
                case 2 -> shop.group(path, "g", i);
                default -> shop.scope(path, "s", i);
            }
        }
        if (random.nextBoolean()) {
            shop.callers(PATHS.get(random.nextInt(PATHS.size())), 30, PEERS.get(random.nextInt(PEERS.size())));
        }
        if (random.nextInt(3) == 0) {
            shop.isolated("shop", 31, "front");
        }
        return shop;
    }

    private static Asked asked(Random random) {
        Asked asked = Asked.get(ASKED.get(random.nextInt(ASKED.size())));
        asked = random.nextBoolean() ? asked.from("frontend.shop") : asked;
        asked = random.nextInt(3) == 0 ? asked.from("web.front") : asked;
        asked = random.nextInt(4) == 0 ? asked.byHost() : asked;
        asked = random.nextBoolean() ? asked.as("alice").scopes("s") : asked;
        return random.nextBoolean() ? asked.claim("groups", "g") : asked;
    }
}
