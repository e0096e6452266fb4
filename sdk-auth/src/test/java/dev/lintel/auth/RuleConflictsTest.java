package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleConflictsTest {
    private static final OAuth2 POLICY = oauth2("https://id.example");

    @Test
    void aMethodThatIsNotNamedMustNotFallToAPublicRule() {
        assertThat(problems(POLICY.publicPaths("/shop/**").scope("POST /shop/orders", "orders.write")))
                .containsExactly("oauth2.fallthrough: 'POST /shop/orders' (scope orders.write) names only POST,"
                        + " so at '/shop/orders' every other method would fall to '/shop/**' (public), which makes the"
                        + " path protected for POST and public for every other method"
                        + " | say it: .publicPaths(\"/shop/orders\") keeps it so,"
                        + " .scope(\"/shop/orders\", \"orders.write\") asks the same of every method");
    }

    @Test
    void aMethodThatIsNotNamedMustNotFallFromAPublicRule() {
        assertThat(problems(POLICY.authenticated("/**").publicPaths("GET,POST /docs/**")))
                .containsExactly("oauth2.fallthrough: 'GET,POST /docs/**' (public) names only GET, POST,"
                        + " so at '/docs/**' every other method would fall to '/**' (any token), which makes the"
                        + " path public for GET, POST and protected for every other method"
                        + " | say it: .authenticated(\"/docs/**\") keeps it so,"
                        + " .publicPaths(\"/docs/**\") asks the same of every method");
    }

    @Test
    void onlyMethodsThatReachTheNextRuleFall() {
        assertThat(problems(POLICY.scope("GET,POST /docs/x", "a").publicPaths("GET,PUT /docs/**")))
                .containsExactly("oauth2.fallthrough: 'GET,POST /docs/x' (scope a) names only GET, POST,"
                        + " so at '/docs/x' PUT would fall to 'GET,PUT /docs/**' (public), which makes the"
                        + " path protected for GET, POST and public for PUT"
                        + " | say it: .publicPaths(\"PUT /docs/x\") keeps it so,"
                        + " .scope(\"/docs/x\", \"a\") asks the same of every method");
        assertThat(problems(POLICY.scope("GET,POST /docs/x", "a").publicPaths("GET,HEAD /docs/**")))
                .isEmpty();
    }

    @Test
    void fallingThroughSeveralRulesIsFound() {
        assertThat(problems(POLICY.scope("POST /a/b/c", "w")
                        .scope("PUT /a/b/**", "u")
                        .publicPaths("/a/**")))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("oauth2.fallthrough: 'PUT /a/b/**' (scope u) names only PUT,"
                        + " so at '/a/b/**' every other method would fall to '/a/**' (public)"))
                .anyMatch(problem -> problem.startsWith("oauth2.fallthrough: 'POST /a/b/c' (scope w) names only POST,"
                        + " so at '/a/b/c' every other method would fall to '/a/**' (public)"));
    }

    @Test
    void whatIsSaidExplicitlyMayDiffer() {
        assertThat(problems(POLICY.publicPaths("/shop/**", "/shop/orders").scope("POST /shop/orders", "w")))
                .isEmpty();
        assertThat(problems(POLICY.publicPaths("GET /docs/**").authenticated("/docs/**", "/**")))
                .isEmpty();
        assertThat(problems(POLICY.publicPaths("GET /docs/**").scope("POST /docs/**", "w")))
                .isEmpty();
        assertThat(problems(POLICY.authenticated("/**").scope("POST /orders/**", "w")))
                .isEmpty();
        assertThat(problems(POLICY.publicPaths("GET /docs/**"))).isEmpty();
    }

    @Test
    void oneEndpointIsSaidOnce() {
        assertThat(problems(POLICY.scope("/orders/{id}", "a").scope("/orders/{number}", "b")))
                .containsExactly(
                        "oauth2.twice: '/orders/{id}' (scope a) and '/orders/{number}' (scope b) speak about"
                                + " the same requests; the first is at RuleConflictsTest.java:# | say what is asked there once");
        assertThat(problems(POLICY.scope("GET,POST /x", "a").publicPaths("POST,PUT /x")))
                .containsExactly(
                        "oauth2.twice: 'GET,POST /x' (scope a) and 'POST,PUT /x' (public) speak about"
                                + " the same requests; the first is at RuleConflictsTest.java:# | say what is asked there once");
        assertThat(problems(POLICY.scope("GET /x", "a").publicPaths("HEAD /x")))
                .containsExactly(
                        "oauth2.twice: 'GET /x' (scope a) and 'HEAD /x' (public) speak about"
                                + " the same requests; the first is at RuleConflictsTest.java:# | say what is asked there once");
    }

    @Test
    void whereNeitherRuleIsNarrowerTheLaxOneMustNotWin() {
        assertThat(problems(POLICY.scope("/orders/{id}", "orders.read").scope("/orders/admin/**", "orders.admin")))
                .containsExactly("oauth2.overlap: '/orders/{id}' (scope orders.read) and '/orders/admin/**'"
                        + " (scope orders.admin) overlap at '/orders/admin', where the first would win and not ask for"
                        + " what the second asks for | say what is asked at '/orders/admin' itself, for example"
                        + " .scope(\"/orders/admin\", \"orders.admin\")");
        assertThat(problems(POLICY.publicPaths("/{site}/docs/**")
                        .deny("GET /private/**")
                        .authenticated("/me")))
                .containsExactly("oauth2.overlap: '/{site}/docs/**' (public) and 'GET /private/**' (denied) overlap at"
                        + " '/private/docs/**', where the first would win and not ask for what the second asks for"
                        + " | say what is asked at '/private/docs/**' itself, for example"
                        + " .deny(\"GET /private/docs/**\")");
    }

    @Test
    void overlapsAreFineWhereTheWinnerAsksForMoreOrTheRegionIsSaid() {
        assertThat(problems(POLICY.scope("/orders/{id}", "a", "b").scope("/orders/admin/**", "a")))
                .isEmpty();
        assertThat(problems(POLICY.scope("/orders/{id}", "a")
                        .scope("/orders/admin/**", "b")
                        .scope("/orders/admin", "b")))
                .isEmpty();
        assertThat(problems(POLICY.scope("GET /orders/{id}", "a").scope("POST /orders/admin/**", "b")))
                .isEmpty();
        assertThat(problems(POLICY.scope("/orders/**", "a").publicPaths("/orders/{id}", "/orders/docs/x")))
                .isEmpty();
    }

    @Test
    void claimsCountInOverlaps() {
        assertThat(problems(POLICY.rule(Rule.at("/a/{x}").claim("role", "admin"))
                        .rule(Rule.at("/a/b/**").claim("role", "admin", "owner"))))
                .isEmpty();
        assertThat(problems(POLICY.rule(Rule.at("/a/{x}").claim("role", "admin", "owner"))
                        .rule(Rule.at("/a/b/**").claim("role", "admin"))))
                .containsExactly("oauth2.overlap: '/a/{x}' (claim role=admin|owner) and '/a/b/**' (claim role=admin)"
                        + " overlap at '/a/b', where the first would win and not ask for what the second asks for"
                        + " | say what is asked at '/a/b' itself, for example .rule(Rule.at(\"/a/b\")…)");
    }

    private static List<String> problems(OAuth2 policy) {
        try {
            assertThat(Said.orders().withOAuth2(policy).define()).isNotNull();
            return List.of();
        } catch (ProblemsException e) {
            return e.problems().stream().map(RuleConflictsTest::text).toList();
        }
    }

    private static String text(Problem problem) {
        assertThat(problem.path()).isEqualTo("orders.shop auth.oauth2/v1");
        return (problem.code() + ": " + problem.message() + " | " + problem.hint()).replaceAll(":\\d+", ":#");
    }
}
