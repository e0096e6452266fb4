package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Token.Verified;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StickyClaimTest {
    private static final Draw FIRST = bound -> 0;
    private static final Draw LAST = bound -> bound - 1;

    private static Evaluator evaluator(Object... weights) {
        return World.open()
                .rule("/**", Requirement.PUBLIC, 1)
                .split(new Sticky(By.CLAIM, "tenant"), weights)
                .evaluator();
    }

    private static RequestValue request(Object tenant) {
        return World.get("/")
                .token(new Verified(World.ISSUER, "alice", List.of(), List.of(), Map.of("tenant", tenant)));
    }

    private static @Nullable String version(Evaluator evaluator, RequestValue request, Draw draw) {
        return ((Decision.Forward) evaluator.decide(request, draw)).version();
    }

    @Test
    void aClaimIsHashedLikeAHeader() {
        Evaluator byClaim = evaluator("v1", 60, "v2", 40);
        Evaluator byHeader = World.open()
                .split(new Sticky(By.HEADER, "x-tenant"), "v1", 60, "v2", 40)
                .evaluator();
        for (int i = 0; i < 2_000; i++) {
            String tenant = "tenant-" + i;
            assertThat(version(byClaim, request(tenant), FIRST))
                    .isEqualTo(version(byHeader, World.get("/").header("x-tenant", tenant), LAST))
                    .isEqualTo(version(byClaim, request(tenant), LAST));
        }
    }

    @Test
    void numbersAndBooleansCountAsTheirText() {
        Evaluator evaluator = evaluator("v1", 50, "v2", 50);
        for (int i = 0; i < 50; i++) {
            assertThat(version(evaluator, request(i), FIRST)).isEqualTo(version(evaluator, request("" + i), LAST));
        }
        assertThat(version(evaluator, request(true), FIRST)).isEqualTo(version(evaluator, request("true"), LAST));
    }

    @Test
    void withoutATokenOrTheClaimACallIsDrawn() {
        Evaluator evaluator = evaluator("v1", 50, "v2", 50);
        RequestValue other =
                World.get("/").token(new Verified(World.ISSUER, "alice", List.of(), List.of(), Map.of("a", "b")));
        for (RequestValue request : List.of(World.get("/"), other, request(List.of("a", "b")), request(Map.of()))) {
            assertThat(version(evaluator, request, FIRST)).isEqualTo("v1");
            assertThat(version(evaluator, request, LAST)).isEqualTo("v2");
        }
    }

    @RepeatedTest(20)
    void raisingAShareMovesNobodyAwayFromItByClaim(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int before = random.nextInt(100);
        int after = before + random.nextInt(101 - before);
        Evaluator old = evaluator("v1", 100 - before, "v2", before);
        Evaluator raised = evaluator("v1", 100 - after, "v2", after);
        for (int i = 0; i < 1_000; i++) {
            RequestValue request = request(Long.toString(random.nextLong(), 36));
            boolean left = "v2".equals(version(old, request, random::nextInt))
                    && !"v2".equals(version(raised, request, random::nextInt));
            assertThat(left).as("seed %d, %d to %d", seed, before, after).isFalse();
        }
    }
}
