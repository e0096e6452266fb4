package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Token.Verified;
import dev.lintel.core.match.Condition;
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

class ChoiceDecisionTest {
    private static final Draw FIRST = bound -> 0;

    private final World world = World.open().rule("/**", Requirement.PUBLIC, 1).split(null, "v1", 100, "v2", 0);

    private static @Nullable String version(Evaluator evaluator, RequestValue request, Draw draw) {
        return ((Decision.Forward) evaluator.decide(request, draw)).version();
    }

    private static Verified token(Map<String, Object> claims) {
        return new Verified(World.ISSUER, "alice", List.of(), List.of(), claims);
    }

    @Test
    void aChoiceIsAskedBeforeWeights() {
        Evaluator evaluator =
                world.choice(Condition.header("x-canary", "1"), "v2").evaluator();
        for (int draw = 0; draw < 100; draw++) {
            int drawn = draw;
            assertThat(version(evaluator, World.get("/").header("x-canary", "1"), bound -> drawn))
                    .isEqualTo("v2");
            assertThat(version(evaluator, World.get("/"), bound -> drawn)).isEqualTo("v1");
        }
        assertThat(version(evaluator, World.get("/").header("x-canary", "10"), FIRST))
                .isEqualTo("v1");
        assertThat(version(evaluator, World.get("/").header("x-canary", "1").header("x-canary", "1"), FIRST))
                .isEqualTo("v1");
    }

    @Test
    void theFirstChoiceThatHoldsCounts() {
        Evaluator evaluator = world.choice(Condition.header("a", "1"), "v2")
                .choice(Condition.header("b", "1"), "v3")
                .choice(Condition.cookie("lane", "blue"), "v4")
                .evaluator();
        assertThat(version(evaluator, World.get("/").header("b", "1").header("a", "1"), FIRST))
                .isEqualTo("v2");
        assertThat(version(evaluator, World.get("/").header("b", "1").header("cookie", "x=y; lane=blue"), FIRST))
                .isEqualTo("v3");
        assertThat(version(evaluator, World.get("/").header("cookie", "x=y; lane=blue"), FIRST))
                .isEqualTo("v4");
        assertThat(version(evaluator, World.get("/").header("cookie", "lane=blues"), FIRST))
                .isEqualTo("v1");
    }

    @Test
    void claimsAndCallersAreThoseOfTheVerifiedToken() {
        Evaluator evaluator = world.choice(Condition.claim("group", "testers"), "v2")
                .choice(Condition.claim("level", "7"), "v3")
                .choice(Condition.caller("alice"), "v4")
                .evaluator();
        RequestValue request = World.get("/");
        assertThat(version(evaluator, request.token(token(Map.of("group", "testers"))), FIRST))
                .isEqualTo("v2");
        assertThat(version(evaluator, request.token(token(Map.of("group", List.of("users", "testers")))), FIRST))
                .isEqualTo("v2");
        assertThat(version(evaluator, request.token(token(Map.of("level", 7))), FIRST))
                .isEqualTo("v3");
        assertThat(version(evaluator, request.token(token(Map.of())), FIRST)).isEqualTo("v4");
        Verified bob = new Verified(World.ISSUER, "bob", List.of(), List.of(), Map.of("level", 8));
        assertThat(version(evaluator, request.token(bob), FIRST)).isEqualTo("v1");
    }

    @Test
    void withoutAVerifiedTokenNeitherClaimsNorCallersHold() {
        Evaluator evaluator = world.audience("orders")
                .choice(Condition.claim("group", "testers"), "v2")
                .choice(Condition.caller("alice"), "v2")
                .evaluator();
        RequestValue inside = RequestValue.of("GET", "orders.shop", "/", null).inMesh();
        Map<String, Object> claims = Map.of("group", "testers");
        for (Token token : List.of(
                Token.NONE,
                new Token.Rejected("forged"),
                new Token.Unverifiable("no keys"),
                new Verified("https://other.example", "alice", List.of("orders"), List.of(), claims),
                new Verified(World.ISSUER, "alice", List.of("billing"), List.of(), claims))) {
            assertThat(version(evaluator, inside.token(token), FIRST))
                    .as(token.toString())
                    .isEqualTo("v1");
        }
        assertThat(version(evaluator, World.get("/"), FIRST)).isEqualTo("v1");
        Verified good = new Verified(World.ISSUER, "alice", List.of("orders"), List.of(), claims);
        assertThat(version(evaluator, inside.token(good), FIRST)).isEqualTo("v2");
        Evaluator open = World.open().choice(Condition.caller("alice"), "v2").evaluator();
        assertThat(version(open, World.get("/").token(good), FIRST)).isNull();
    }

    @Test
    void aRouteToAVersionGoesPastChoices() {
        Evaluator evaluator = world.choice(Condition.header("x-canary", "1"), "v2")
                .route("/reports/**", "v3")
                .evaluator();
        assertThat(version(evaluator, World.get("/reports/x").header("x-canary", "1"), FIRST))
                .isEqualTo("v3");
    }

    @Test
    void choicesHoldForCallsFromInside() {
        Evaluator evaluator =
                world.choice(Condition.header("x-canary", "1"), "v2").evaluator();
        RequestValue inside =
                RequestValue.of("GET", "orders.shop.svc", "/", null).inMesh().header("x-canary", "1");
        assertThat(version(evaluator, inside, FIRST)).isEqualTo("v2");
    }

    @Test
    void aChosenVersionIsNotRememberedForTheSplit() {
        Evaluator evaluator = World.open()
                .split(new Sticky(By.COOKIE, "seen"), "v1", 50, "v2", 50)
                .choice(Condition.header("x-canary", "1"), "v2")
                .evaluator();
        RequestValue request = World.get("/").header("x-canary", "1").header("cookie", "seen=v1");
        Decision.Forward forward = (Decision.Forward) evaluator.decide(request, FIRST);
        assertThat(forward.version()).isEqualTo("v2");
        assertThat(forward.remember()).isFalse();
    }

    @Test
    void choicesNeedNoSplit() {
        Evaluator evaluator =
                World.open().choice(Condition.header("x-canary", "1"), "v2").evaluator();
        assertThat(version(evaluator, World.get("/").header("x-canary", "1"), FIRST))
                .isEqualTo("v2");
        assertThat(version(evaluator, World.get("/"), FIRST)).isNull();
    }

    @RepeatedTest(20)
    void aVersionOfWeight0GetsWhatIsChosenForItAndNothingElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        By by = List.of(By.COOKIE, By.HEADER, By.CLAIM).get(random.nextInt(3));
        int share = random.nextInt(101);
        Evaluator evaluator = World.open()
                .rule("/**", Requirement.PUBLIC, 1)
                .split(random.nextBoolean() ? null : new Sticky(by, "who"), "v1", share, "v2", 0, "v3", 100 - share)
                .choice(Condition.header("x-canary", "1"), "v2")
                .evaluator();
        for (int i = 0; i < 2_000; i++) {
            String who = random.nextInt(4) == 0 ? "v2" : Integer.toString(random.nextInt(), 36);
            RequestValue request = World.get("/")
                    .header("who", who)
                    .header("cookie", "who=" + who)
                    .token(token(Map.of("who", who)));
            assertThat(version(evaluator, request, random::nextInt))
                    .as("%s by %s", who, by)
                    .isNotEqualTo("v2");
            assertThat(version(evaluator, request.header("x-canary", "1"), random::nextInt))
                    .isEqualTo("v2");
        }
    }
}
