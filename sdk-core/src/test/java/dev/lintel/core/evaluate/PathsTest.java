package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.HOST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a path means, seen from the decision. */
class PathsTest {
    /** Everybody may call {@code /pub}, nobody {@code /admin}. */
    private final Evaluator guarded = orders().rule("/admin/**", Requirement.DENIED)
            .rule("/pub/**", Requirement.PUBLIC)
            .evaluator();

    /** The same with the public rule as wide as can be: only the narrower rule protects. */
    private final Evaluator wide = orders().rule("/admin/**", Requirement.DENIED)
            .rule("/**", Requirement.PUBLIC)
            .evaluator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//admin",
                "/./admin",
                "/pub/../admin",
                "/pub/%2e%2e/admin",
                "/pub/.%2e/admin",
                "/pub%2f..%2fadmin",
                "/pub/..%2fadmin",
                "/pub\\..\\admin",
                "/pub%5c..%5cadmin",
                "/pub/..;/admin",
                "/admin;x=1",
                "/admin/",
                "/admin%2f",
                "/admin#x",
                "/%61dmin",
                "/admin%00",
                "/%c0%ae%c0%ae/admin",
                "/admin/x/../y",
                "/admin//",
                "\\admin",
                "/%2e/admin",
                "/pub/%2e%2e%2fadmin",
                "/pub/./%2e%2e//admin",
                "http://orders.shop.localhost/admin",
                "*",
                "",
            })
    void noSpellingOfAProtectedPathGetsThrough(String path) {
        assertThat(guarded.decide(request("GET", path), FIRST)).isInstanceOf(Decision.Refuse.class);
        assertThat(wide.decide(request("GET", path), FIRST)).isInstanceOf(Decision.Refuse.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ADMIN", "/admin%20", "/pub/%252e%252e/admin", "/administrator", "/admin.", "/admin%3Bx"})
    void anotherPathStaysAnotherPath(String path) {
        assertThat(wide.decide(request("GET", path), FIRST)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void theQueryIsNoPartOfThePath() {
        assertThat(wide.decide(request("GET", "/admin?"), FIRST)).isInstanceOf(Decision.Refuse.class);
        assertThat(wide.decide(request("GET", "/pub?/../admin"), FIRST)).isInstanceOf(Decision.Forward.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/a%00 | a path must not contain a control character",
                "/a%zz | an escape must be '%' and two hexadecimal digits",
                "/%c0%ae | escapes above %7F must be UTF-8",
                "/a#b | a request target must not have a fragment",
                "/.. | '..' must not lead above the root",
            })
    void anInvalidPathIsAnswered400BeforeAnythingElseIsAsked(String path, String why) {
        for (String host : new String[] {HOST, "nobody.shop.localhost", "no host"}) {
            Decision.Refuse refused = TestApi.refuse(guarded.decide(RequestValue.of("GET", host, path, null), FIRST));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refused.detail()).isEqualTo(why);
            assertThat(refused.api()).isNull();
            assertThat(refused.challenge()).isNull();
        }
    }

    @Test
    void thePathThatWasDecidedIsThePathThatIsForwarded() {
        Decision.Forward forward = TestApi.forward(wide.decide(request("GET", "/pub//x/%7e/../%41%c3%a9/"), FIRST));
        assertThat(forward.path()).isEqualTo("/pub/x/A%C3%A9/");
        assertThat(forward.forwardPath()).isEqualTo("/pub/x/A%C3%A9/");
    }

    @Test
    void thePathThatWasDecidedIsThePathThatIsRoutedAndRewritten() {
        Evaluator evaluator =
                orders().route("/beta/**", "v2").rewrite("/beta/**", "/b").evaluator();
        Decision.Forward forward = TestApi.forward(evaluator.decide(request("GET", "/x/..//%62eta/y"), FIRST));
        assertThat(forward.version()).isEqualTo("v2");
        assertThat(forward.path()).isEqualTo("/beta/y");
        assertThat(forward.forwardPath()).isEqualTo("/b/y");
    }

    @Test
    void aTrailingSlashNeverChangesAccessOrRouteAndIsForwardedAsItCame() {
        Evaluator evaluator = orders().rule("/a", Requirement.PUBLIC)
                .rule("/b/{x}", Requirement.PUBLIC)
                .rule("/**", Requirement.DENIED)
                .route("/a", "v1")
                .route("/b/{x}", "v2")
                .evaluator();
        for (String path : new String[] {"/a", "/b/7"}) {
            Decision.Forward bare = TestApi.forward(evaluator.decide(request("GET", path), FIRST));
            Decision.Forward slash = TestApi.forward(evaluator.decide(request("GET", path + "/"), FIRST));
            assertThat(slash.access()).isSameAs(bare.access());
            assertThat(slash.route()).isSameAs(bare.route());
            assertThat(bare.forwardPath()).isEqualTo(path);
            assertThat(slash.forwardPath()).isEqualTo(path + "/");
        }
    }

    @Test
    void aSemicolonIsAnswered400UnlessTheDefinitionAllowsIt() {
        Decision.Refuse refused = TestApi.refuse(wide.decide(request("GET", "/x;a=b"), FIRST));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("a path must not contain ';'");

        Evaluator allowing = orders().parameters().evaluator();
        assertThat(TestApi.forward(allowing.decide(request("GET", "/x;a=b"), FIRST))
                        .forwardPath())
                .isEqualTo("/x;a=b");
    }

    @Test
    void aDotSegmentWithAParameterIsAlwaysAnswered400() {
        Evaluator allowing = orders().parameters().evaluator();
        Decision.Refuse refused = TestApi.refuse(allowing.decide(request("GET", "/pub/..;/admin"), FIRST));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo("a dot segment must not have a parameter");
    }

    @Test
    void aPathWithParametersIsAnotherPathWhereTheyAreAllowed() {
        Evaluator allowing = orders().parameters()
                .rule("/admin", Requirement.DENIED)
                .rule("/admin/**", Requirement.TOKEN)
                .rule("/**", Requirement.PUBLIC)
                .evaluator();
        Decision.Forward forward = TestApi.forward(allowing.decide(request("GET", "/admin;x=1"), FIRST));
        assertThat(String.valueOf(forward.access())).contains("/**");
    }
}
