package dev.lintel.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Version;
import dev.lintel.core.policy.WorkloadSelector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void becomesSharesInTheOrderOfSaying() {
        assertThat(Said.orders().split("v2", 10, "v1", 90).model().service().split())
                .isEqualTo(new SplitRule(
                        List.of(new SplitRule.Share("v2", 10), new SplitRule.Share("v1", 90)), null, Origin.unknown()));
    }

    @Test
    void namesItsVersions() {
        assertThat(Said.orders().split("v2", 10, "v1", 90).model().service().versions())
                .containsExactly(Version.labelled("v1"), Version.labelled("v2"));
    }

    @Test
    void takesAnyNumberOfVersions() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("v1", 80);
        weights.put("v2", 15);
        weights.put("v3", 5);
        assertThat(Split.split(weights).shares())
                .containsExactly(new Split.Share("v1", 80), new Split.Share("v2", 15), new Split.Share("v3", 5));
    }

    /** Seven keys of a map without an order come sorted by chance once in 5,040 times. */
    @Test
    void aMapWithoutOrderIsReadByVersion() {
        Map<String, Integer> weights = Map.of("v7", 10, "v1", 30, "v4", 10, "v3", 10, "v6", 10, "v2", 10, "v5", 20);
        assertThat(Split.split(weights).shares())
                .extracting(Split.Share::version)
                .containsExactly("v1", "v2", "v3", "v4", "v5", "v6", "v7");
    }

    @Test
    void labelsOfAVersionHaveNoOrder() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("version", "v2");
        labels.put("tier", "web");
        assertThat(new VersionOf("v2", labels, null).labels().keySet()).containsExactly("tier", "version");
        assertThat(new WorkloadSelector(labels).labels().keySet()).containsExactly("tier", "version");
    }

    @Test
    void weightsMustAddUp() {
        assertThatThrownBy(() -> Split.split("v1", 90, "v2", 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weights must add up to 100, but {v1=90, v2=20} adds up to 110");
    }

    @Test
    void weightsAllZeroDoNotAddUp() {
        assertThatThrownBy(() -> Split.split("v1", 0, "v2", 0))
                .hasMessage("weights must add up to 100, but {v1=0, v2=0} adds up to 0");
    }

    @Test
    void noVersionAtAllDoesNotAddUp() {
        assertThatThrownBy(() -> Split.split(Map.of())).hasMessage("a split must name at least one version");
    }

    @Test
    void weightsAreNotNegative() {
        assertThatThrownBy(() -> Split.split("v1", 110, "v2", -10))
                .hasMessage("a weight must be 0 to 100 percent, but 'v1' was given 110");
    }

    @Test
    void eachVersionIsNamedOnce() {
        assertThatThrownBy(() -> Split.split("v1", 50, "v1", 50))
                .hasMessage("a split must name each version once, but 'v1' is named twice");
    }

    @Test
    void aVersionHasAPlainName() {
        assertThatThrownBy(() -> Split.split("v 1", 50, "v2", 50))
                .hasMessage("a version's name must be letters, digits and '-', at most 63, but was 'v 1'");
    }

    @Test
    void oneVersionInTwoSpellingsIsAProblem() {
        assertThatThrownBy(() -> Said.orders().split("v1", 50, "V1", 50).define())
                .hasMessageContaining("names one version in two spellings: 'V1' and 'v1'");
    }

    @Test
    void isStickyByCookieOrHeader() {
        Split split = Split.split("v1", 90, "v2", 10);
        SplitRule byCookie = Said.orders()
                .split(split.sticky(Sticky.cookie("seen")))
                .model()
                .service()
                .split();
        SplitRule byHeader = Said.orders()
                .split(split.sticky(Sticky.header("X-User")))
                .model()
                .service()
                .split();
        assertThat(byCookie).isNotNull();
        assertThat(byHeader).isNotNull();
        assertThat(byCookie.sticky()).isEqualTo(new SplitRule.Sticky(SplitRule.By.COOKIE, "seen"));
        assertThat(byHeader.sticky()).isEqualTo(new SplitRule.Sticky(SplitRule.By.HEADER, "x-user"));
    }

    @Test
    void aStickyNameIsAToken() {
        assertThatThrownBy(() -> Sticky.cookie("a;b"))
                .hasMessage("the name of a cookie or header must be a token of at most 64 characters, but was 'a;b'");
        assertThatThrownBy(() -> new Sticky(null, null, null))
                .hasMessage("a split is sticky by a cookie, by a header or by a claim, one of them");
    }

    @Test
    void saidTwiceIsAProblemThatNamesBothLines() {
        assertThatThrownBy(() -> Said.orders()
                        .split("v1", 90, "v2", 10)
                        .split("v1", 50, "v2", 50)
                        .define())
                .hasMessageMatching("(?s)'orders.shop' has 1 problem\n"
                        + "  \\(1\\) policy.twice orders.shop traffic.split/v1: is said twice, first at SplitTest.java:\\d+\n"
                        + "      say it once, or merge the two values before saying it\n"
                        + "      at SplitTest.java:\\d+");
    }
}
