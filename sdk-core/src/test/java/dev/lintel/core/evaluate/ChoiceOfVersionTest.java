package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.SplitRule.By;
import dev.lintel.core.model.SplitRule.Sticky;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a version is chosen for a request. */
class ChoiceOfVersionTest {
    private static final Draw LAST = bound -> bound - 1;

    private final Sticky cookie = new Sticky(By.COOKIE, "version");
    private final Sticky header = new Sticky(By.HEADER, "x-user");

    @Test
    void eachRequestIsDrawnByItselfByWeight() {
        Evaluator evaluator = orders().split("v1", 90, "v2", 10).evaluator();
        int second = 0;
        for (int i = 0; i < 100; i++) {
            int draw = i;
            Decision.Forward forward = TestApi.forward(evaluator.decide(request("GET", "/"), bound -> draw));
            second += "v2".equals(forward.version()) ? 1 : 0;
            assertThat(forward.remember()).isFalse();
        }
        assertThat(second).isEqualTo(10);
    }

    @Test
    void withoutASplitNoVersionIsChosenAndNothingIsDrawn() {
        Draw none = bound -> {
            throw new AssertionError("nothing to draw");
        };
        assertThat(TestApi.forward(orders().evaluator().decide(request("GET", "/"), none))
                        .version())
                .isNull();
        Evaluator pinned = orders().split("v1", 100).route("/beta", "v2").evaluator();
        assertThat(TestApi.forward(pinned.decide(request("GET", "/beta"), none)).version())
                .isEqualTo("v2");
    }

    @Test
    void aRouteToAVersionGoesPastTheSplitAndAnyOtherRequestTakesIt() {
        Evaluator evaluator = orders().split(cookie, "v1", 100, "v2", 0)
                .route("/beta/**", "v2")
                .route("/none/**", null)
                .evaluator();
        RequestValue remembered = request("GET", "/beta/x").header("Cookie", "version=v1");
        Decision.Forward beta = TestApi.forward(evaluator.decide(remembered, FIRST));
        assertThat(beta.version()).isEqualTo("v2");
        assertThat(beta.remember()).isFalse();
        assertThat(TestApi.forward(evaluator.decide(request("GET", "/x"), FIRST))
                        .version())
                .isEqualTo("v1");
        assertThat(TestApi.forward(evaluator.decide(request("GET", "/none/x"), FIRST))
                        .version())
                .isEqualTo("v1");
    }

    @Test
    void stickyByCookieRemembersWhatWasDrawnAndObeysItWhileItHasWeight() {
        Evaluator evaluator = orders().split(cookie, "v1", 90, "v2", 10).evaluator();
        Decision.Forward first = TestApi.forward(evaluator.decide(request("GET", "/"), LAST));
        assertThat(first.version()).isEqualTo("v2");
        assertThat(first.remember()).isTrue();

        RequestValue again = request("GET", "/").header("Cookie", "a=b; version=v2");
        Decision.Forward second = TestApi.forward(evaluator.decide(again, FIRST));
        assertThat(second.version()).isEqualTo("v2");
        assertThat(second.remember()).isFalse();

        Evaluator more = orders().split(cookie, "v1", 99, "v2", 1).evaluator();
        assertThat(TestApi.forward(more.decide(again, FIRST)).version()).isEqualTo("v2");
    }

    @Test
    void stickyByCookieIsDrawnAnewWhenItsVersionHasWeight0() {
        Evaluator evaluator = orders().split(cookie, "v1", 100, "v2", 0).evaluator();
        RequestValue request = request("GET", "/").header("Cookie", "version=v2");
        Decision.Forward forward = TestApi.forward(evaluator.decide(request, LAST));
        assertThat(forward.version()).isEqualTo("v1");
        assertThat(forward.remember()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "", "V2", "v2 ", "\"v2\"", "v2,v2", "v1; version=v2", "../v2"})
    void aForgedCookieFallsBackToTheDraw(String value) {
        Evaluator evaluator = orders().split(cookie, "v0", 50, "v2", 50).evaluator();
        RequestValue request = request("GET", "/").header("Cookie", "version=\t" + value + "x");
        Decision.Forward forward = TestApi.forward(evaluator.decide(request, FIRST));
        assertThat(forward.version()).isEqualTo("v0");
        assertThat(forward.remember()).isTrue();
    }

    @Test
    void stickyByHeaderGivesEqualCallersEqualVersionsAndDrawsOthers() {
        Evaluator evaluator = orders().split(header, "v1", 50, "v2", 50).evaluator();
        for (int i = 0; i < 100; i++) {
            RequestValue request = request("GET", "/").header("X-User", "user-" + i);
            Decision.Forward one = TestApi.forward(evaluator.decide(request, FIRST));
            Decision.Forward other = TestApi.forward(evaluator.decide(request, LAST));
            assertThat(one.version()).isEqualTo(other.version());
            assertThat(one.remember()).isFalse();
        }
        assertThat(TestApi.forward(evaluator.decide(request("GET", "/"), FIRST)).version())
                .isEqualTo("v1");
        assertThat(TestApi.forward(evaluator.decide(request("GET", "/"), LAST)).version())
                .isEqualTo("v2");
        assertThat(TestApi.forward(evaluator.decide(request("GET", "/"), LAST)).remember())
                .isFalse();
    }
}
