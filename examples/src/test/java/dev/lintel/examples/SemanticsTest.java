package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.Rule;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token.Verified;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines of {@code docs/semantics.md} that show best in whole definitions. */
class SemanticsTest {
    private static final String ID = "https://id.example";
    private static final String HOST = "orders.shop.localhost";
    private static final OAuth2 POLICY = oauth2(ID);

    private static Exposure orders() {
        return Api.expose("orders").inNamespace("shop");
    }

    private static Evaluator evaluator(ApiDefinition definition) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(definition), new World(World.LOCALHOST));
        assertThat(compiled.problems()).isEmpty();
        return Evaluator.of(compiled.model());
    }

    private static String decide(Evaluator evaluator, RequestValue request) {
        return evaluator.decide(request, bound -> 0).toString();
    }

    private static String decide(OAuth2 policy, String method, String path, String... scopes) {
        RequestValue request = RequestValue.of(method, HOST, path, null);
        return decide(
                evaluator(orders().withOAuth2(policy).define()),
                scopes.length == 0 ? request : request.token(Verified.of(ID, "alice", "orders", scopes)));
    }

    @Test
    void aHostThatIsSaidReplacesTheOneMadeFromTheName() {
        Evaluator named = evaluator(
                orders().atHost("a.shop.example").atHost("b.shop.example").define());
        assertThat(decide(named, RequestValue.of("GET", "a.shop.example", "/", null)))
                .startsWith("forward");
        assertThat(decide(named, RequestValue.of("GET", "b.shop.example", "/", null)))
                .startsWith("forward");
        assertThat(decide(named, RequestValue.of("GET", HOST, "/", null)))
                .isEqualTo("refuse with 404 UNKNOWN_HOST: no API is exposed at this host");
        assertThat(decide(evaluator(orders().define()), RequestValue.of("GET", HOST, "/", null)))
                .startsWith("forward");
    }

    @Test
    void aWiderRuleNeverReopensANarrowerPath() {
        OAuth2 policy = POLICY.publicPaths("/**").scope("/admin/**", "admin").deny("/admin/keys");
        assertThat(decide(policy, "GET", "/x/y")).startsWith("forward");
        assertThat(decide(policy, "GET", "/admin/users")).startsWith("refuse with 401 NO_TOKEN");
        assertThat(decide(policy, "GET", "/admin/keys", "admin")).startsWith("refuse with 403 DENIED");
    }

    @Test
    void rulesMayBeSaidInAnyOrder() {
        List<Rule> rules = new ArrayList<>(List.of(
                Rule.at("/a/b").scopes("exact"),
                Rule.at("/a/{x}").scopes("template"),
                Rule.at("/a/b/**").scopes("long"),
                Rule.at("POST /a/**").scopes("method"),
                Rule.at("/a/**").scopes("short"),
                Rule.at("/**").scopes("root")));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(rules, random);
            OAuth2 policy = POLICY;
            for (Rule rule : rules) {
                policy = policy.rule(rule);
            }
            Evaluator evaluator = evaluator(orders().withOAuth2(policy).define());
            assertThat(List.of(
                            governing(evaluator, "GET", "/a/b"),
                            governing(evaluator, "GET", "/a/c"),
                            governing(evaluator, "GET", "/a/b/c"),
                            governing(evaluator, "POST", "/a/c/d"),
                            governing(evaluator, "GET", "/a"),
                            governing(evaluator, "GET", "/c")))
                    .as("seed %d", seed)
                    .containsExactly("exact", "template", "long", "method", "short", "root");
        }
    }

    /** The scope that is asked for. */
    private static String governing(Evaluator evaluator, String method, String path) {
        RequestValue nobody =
                RequestValue.of(method, HOST, path, null).token(Verified.of(ID, "alice", "orders", "none"));
        return decide(evaluator, nobody).replace("refuse with 403 INSUFFICIENT_SCOPE: the token lacks scope ", "");
    }

    @Test
    void aMethodThatIsNotNamedFallsToTheNextRule() {
        OAuth2 policy = POLICY.scope("POST /orders/**", "write").scope("/orders/**", "read");
        assertThat(decide(policy, "POST", "/orders/7", "write")).startsWith("forward");
        assertThat(decide(policy, "POST", "/orders/7", "read")).startsWith("refuse with 403");
        assertThat(decide(policy, "DELETE", "/orders/7", "read")).startsWith("forward");
        assertThat(decide(POLICY.scope("GET /orders/**", "read"), "DELETE", "/orders/7", "read"))
                .startsWith("refuse with 404 UNMATCHED");
    }

    @Test
    void headFollowsGet() {
        OAuth2 policy = POLICY.scope("GET /orders/**", "read").scope("POST /orders/**", "write");
        assertThat(decide(policy, "HEAD", "/orders/7", "read")).startsWith("forward");
        assertThat(decide(policy, "HEAD", "/orders/7")).startsWith("refuse with 401 NO_TOKEN");
    }

    @Test
    void allClaimsOfARuleAreNeeded() {
        Evaluator evaluator = evaluator(
                orders().withOAuth2(POLICY.claim("tenant", "acme", "beta").claim("tier", "gold"))
                        .define());
        assertThat(withClaims(evaluator, Map.of("tenant", "beta", "tier", "gold")))
                .startsWith("forward");
        assertThat(withClaims(evaluator, Map.of("tenant", "acme")))
                .isEqualTo("refuse with 403 INSUFFICIENT_SCOPE: the token lacks claim tier=gold");
        assertThat(withClaims(evaluator, Map.of("tier", "gold"))).startsWith("refuse with 403 INSUFFICIENT_SCOPE");
    }

    private static String withClaims(Evaluator evaluator, Map<String, Object> claims) {
        return decide(
                evaluator,
                RequestValue.of("GET", HOST, "/", null).token(new Verified(ID, "alice", List.of(), List.of(), claims)));
    }

    @Test
    void aRewriteKeepsWhatStandsBelowItsPattern() {
        Evaluator evaluator = evaluator(orders().rewritePath("/shop/**", "/api/**")
                .rewritePath("/shop/old", "/new")
                .define());
        assertThat(decide(evaluator, RequestValue.of("GET", HOST, "/shop/a%20b/c/", null)))
                .isEqualTo("forward to orders.shop /api/a%20b/c/");
        assertThat(decide(evaluator, RequestValue.of("GET", HOST, "/shop", null)))
                .isEqualTo("forward to orders.shop /api");
        assertThat(decide(evaluator, RequestValue.of("GET", HOST, "/shop/old", null)))
                .isEqualTo("forward to orders.shop /new");
        assertThat(decide(evaluator, RequestValue.of("GET", HOST, "/shopping", null)))
                .isEqualTo("forward to orders.shop /shopping");
    }
}
