package dev.lintel.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Origin;
import dev.lintel.core.model.MirrorRule;
import org.junit.jupiter.api.Test;

class MirrorPolicyTest {
    @Test
    void becomesARuleForEachVersion() {
        assertThat(Said.orders()
                        .split("v1", 100, "v2", 0)
                        .mirror("v3", 5)
                        .mirror("v2", 100)
                        .model()
                        .service()
                        .traffic()
                        .mirrors())
                .containsExactly(
                        new MirrorRule("v3", 5, Origin.unknown()), new MirrorRule("v2", 100, Origin.unknown()));
    }

    @Test
    void aMirrorGetsAShare() {
        assertThatThrownBy(() -> Said.orders().mirror("v3", 0))
                .hasMessage("a mirror gets 1 to 100 percent of the calls, but 'v3' was given 0");
        assertThatThrownBy(() -> Said.orders().mirror("v3", 101))
                .hasMessage("a mirror gets 1 to 100 percent of the calls, but 'v3' was given 101");
    }

    @Test
    void aVersionIsMirroredToOnce() {
        assertThat(Said.orders().mirror("v3", 5).mirror("v3", 10).problems())
                .containsExactly(
                        "policy.twice | orders.shop traffic.mirror/v1: 'v3' is said twice, first at Test.java | say"
                                + " it once, or merge the two values before saying it");
    }

    @Test
    void whatGetsAllCallsIsNotMirroredTo() {
        assertThat(Said.orders().split("v1", 0, "v3", 100).mirror("v3", 5).problems())
                .containsExactly(
                        "mirror.same | orders.shop: copies calls to 'v3', which gets all of them already, said at Test.java |"
                                + " mirror to another version, or give this one a smaller share");
    }

    @Test
    void whatDoesCallsTwiceIsWarnedAbout() {
        assertThat(Said.orders().split("v1", 90, "v3", 10).mirror("v3", 5).warnings())
                .containsExactly(
                        "mirror.share | orders.shop: copies calls to 'v3', which gets 10 % of them itself and so does some of"
                                + " them twice | mirror to a version of weight 0");
        assertThat(Said.orders().mirror("v3", 5).warnings())
                .containsExactly(
                        "mirror.no-split | orders.shop: copies calls to 'v3', whose workloads get calls themselves, because"
                                + " nothing is split, and so do some of them twice | say split(…) with the versions that get"
                                + " calls");
        assertThat(Said.orders()
                        .mirror("v3", 5)
                        .versionByService("v3", "orders-v3")
                        .warnings())
                .isEmpty();
        assertThat(Said.orders().split("v1", 100, "v3", 0).mirror("v3", 5).warnings())
                .isEmpty();
    }
}
