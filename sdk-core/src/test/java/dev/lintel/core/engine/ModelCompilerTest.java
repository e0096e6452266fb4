package dev.lintel.core.engine;

import static dev.lintel.core.engine.Scripted.api;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import dev.lintel.core.policy.AtHost;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelCompilerTest {
    private static final World LOCAL = new World(World.LOCALHOST);
    private static final Policy SCRIPTED = new Scripted("test.scripted/v1", "");

    private static String problems(Kinds kinds, World world, ApiDefinition... definitions) {
        return rendered(new ModelCompiler(kinds)
                .compile(Arrays.asList(definitions), world)
                .problems());
    }

    private static String rendered(List<Problem> problems) {
        return problems.stream().map(Problem::render).collect(Collectors.joining("\n"));
    }

    private static ApiModel compiled(BiConsumer<Scripted, ApiDraft> script) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Scripted.kinds(script)).compile(List.of(api("orders", "shop", SCRIPTED)), LOCAL);
        assertThat(compiled.problems()).isEmpty();
        return compiled.model().apis().get(0);
    }

    private static final Kinds NONE = Scripted.kinds((policy, draft) -> {});

    @Test
    void whatNobodySaysGetsItsDefault() {
        MeshModel model = new ModelCompiler(NONE)
                .compile(List.of(api("orders:8080", "shop")), new World("example.com"))
                .model();

        Entry entry = new Entry(
                List.of("orders.shop.example.com"),
                Access.OPEN,
                List.of(new Route(Match.any(), null, Origin.unknown())),
                List.of(),
                HeaderChanges.NONE,
                false);
        Service service = new Service("orders", 8080, Map.of("app", "orders"), List.of(), null, null, null);
        assertThat(model.apis())
                .containsExactly(new ApiModel("orders", "shop", entry, service, List.of(), Origin.unknown()));
        assertThat(model.apis().get(0).origin()).hasToString("orders:8080.java:1");
    }

    @Test
    void apisAreSortedByNamespaceAndName() {
        MeshModel model = new ModelCompiler(NONE)
                .compile(List.of(api("b", "two"), api("c", "one"), api("a", "two")), LOCAL)
                .model();

        assertThat(model.apis()).extracting(ApiModel::id).containsExactly("c.one", "a.two", "b.two");
        assertThat(model.api("a.two")).contains(model.apis().get(1));
        assertThat(model.api("a.one")).isEmpty();
    }

    @Test
    void whatCompilersWriteComesInItsOrder() {
        ApiModel api = compiled((policy, draft) -> {
            draft.access(new Access(
                    List.of(),
                    List.of(),
                    List.of(rule("/**"), rule("/a/**"), rule("GET /a/**"), rule("/a/{b}"), rule("/a/b"))));
            draft.route(new Route(Match.match("/x/**"), "v1", draft.origin()));
            draft.route(new Route(Match.match("/x/y"), "v2", draft.origin()));
            draft.rewrite(new Rewrite(PathPattern.parse("/**"), "/all", draft.origin()));
            draft.rewrite(new Rewrite(PathPattern.parse("/one"), "/1", draft.origin()));
            draft.requestHeader("z", "1");
            draft.requestHeader("a", "2");
            draft.responseHeader("b", "3");
            draft.allowPathParameters();
            draft.version(new Version("v2", Map.of("lane", "blue"), null));
            draft.split(new SplitRule(List.of(new Share("v3", 60), new Share("v1", 40)), null, draft.origin()));
            draft.workloadLabels(Map.of("component", "orders"));
            draft.retry(new RetryRule(2, null, false, draft.origin()));
            draft.timeout(new TimeoutRule(Duration.ofSeconds(3), draft.origin()));
        });

        assertThat(api.entry().access().rules())
                .extracting(rule -> rule.endpoint().toString())
                .containsExactly("/a/b", "/a/{b}", "GET /a/**", "/a/**", "/**");
        assertThat(api.entry().routes())
                .extracting(route -> route.match() + " " + route.version())
                .containsExactly("/x/y v2", "/x/** v1", "/** null");
        assertThat(api.entry().rewrites())
                .extracting(rewrite -> rewrite.from().toString())
                .containsExactly("/one", "/**");
        assertThat(api.entry().headers().request().keySet()).containsExactly("z", "a");
        assertThat(api.entry().headers().response()).containsExactly(Map.entry("b", "3"));
        assertThat(api.entry().pathParameters()).isTrue();
        assertThat(api.service().versions())
                .containsExactly(
                        Version.labelled("v1"),
                        new Version("v2", Map.of("lane", "blue"), null),
                        Version.labelled("v3"));
        assertThat(api.service().labels()).isEqualTo(Map.of("component", "orders"));
        assertThat(api.service().retry()).isEqualTo(new RetryRule(2, null, false, Origin.unknown()));
        assertThat(api.service().timeout().origin()).hasToString("orders.java:2");
    }

    private static AccessRule rule(String endpoint) {
        return new AccessRule(Endpoint.parse(endpoint), Requirement.TOKEN, Origin.unknown());
    }

    @Test
    void compilersAreAskedByPhaseThenKindAndPoliciesInTheOrderOfSaying() {
        List<String> asked = new ArrayList<>();
        List<PolicyCompiler<?>> compilers = new ArrayList<>();
        List<Policy> policies = new ArrayList<>();
        for (String kind : List.of("b/v1", "a/v1", "d/v1", "c/v1")) {
            Phase phase = kind.compareTo("c") < 0 ? Phase.TRAFFIC : Phase.SECURITY;
            compilers.add(new Scripted.Compiler(kind, phase, (said, draft) -> asked.add(said.kind() + said.key())));
            policies.add(new Scripted(kind, "2"));
            policies.add(new Scripted(kind, "1"));
        }
        List<Problem> problems =
                new ModelCompiler(Kinds.of(compilers)).check(api("orders", "shop", policies.toArray(Policy[]::new)));

        assertThat(problems).isEmpty();
        assertThat(asked).containsExactly("c/v12", "c/v11", "d/v12", "d/v11", "a/v12", "a/v11", "b/v12", "b/v11");
    }

    @Test
    void aPolicyIsSaidOnce() {
        ApiDefinition definition = api(
                "orders",
                "shop",
                SCRIPTED,
                new AtHost("a.shop.example"),
                new AtHost("b.shop.example"),
                SCRIPTED,
                new AtHost("a.shop.example"));

        assertThat(rendered(new ModelCompiler(NONE).check(definition))).isEqualTo("""
                policy.twice orders.shop test.scripted/v1: is said twice, first at orders.java:2
                      say it once, or merge the two values before saying it
                      at orders.java:5
                policy.twice orders.shop entry.host/v1: 'a.shop.example' is said twice, first at orders.java:3
                      say it once, or merge the two values before saying it
                      at orders.java:6""");
    }

    @Test
    void aNamespaceBindsOnlyHostsBelowItsOwnLabel() {
        ApiDefinition definition = api(
                "orders",
                "shop",
                new AtHost("orders.shop.example.com"),
                new AtHost("orders.billing.example.com"),
                new AtHost("shop.example"),
                new AtHost("x.shop.billing.example.com"));

        assertThat(rendered(new ModelCompiler(NONE).check(definition))).isEqualTo("""
                host.foreign orders.shop entry.host/v1: host 'orders.billing.example.com' is not below the namespace's own label 'shop'
                      a namespace can bind only {name}.shop.{domain}, for example orders.shop.example.com
                      at orders.java:3
                host.foreign orders.shop entry.host/v1: host 'shop.example' is not below the namespace's own label 'shop'
                      a namespace can bind only {name}.shop.{domain}, for example shop.shop.example.com
                      at orders.java:4""");
        assertThat(problems(NONE, new World("example.com"), definition)).contains("""
                host.foreign orders.shop entry.host/v1: host 'x.shop.billing.example.com' is not below the namespace's own label 'shop'
                      a namespace can bind only {name}.shop.{domain}, for example x.shop.example.com
                      at orders.java:5""");
    }

    @Test
    void aHostBelongsToOneApiAndAnApiIsDefinedOnce() {
        assertThat(problems(
                        NONE,
                        LOCAL,
                        api("orders", "shop", new AtHost("all.shop.example")),
                        api("billing", "shop", new AtHost("all.shop.example")),
                        api("orders", "shop", new AtHost("two.shop.example")),
                        api("orders", "other")))
                .isEqualTo("""
                        api.twice orders.shop: is defined twice, first at orders.java:1
                              put both into one definition, or give one another service or namespace
                              at orders.java:1
                        host.twice orders.shop: claims the host 'all.shop.example', which billing.shop claims at billing.java:1
                              give one of them another host by atHost(…), or each some of its paths by atPaths(…)
                              at orders.java:1""");
    }

    @Test
    void aVersionHasOneSpelling() {
        Kinds kinds = Scripted.kinds((policy, draft) -> {
            draft.split(
                    new SplitRule(List.of(new Share("v1", 90), new Share("v2", 10)), null, Origin.at("split.java", 7)));
            draft.route(new Route(Match.match("/beta"), "V2", Origin.at("route.java", 8)));
        });

        assertThat(rendered(new ModelCompiler(kinds).check(api("orders", "shop", SCRIPTED))))
                .isEqualTo("""
                version.spelling orders.shop: names one version in two spellings: 'V2' and 'v2'
                      use one spelling; the other is at route.java:8
                      at split.java:7""");
    }

    @Test
    void oneTryIsShorterThanTheWholeCall() {
        Kinds kinds = Scripted.kinds((policy, draft) -> {
            draft.retry(new RetryRule(2, Duration.ofMillis(2_500), false, Origin.at("retry.java", 7)));
            draft.timeout(new TimeoutRule(Duration.ofSeconds(2), Origin.at("timeout.java", 8)));
        });

        assertThat(rendered(new ModelCompiler(kinds).check(api("orders", "shop", SCRIPTED))))
                .isEqualTo("""
                retry.per-try orders.shop: one try may take 2s500ms, but the whole call only 2s
                      make the time-out of one try shorter than the one of the whole call, said at timeout.java:8
                      at retry.java:7""");
    }

    @Test
    void thereIsOneAccessPolicy() {
        Access access = new Access(List.of(), List.of(), List.of(rule("/**")));
        Kinds kinds = Scripted.kinds((policy, draft) -> draft.access(access));

        assertThat(rendered(new ModelCompiler(kinds)
                        .check(api("orders", "shop", SCRIPTED, new Scripted("test.scripted/v1", "2")))))
                .isEqualTo("""
                        access.twice orders.shop test.scripted/v1: a second access policy
                              say who may call in one policy
                              at orders.java:3""");
    }

    @Test
    void whatACompilerReportsNamesItsPolicyAndLine() {
        Kinds kinds = Scripted.kinds((policy, draft) -> {
            draft.problem("test.bad", "is bad", "make it good");
            draft.warning("test.odd", "is odd", "");
        });
        ModelCompiler.Compiled compiled =
                new ModelCompiler(kinds).compile(List.of(api("orders", "shop", SCRIPTED)), LOCAL);

        assertThat(rendered(compiled.problems())).isEqualTo("""
                test.bad orders.shop test.scripted/v1: is bad
                      make it good
                      at orders.java:2""");
        assertThat(rendered(compiled.warnings())).isEqualTo("""
                test.odd orders.shop test.scripted/v1: is odd
                      at orders.java:2""");
    }

    record Stranger(String kind) implements Policy {}

    @Test
    void aKindThatNobodyKnowsIsRefusedAtPlanAndNotBefore() {
        ApiDefinition definition = api("orders", "shop", new Stranger("acme.quota/v1"), new Stranger("entry.host/v1"));

        assertThat(new ModelCompiler(NONE).check(definition)).isEmpty();
        assertThat(problems(NONE, LOCAL, definition)).isEqualTo("""
                policy.unknown orders.shop acme.quota/v1: has no compiler: nobody here knows this kind
                      add the module that compiles it; known here: entry.host/v1, test.scripted/v1
                      at orders.java:2
                policy.unknown orders.shop entry.host/v1: is a dev.lintel.core.engine.ModelCompilerTest$Stranger, but this kind is compiled as dev.lintel.core.policy.AtHost
                      use that record, or give yours another kind
                      at orders.java:3""");
    }

    @Test
    void theSameDefinitionsGiveTheSameModel() {
        List<ApiDefinition> definitions =
                List.of(api("orders", "shop", new AtHost("a.shop.example")), api("billing", "shop"));
        List<ApiDefinition> reversed = List.of(definitions.get(1), definitions.get(0));

        assertThat(new ModelCompiler(NONE).compile(definitions, LOCAL))
                .isEqualTo(new ModelCompiler(NONE).compile(definitions, LOCAL));
        assertThat(new ModelCompiler(NONE).compile(reversed, LOCAL).model())
                .isEqualTo(new ModelCompiler(NONE).compile(definitions, LOCAL).model());
    }
}
