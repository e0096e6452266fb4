package dev.lintel.core.evaluate;

import static dev.lintel.core.evaluate.TestApi.FIRST;
import static dev.lintel.core.evaluate.TestApi.orders;
import static dev.lintel.core.evaluate.TestApi.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.match.Match;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import org.junit.jupiter.api.Test;

/** Which rule and which route govern a request. */
class WhichRuleTest {
    @Test
    void anExactPathIsAskedBeforeATemplateAndATemplateBeforeAPrefix() {
        Evaluator evaluator = all("/**", "/a/**", "/a/{x}", "/a/b");
        assertThat(rule(evaluator, "GET", "/a/b")).isEqualTo("/a/b");
        assertThat(rule(evaluator, "GET", "/a/c")).isEqualTo("/a/{x}");
        assertThat(rule(evaluator, "GET", "/a/c/d")).isEqualTo("/a/**");
        assertThat(rule(evaluator, "GET", "/a")).isEqualTo("/a/**");
        assertThat(rule(evaluator, "GET", "/b")).isEqualTo("/**");
    }

    @Test
    void aLongPrefixIsAskedBeforeAShortOne() {
        Evaluator evaluator = all("/**", "/a/**", "/a/b/**", "/{x}/{y}/{z}/**");
        assertThat(rule(evaluator, "GET", "/a/b")).isEqualTo("/a/b/**");
        assertThat(rule(evaluator, "GET", "/a/b/c")).isEqualTo("/{x}/{y}/{z}/**");
        assertThat(rule(evaluator, "GET", "/a/c")).isEqualTo("/a/**");
    }

    @Test
    void theOneWhoseLiteralsStandFurtherToTheLeftIsAskedFirst() {
        Evaluator evaluator = all("/{x}/b", "/a/{x}", "/{x}/b/**", "/a/{x}/**");
        assertThat(rule(evaluator, "GET", "/a/b")).isEqualTo("/a/{x}");
        assertThat(rule(evaluator, "GET", "/c/b")).isEqualTo("/{x}/b");
        assertThat(rule(evaluator, "GET", "/a/b/c")).isEqualTo("/a/{x}/**");
        assertThat(rule(evaluator, "GET", "/c/b/c")).isEqualTo("/{x}/b/**");
    }

    @Test
    void theOneThatNamesAMethodIsAskedFirst() {
        Evaluator evaluator = all("/a", "GET /a");
        assertThat(rule(evaluator, "GET", "/a")).isEqualTo("GET /a");
        assertThat(rule(evaluator, "POST", "/a")).isEqualTo("/a");
    }

    @Test
    void headersCountMoreThanQueryParametersAndMoreOfThemBeforeFewer() {
        Evaluator evaluator = orders().route(Match.any().query("q", "1").query("r", "1"), "two-queries")
                .route(Match.any().header("h", "1"), "one-header")
                .route(Match.any().header("h", "1").query("q", "1"), "header-and-query")
                .route(Match.any().header("h", "1").header("i", "1"), "two-headers")
                .evaluator();
        RequestValue request = request("GET", "/?q=1&r=1");
        assertThat(version(evaluator, request)).isEqualTo("two-queries");
        assertThat(version(evaluator, request.header("h", "1"))).isEqualTo("header-and-query");
        assertThat(version(evaluator, request.header("h", "1").header("i", "1")))
                .isEqualTo("two-headers");
        assertThat(version(evaluator, request("GET", "/").header("h", "1"))).isEqualTo("one-header");
    }

    @Test
    void theOneThatWasSaidFirstIsAskedFirstIfAllElseIsEqual() {
        assertThat(rule(all("GET,POST /a/{x}", "GET /a/{y}"), "GET", "/a/1")).isEqualTo("GET,POST /a/{x}");
        assertThat(rule(all("GET /a/{y}", "GET,POST /a/{x}"), "GET", "/a/1")).isEqualTo("GET /a/{y}");
    }

    @Test
    void theOrderInWhichRulesOfDifferentRankWereSaidDoesNotMatter() {
        assertThat(rule(all("/**", "/a", "/{x}"), "GET", "/a")).isEqualTo("/a");
        assertThat(rule(all("/{x}", "/a", "/**"), "GET", "/a")).isEqualTo("/a");
        assertThat(rule(all("/a", "/**", "/{x}"), "GET", "/a")).isEqualTo("/a");
    }

    @Test
    void aWiderPublicRuleNeverReopensANarrowerProtectedPath() {
        for (String protectedPath : new String[] {"/a/b", "/a/{x}", "/a/b/**", "/a/**"}) {
            Evaluator evaluator = orders().rule("GET /**", Requirement.PUBLIC)
                    .rule("/{x}/**", Requirement.PUBLIC)
                    .rule(protectedPath, Requirement.TOKEN)
                    .evaluator();
            assertThat(TestApi.refuse(evaluator.decide(request("GET", "/a/b"), FIRST))
                            .status())
                    .as(protectedPath)
                    .isEqualTo(401);
        }
    }

    @Test
    void aMethodThatTheNarrowerRuleDoesNotNameFallsToTheNextRule() {
        Evaluator evaluator = all("GET /a/b", "POST /a/{x}", "PUT /a/**", "/**");
        assertThat(rule(evaluator, "GET", "/a/b")).isEqualTo("GET /a/b");
        assertThat(rule(evaluator, "POST", "/a/b")).isEqualTo("POST /a/{x}");
        assertThat(rule(evaluator, "PUT", "/a/b")).isEqualTo("PUT /a/**");
        assertThat(rule(evaluator, "DELETE", "/a/b")).isEqualTo("/**");
    }

    @Test
    void headFollowsGet() {
        Evaluator evaluator = orders().rule("GET /a", Requirement.PUBLIC)
                .rule("/**", Requirement.DENIED)
                .route("GET /a", "v2")
                .evaluator();
        Decision.Forward forward = TestApi.forward(evaluator.decide(request("HEAD", "/a"), FIRST));
        assertThat(forward.version()).isEqualTo("v2");
        assertThat(rule(all("GET /a", "/a"), "HEAD", "/a")).isEqualTo("GET /a");
        assertThat(rule(all("HEAD /a", "/a"), "GET", "/a")).isEqualTo("/a");
    }

    @Test
    void aMethodInLowerCaseIsAnotherMethod() {
        assertThat(rule(all("GET /a"), "get", "/a")).isNull();
    }

    @Test
    void accessAndRoutesAreAskedInTheSameOrder() {
        String[] endpoints = {"/**", "GET /a/{x}", "/a/b", "/a/{x}", "/{x}/b/**", "GET /a/**"};
        TestApi api = orders();
        for (String endpoint : endpoints) {
            api.rule(endpoint, Requirement.PUBLIC).route(endpoint, "v1");
        }
        Evaluator evaluator = api.evaluator();
        for (String method : new String[] {"GET", "POST", "HEAD"}) {
            for (String path : new String[] {"/", "/a", "/a/b", "/a/c", "/c/b", "/a/b/c", "/c"}) {
                Decision.Forward forward = TestApi.forward(evaluator.decide(request(method, path), FIRST));
                Route route = forward.route();
                AccessRule rule = forward.access();
                assertThat(route).isNotNull();
                assertThat(rule).isNotNull();
                assertThat(String.valueOf(route.match())).isEqualTo(String.valueOf(rule.endpoint()));
            }
        }
    }

    @Test
    void aHeaderMustHaveTheWholeValueAndAQueryParameterItsFirstOne() {
        Evaluator evaluator = orders().route(Match.any().header("x-role", "admin"), "header")
                .route(Match.any().query("v", "a b"), "query")
                .evaluator();
        assertThat(version(evaluator, request("GET", "/").header("X-Role", "admin")))
                .isEqualTo("header");
        assertThat(version(
                        evaluator, request("GET", "/").header("X-Role", "user").header("X-Role", "admin")))
                .isNull();
        assertThat(version(evaluator, request("GET", "/").header("X-Role", "ADMIN")))
                .isNull();
        assertThat(version(evaluator, request("GET", "/?v=a%20b"))).isEqualTo("query");
        assertThat(version(evaluator, request("GET", "/?x&v=a+b"))).isEqualTo("query");
        assertThat(version(evaluator, request("GET", "/?%76=a+b&v=c"))).isEqualTo("query");
        for (String query : new String[] {"v", "v=", "v=a", "v=c&v=a+b", "v=a%2", "%zz=1", "w=a+b", "v=a%20bc", ""}) {
            assertThat(version(evaluator, request("GET", "/?" + query)))
                    .as(query)
                    .isNull();
        }
    }

    @Test
    void aQueryParameterWithoutValueIsEmpty() {
        Evaluator evaluator =
                orders().route(Match.any().query("v", ""), "empty").evaluator();
        assertThat(version(evaluator, request("GET", "/?v"))).isEqualTo("empty");
        assertThat(version(evaluator, request("GET", "/?a=b&v=&c"))).isEqualTo("empty");
        assertThat(version(evaluator, request("GET", "/?v=1"))).isNull();
        assertThat(version(evaluator, request("GET", "/"))).isNull();
    }

    private static Evaluator all(String... endpoints) {
        TestApi api = orders();
        for (String endpoint : endpoints) {
            api.rule(endpoint, Requirement.PUBLIC);
        }
        return api.evaluator();
    }

    private static String rule(Evaluator evaluator, String method, String path) {
        AccessRule rule = evaluator.decide(request(method, path), FIRST).access();
        return rule == null ? null : rule.endpoint().toString();
    }

    private static String version(Evaluator evaluator, RequestValue request) {
        return TestApi.forward(evaluator.decide(request, FIRST)).version();
    }
}
