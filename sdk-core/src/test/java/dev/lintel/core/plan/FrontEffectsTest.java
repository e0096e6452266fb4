package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plans tell of APIs that Lintel serves itself. */
class FrontEffectsTest {
    @ParameterizedTest
    @CsvSource({
        "public, denied, false",
        "public, a, false",
        "denied, public, true",
        "denied, a, true",
        "a, public, true",
        "a, denied, false",
        "a, token, true",
        "token, a, false",
        "a, a+b, false",
        "a+b, a, true",
        "a, b, true",
        "a, a+b|a+c, false",
        "a, a+b|c, true",
        "a|b, b, false",
    })
    void aPartThatAsksForLessWidens(String was, String is, boolean widens) {
        List<Effect> effects = between(Map.of("Query.x", asks(was)), Map.of("Query.x", asks(is)));

        assertThat(effects).singleElement().satisfies(effect -> {
            assertThat(effect.text()).isEqualTo("orders.shop: Query.x: " + asks(is) + " (was: " + asks(was) + ")");
            assertThat(effect.widens()).isEqualTo(widens);
            assertThat(effect.origin()).hasToString("Graph.java:4");
        });
    }

    @Test
    void partsThatAreNewOrGoneWidenNothing() {
        List<Effect> effects = between(
                Map.of("Query.old", Requirement.PUBLIC, "Query.same", Requirement.PUBLIC),
                Map.of("Query.new", Requirement.PUBLIC, "Query.same", Requirement.PUBLIC, "Mutation.n", asks("a")));

        assertThat(effects)
                .extracting(Effect::text)
                .containsExactly(
                        "orders.shop: newly has Mutation.n (scope a), Query.new",
                        "orders.shop: no longer has Query.old");
        assertThat(effects).noneMatch(Effect::widens);
    }

    @Test
    void whoServesIsTold() {
        ApiModel plain = Fixture.api("orders", List.of("orders.example.com"), Access.OPEN, false, List.of());
        ApiModel served = served(Map.of(), "text");

        assertThat(Effects.between(new MeshModel(List.of(plain)), new MeshModel(List.of(served))))
                .containsExactly(new Effect(
                        "orders.shop: is served by Lintel itself: test.front/v1 of [rest]", true, Origin.unknown()));
        assertThat(Effects.between(new MeshModel(List.of(served)), new MeshModel(List.of(plain))))
                .containsExactly(new Effect("orders.shop: is served by its service", true, Origin.unknown()));
    }

    @Test
    void whatCannotBeNamedIsToldAsAChange() {
        List<Effect> effects = Effects.between(
                new MeshModel(List.of(served(Map.of(), "text"))), new MeshModel(List.of(served(Map.of(), "other"))));

        assertThat(effects)
                .containsExactly(new Effect(
                        "orders.shop: is served otherwise: its test.front/v1 has changed", false, Origin.unknown()));
    }

    @Test
    void theTextOfAModelHasDigestsOfFilesAndNotTheFiles() {
        String text = ModelText.of(served(Map.of("Query.x", asks("a"), "Query.y", Requirement.PUBLIC), "canary"));

        assertThat(text).doesNotContain("canary").endsWith("""
                served by Lintel:
                  kind: test.front/v1
                  calls:
                    - rest
                  parts: 2
                  asked at parts:
                    - Query.x: scope a
                  files:
                    - graph.yaml: 6 bytes, sha256 e100fbce008c
                """);
    }

    private static List<Effect> between(Map<String, Requirement> was, Map<String, Requirement> is) {
        return Effects.between(new MeshModel(List.of(served(was, "text"))), new MeshModel(List.of(served(is, "text"))));
    }

    private static ApiModel served(Map<String, Requirement> parts, String file) {
        ApiModel api = Fixture.api("orders", List.of("orders.example.com"), Access.OPEN, false, List.of());
        FrontRule front = new FrontRule(
                "test.front/v1",
                List.of(ServiceRef.service("rest")),
                new TreeMap<>(parts),
                new TreeMap<>(Map.of("graph.yaml", file)),
                Origin.at("Graph.java", 4));
        return new ApiModel(api.name(), api.namespace(), api.entry(), api.service(), api.guards(), api.origin(), front);
    }

    private static Requirement asks(String text) {
        return switch (text) {
            case "public" -> Requirement.PUBLIC;
            case "denied" -> Requirement.DENIED;
            case "token" -> Requirement.TOKEN;
            default -> {
                String[] ways = text.split("\\|");
                Requirement[] some = new Requirement[ways.length];
                for (int i = 0; i < ways.length; i++) {
                    some[i] = Fixture.scope(ways[i].split("\\+"));
                }
                yield Fixture.either(some);
            }
        };
    }
}
