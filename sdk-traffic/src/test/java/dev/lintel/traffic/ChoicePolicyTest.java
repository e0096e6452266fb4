package dev.lintel.traffic;

import static dev.lintel.core.match.Condition.caller;
import static dev.lintel.core.match.Condition.claim;
import static dev.lintel.core.match.Condition.cookie;
import static dev.lintel.core.match.Condition.header;
import static dev.lintel.traffic.Split.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Version;
import org.junit.jupiter.api.Test;

class ChoicePolicyTest {
    @Test
    void choicesAreAskedInTheOrderOfSaying() {
        var service = Said.orders()
                .with(new Trusting())
                .split("v1", 100, "v2", 0)
                .when(header("X-Canary", "1"))
                .to("v2")
                .when(caller("alice"))
                .to("v3")
                .when(claim("group", "testers"))
                .to("v3")
                .when(cookie("lane", "b"))
                .to("v2")
                .model()
                .service();
        assertThat(service.traffic().choices())
                .containsExactly(
                        new Choice(header("x-canary", "1"), "v2", Origin.unknown()),
                        new Choice(caller("alice"), "v3", Origin.unknown()),
                        new Choice(claim("group", "testers"), "v3", Origin.unknown()),
                        new Choice(cookie("lane", "b"), "v2", Origin.unknown()));
        assertThat(service.traffic().choices().get(0).origin().toString()).startsWith("ChoicePolicyTest.java:");
        assertThat(service.versions())
                .containsExactly(Version.labelled("v1"), Version.labelled("v2"), Version.labelled("v3"));
    }

    @Test
    void oneConditionIsSaidOnce() {
        assertThat(Said.orders()
                        .when(header("x-canary", "1"))
                        .to("v2")
                        .when(header("X-Canary", "1"))
                        .to("v3")
                        .problems())
                .containsExactly(
                        "policy.twice | orders.shop traffic.choice/v1: 'header x-canary=1' is said twice, first at"
                                + " Test.java | say it once, or merge the two values before saying it");
    }

    @Test
    void versionsOfChoicesAndMirrorsAreSpeltAsElsewhere() {
        assertThat(Said.orders()
                        .split("v1", 90, "v2", 10)
                        .when(header("x-canary", "1"))
                        .to("V2")
                        .mirror("V1", 5)
                        .problems())
                .containsExactly(
                        "version.spelling | orders.shop: names one version in two spellings: 'V1' and 'v1' | use one"
                                + " spelling; the other is at Test.java",
                        "version.spelling | orders.shop: names one version in two spellings: 'V2' and 'v2' | use one"
                                + " spelling; the other is at Test.java");
    }

    @Test
    void claimsAndCallersNeedTokens() {
        assertThat(Said.orders()
                        .when(claim("group", "testers"))
                        .to("v2")
                        .when(caller("alice"))
                        .to("v2")
                        .split(split("v1", 90, "v2", 10).sticky(Sticky.claim("sub")))
                        .problems())
                .containsExactly(
                        "choice.no-token | orders.shop: a choice by claim group=testers needs verified tokens, but nothing is"
                                + " said about whose tokens are accepted | say withOAuth2(…), or tell calls apart by"
                                + " something else, such as a header, a cookie or the address",
                        "choice.no-token | orders.shop: a choice by caller alice needs verified tokens, but nothing is said"
                                + " about whose tokens are accepted | say withOAuth2(…), or tell calls apart by"
                                + " something else, such as a header, a cookie or the address",
                        "sticky.no-token | orders.shop: a split that is sticky by the claim 'sub' needs verified tokens, but"
                                + " nothing is said about whose tokens are accepted | say withOAuth2(…), or tell calls apart"
                                + " by something else, such as a header, a cookie or the address");
    }

    @Test
    void aChoiceDoesNotAskForTheCookieOfTheSplit() {
        assertThat(Said.orders()
                        .split(split("v1", 90, "v2", 10).sticky(Sticky.cookie("seen")))
                        .when(cookie("seen", "v2"))
                        .to("v3")
                        .problems())
                .containsExactly(
                        "choice.cookie | orders.shop: asks for the cookie 'seen', in which the split remembers its versions,"
                                + " said at Test.java | ask for another cookie");
    }

    @Test
    void secretsAreNotAskedFor() {
        for (String name : new String[] {"Authorization", "cookie", "Proxy-Authorization"}) {
            assertThatThrownBy(() ->
                            Said.orders().when(header(name, "canary-secret")).to("v2"))
                    .hasMessage("header '" + name.toLowerCase(java.util.Locale.ROOT)
                            + "' carries secrets and cannot be asked for; ask for a claim, the caller or one cookie"
                            + " instead");
        }
    }

    @Test
    void namesAreNames() {
        assertThatThrownBy(() -> Said.orders().when(header("x canary", "1")).to("v2"))
                .hasMessage("a header needs a token as its name, but was 'x canary'");
        assertThatThrownBy(() -> Said.orders().when(cookie("a;b", "1")).to("v2"))
                .hasMessage("the name of a cookie must be a token of at most 64 characters, but was 'a;b'");
        assertThatThrownBy(() -> Said.orders().when(cookie("a", "1")).to("v 2"))
                .hasMessage("a version's name must be letters, digits and '-', at most 63, but was 'v 2'");
    }

    @Test
    void aSplitIsStickyByClaim() {
        SplitRule split = Said.orders()
                .with(new Trusting())
                .split(split("v1", 90, "v2", 10).sticky(Sticky.claim("https://id.example/tenant")))
                .model()
                .service()
                .split();
        assertThat(split).isNotNull();
        assertThat(split.sticky()).isEqualTo(new SplitRule.Sticky(SplitRule.By.CLAIM, "https://id.example/tenant"));
        assertThatThrownBy(() -> Sticky.claim("a b"))
                .hasMessage("the name of a claim must be visible ASCII, at most 256 characters, but was 'a b'");
    }
}
