package dev.lintel.graphql.expose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may ask for which field. */
class FieldRulesTest {
    private final FieldRules rules = new FieldRules(Map.of(
            "Query.open", Requirement.PUBLIC,
            "Query.mine", Requirement.TOKEN,
            "Query.none", Requirement.DENIED,
            "Mutation.refund", scopes("a b", "c"),
            "__schema", scopes("schema")));

    @Test
    void whatIsNotKnownMayBeAskedForByNobody() {
        assertThat(rules.decide("Query", "typo", true, List.of("a", "b", "c")))
                .hasToString("refused Query.typo: is not known");
    }

    @Test
    void eachFieldIsDecidedByWhatItAsks() {
        assertThat(rules.decide("Query", "open", false, List.of())).hasToString("allowed Query.open: nothing is asked");
        assertThat(rules.decide("Query", "none", true, List.of("a"))).hasToString("refused Query.none: nobody may");
        assertThat(rules.decide("Query", "mine", false, List.of()))
                .hasToString("refused Query.mine: asks for any token, and no token was shown");
        assertThat(rules.decide("Query", "mine", true, List.of())).matches(FieldDecision::allowed);
    }

    @Test
    void oneOfTheGrantsWillDoAndAllOfItsScopesAreNeeded() {
        assertThat(rules.decide("Mutation", "refund", true, List.of("a")))
                .hasToString("refused Mutation.refund: asks for scope a b or scope c, which the token has not");
        assertThat(rules.decide("Mutation", "refund", true, List.of("b", "a"))).matches(FieldDecision::allowed);
        assertThat(rules.decide("Mutation", "refund", true, List.of("c"))).matches(FieldDecision::allowed);
    }

    @Test
    void scopesOfATokenThatWasNotVerifiedCountForNothing() {
        assertThat(rules.decide("Mutation", "refund", false, List.of("c")).why())
                .isEqualTo(FieldDecision.Why.NO_TOKEN);
    }

    @Test
    void theSchemaHasARuleOfItsOwn() {
        assertThat(rules.introspection(true, List.of("schema")).allowed()).isTrue();
        assertThat(rules.introspection(true, List.of()).allowed()).isFalse();
    }

    @Test
    void whatTwoAskIsAskedTogether() {
        assertThat(FieldRules.both(scopes("a", "b"), scopes("c"))).hasToString("scope a c or scope b c");
        assertThat(FieldRules.both(Requirement.PUBLIC, scopes("c"))).isEqualTo(scopes("c"));
        assertThat(FieldRules.both(scopes("c"), Requirement.PUBLIC)).isEqualTo(scopes("c"));
        assertThat(FieldRules.both(scopes("c"), Requirement.DENIED)).isEqualTo(Requirement.DENIED);
        assertThat(FieldRules.both(Requirement.DENIED, Requirement.PUBLIC)).isEqualTo(Requirement.DENIED);
    }

    private static Requirement scopes(String... sets) {
        return new Requirement.Token(Arrays.stream(sets)
                .map(set -> new Grant(List.of(set.split(" ")), List.of()))
                .toList());
    }
}
