package dev.lintel.core.engine;

import static dev.lintel.core.engine.Scripted.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.policy.AtHost;
import dev.lintel.core.policy.AtHostCompiler;
import dev.lintel.core.policy.AtPaths;
import dev.lintel.core.policy.AtPathsCompiler;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Several APIs at one host: paths that belong to two, and rules for paths that belong to nobody. */
class SharedHostsTest {
    private static final AtHost WEB = new AtHost("web.shop.example");
    private static final Policy SCRIPTED = new Scripted("test.scripted/v1", "");

    private static String problems(BiConsumer<Scripted, ApiDraft> script, ApiDefinition... definitions) {
        Kinds kinds = Kinds.of(List.of(
                new Scripted.Compiler("test.scripted/v1", Phase.ROUTE, script),
                new AtHostCompiler(),
                new AtPathsCompiler()));
        return new ModelCompiler(kinds)
                .compile(Arrays.asList(definitions), new World(World.LOCALHOST)).problems().stream()
                        .map(Problem::render)
                        .collect(Collectors.joining("\n"));
    }

    private static String problems(ApiDefinition... definitions) {
        return problems((policy, draft) -> {}, definitions);
    }

    private static AtPaths paths(String... paths) {
        return new AtPaths(Arrays.stream(paths).map(PathPattern::parse).toList());
    }

    @Test
    void apisWithDifferentPathsShareAHost() {
        assertThat(problems(
                        api("orders", "shop", WEB, paths("/orders/**", "/carts/{id}")),
                        api("catalog", "shop", WEB, paths("/catalog/**", "/carts")),
                        api("static", "shop", WEB, paths("/static/**"))))
                .isEmpty();
    }

    @Test
    void aPathThatTwoClaimNamesBothLines() {
        assertThat(problems(
                        api("orders", "shop", WEB, paths("/orders/**", "/a/{x}")),
                        api("catalog", "shop", WEB, paths("/orders/new", "/{y}/b"))))
                .isEqualTo("""
                        host.twice orders.shop: claims paths of the host 'web.shop.example' that catalog.shop claims, '/a/b' ('/a/{x}' here, '/{y}/b' there) and '/orders/new' ('/orders/**' here, '/orders/new' there) and '/orders/b' ('/orders/**' here, '/{y}/b' there) at catalog.java:1
                              give one of them other paths by atPaths(…), or another host by atHost(…)
                              at orders.java:1""");
    }

    @Test
    void whoSaysNoPathsClaimsAllOfThem() {
        assertThat(problems(api("orders", "shop", WEB), api("catalog", "shop", WEB, paths("/catalog/**"))))
                .isEqualTo("""
                        host.twice orders.shop: claims the host 'web.shop.example' with all its paths, of which catalog.shop claims '/catalog/**' at catalog.java:1
                              give one of them another host by atHost(…), or each some of its paths by atPaths(…)
                              at orders.java:1""");
        assertThat(problems(api("catalog", "shop", WEB), api("orders", "shop", WEB, paths("/orders/**"))))
                .isEqualTo("""
                        host.twice orders.shop: claims the paths '/orders/**' of the host 'web.shop.example', all paths of which catalog.shop claims at catalog.java:1
                              give one of them another host by atHost(…), or each some of its paths by atPaths(…)
                              at orders.java:1""");
    }

    @Test
    void everyPairThatMeetsIsTold() {
        assertThat(problems(api("a", "shop", WEB), api("b", "shop", WEB), api("c", "shop", WEB))
                        .lines()
                        .filter(line -> line.startsWith("host.twice")))
                .hasSize(3);
    }

    @Test
    void twoNamespacesNeverShareAHost() {
        assertThat(problems(
                        api("orders", "shop", WEB, paths("/orders/**")), api("ads", "other", WEB, paths("/ads/**"))))
                .isEqualTo("""
                        host.foreign ads.other entry.host/v1: host 'web.shop.example' is not below the namespace's own label 'other'
                              a namespace can bind only {name}.other.{domain}, for example web.other.localhost
                              at ads.java:2""");
    }

    @Test
    void rulesForPathsOfOthersAreNeverAskedAndRefused() {
        Origin line = Origin.at("rules.java", 7);
        assertThat(problems(
                        (policy, draft) -> {
                            draft.access(new Access(
                                    List.of(),
                                    List.of(),
                                    List.of(
                                            new AccessRule(Endpoint.parse("/admin/**"), Requirement.DENIED, line),
                                            new AccessRule(Endpoint.any(), Requirement.PUBLIC, line),
                                            new AccessRule(Endpoint.parse("/{any}/x"), Requirement.PUBLIC, line))));
                            draft.route(new Route(Match.match("GET /beta"), "v2", line));
                            draft.rewrite(new Rewrite(PathPattern.parse("/old/**"), "/", line));
                        },
                        api("orders", "shop", paths("/orders/**"), SCRIPTED)))
                .isEqualTo("""
                        paths.outside orders.shop: access to '/admin/**' is never asked, because the API has only the paths '/orders/**'
                              leave it out, or say atPaths(…) with that path too
                              at rules.java:7
                        paths.outside orders.shop: the route 'GET /beta' is never asked, because the API has only the paths '/orders/**'
                              leave it out, or say atPaths(…) with that path too
                              at rules.java:7
                        paths.outside orders.shop: the rewrite of '/old/**' is never asked, because the API has only the paths '/orders/**'
                              leave it out, or say atPaths(…) with that path too
                              at rules.java:7""");
    }

    private static LoginRule login(String prefix, int line) {
        return new LoginRule(
                "https://id.example",
                "web",
                null,
                List.of("openid"),
                new SecretRef("shop", "keys", "key"),
                prefix,
                "__Host-session",
                Duration.ofHours(8),
                null,
                "/",
                false,
                "groups",
                Origin.at("login.java", line));
    }

    @Test
    void aLoginsOwnEndpointsAreAmongThePathsAndItsCookieIsItsOwn() {
        assertThat(problems(
                        (policy, draft) -> draft.login(
                                login(
                                        "/" + draft.name() + "/oauth2",
                                        draft.name().equals("orders") ? 1 : 2),
                                List.of()),
                        api("catalog", "shop", WEB, paths("/catalog"), SCRIPTED),
                        api("orders", "shop", WEB, paths("/orders/**"), SCRIPTED)))
                .isEqualTo("""
                        paths.login catalog.shop: the login's own endpoints '/catalog/oauth2/**' are not among the API's paths '/catalog'
                              say atPaths(…) with '/catalog/oauth2/**' too, or a prefix of the login below one of them
                              at login.java:2
                        login.cookie orders.shop: keeps its sessions at the host 'web.shop.example' in the cookie '__Host-session', as catalog.shop does at login.java:2
                              give one of them another cookie, or another host
                              at login.java:1""");
    }

    @Test
    void pathsAreSaidOnceAndAtLeastOne() {
        assertThatThrownBy(() -> paths())
                .hasMessage("atPaths(…) must name at least one path; leave it out for all paths of the host");
        assertThatThrownBy(() -> paths("/orders/**", "/orders"))
                .hasMessage("atPaths(…) must name each path once, but '/orders' is part of '/orders/**'");
    }

    @Test
    void readsAsAPersonWouldWriteIt() {
        ApiDefinition definition = api("orders", "shop", WEB, paths("/orders/**", "/carts/{id}"));
        DefinitionFormat yaml = DefinitionFormat.yaml(Kinds.installed());
        assertThat(yaml.write(definition)).isEqualTo("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: entry.host/v1
                    host: web.shop.example
                  - kind: entry.paths/v1
                    paths:
                      - /orders/**
                      - /carts/{id}
                """);
        assertThat(yaml.read(yaml.write(definition), "d.yaml")).containsExactly(definition);
    }

    @Test
    void aProblemShowsBothLines() {
        Problem problem = new ModelCompiler(Kinds.of(List.of(new AtHostCompiler(), new AtPathsCompiler())))
                .compile(
                        List.of(api("a", "shop", WEB, paths("/x")), api("b", "shop", WEB, paths("/x"))),
                        new World(World.LOCALHOST))
                .problems()
                .get(0);
        assertThat(problem.render()).contains("a.java:1").endsWith("at b.java:1");
    }
}
