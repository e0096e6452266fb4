package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.testkit.Golden;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a plan says about who gains and who loses access; each case has its lines in {@code golden/caller-plans}. */
class CallerPlanTest {
    private static final Access READ = Fixture.access(
            List.of("https://id.example"), List.of("orders"), Fixture.rule(10, "/**", Fixture.scope("orders.read")));
    private static final AuthorizerRule OPA = opa("shop/allow", false);
    private static final LoginRule LOGIN = login("https://id.example", 8);

    private final Map<String, Supplier<String>> cases = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> whoGainsAndWhoLosesIsTold() {
        callers();
        boundaries();
        paths();
        others();
        return Golden.in("caller-plans", ".txt").tests(cases);
    }

    private void callers() {
        ApiModel open = orders();
        ApiModel internal = orders(only("/internal/**", "frontend.web", "*.monitoring"));
        add("callers are said", open, internal);
        add("callers are said again", internal, orders(only("/internal/**", "frontend.web", "monitoring")));
        add("callers are no longer said", internal, open);
        add("one caller gains and one loses", internal, orders(only("/internal/**", "jobs.shop", "monitoring")));
        add("a namespace loses all but one", internal, orders(only("/internal/**", "frontend.web", "p.monitoring")));
        add(
                "a method is taken out for every caller",
                internal,
                orders(
                        only("/internal/**", "frontend.web", "monitoring"),
                        CallerRule.everybody(Endpoint.parse("GET /internal/health"), line(5))));
        add("who enters by the host gains", internal, orders(entering("/internal/**", "frontend.web", "monitoring")));
        add("who enters by the host loses", orders(entering("/**", "jobs.shop")), orders(only("/**", "jobs.shop")));
        add(
                "callers are opened behind a boundary",
                world(List.of(internal), isolated()),
                world(List.of(open), isolated()));
        add(
                "callers and access change hands",
                with(internal, READ),
                with(orders(only("/internal/**", "jobs.shop")), Access.OPEN));
        add(
                "paths are rewritten otherwise",
                internal,
                rewritten(internal, new Rewrite(PathPattern.parse("/api/**"), "/internal", line(6))));
    }

    private void boundaries() {
        ApiModel orders = orders();
        MeshModel open = world(List.of(orders));
        MeshModel shut = world(List.of(orders), isolated());
        add("a namespace is isolated", open, shut);
        add("a namespace is isolated again", shut, world(List.of(orders()), isolated()));
        add("a namespace is no longer isolated", shut, open);
        add("an api is exposed next to an isolation", world(List.of(), isolated()), shut);
        add(
                "more may cross",
                shut,
                world(List.of(orders), isolation(List.of("monitoring", "page.web"), List.of("identity", "bank"))));
        add("less may cross", shut, world(List.of(orders), isolation(List.of("p.monitoring"), List.of())));
        add(
                "a namespace in which nothing is exposed is isolated",
                open,
                world(List.of(orders), new IsolationRule("lab", List.of(), List.of(), line(42))));
    }

    private void paths() {
        ApiModel all = orders();
        ApiModel some = at("orders", "web.shop.example", "/orders/**");
        ApiModel whole = at("orders", "web.shop.example");
        add("an api gets only some paths", whole, some);
        add("an api gets all paths", some, whole);
        add(
                "an api is exposed at some paths",
                world(List.of(some)),
                world(List.of(some, at("catalog", "web.shop.example", "/catalog/**"))));
        add(
                "a path changes hands",
                world(List.of(with(some, READ))),
                world(List.of(at("catalog", "web.shop.example", "/orders/new", "/catalog/**"))));
        add("paths are said where a host is left", all, some);
    }

    private void others() {
        ApiModel orders = with(orders(), READ);
        add("an authorizer is said", orders, asking(orders, OPA, null));
        add("an authorizer goes", asking(orders, OPA, null), orders);
        add("an authorizer changes", asking(orders, OPA, null), asking(orders, opa("shop/other", true), null));
        add(
                "an authorizer fails closed again",
                asking(orders, opa("shop/allow", true), null),
                asking(orders, OPA, null));
        add("a login is said in front of access rules", orders, asking(orders, null, LOGIN));
        add(
                "a login is all that is asked",
                orders(),
                asking(
                        with(
                                orders(),
                                new Access(List.of(), List.of(), List.of(Fixture.rule(10, "/**", Requirement.TOKEN)))),
                        null,
                        LOGIN));
        add("a login changes", asking(orders, null, LOGIN), asking(orders, null, login("https://other.example", 12)));
        add("a login goes", asking(orders, null, LOGIN), orders);
    }

    private void add(String name, ApiModel before, ApiModel now) {
        add(name, world(List.of(before)), world(List.of(now)));
    }

    private void add(String name, MeshModel before, MeshModel now) {
        cases.put(
                name,
                () -> new Plan(
                                "embedded",
                                "7",
                                now,
                                Changes.between(before, now),
                                Effects.between(before, now),
                                List.of(),
                                List.of(),
                                List.of(),
                                null)
                        .render());
    }

    private static MeshModel world(List<ApiModel> apis, IsolationRule... isolations) {
        return new MeshModel(
                apis.stream().sorted(Comparator.comparing(ApiModel::name)).toList(), List.of(), List.of(isolations));
    }

    private static IsolationRule isolated() {
        return isolation(List.of("monitoring"), List.of("identity"));
    }

    private static IsolationRule isolation(List<String> from, List<String> to) {
        return new IsolationRule(
                "shop",
                from.stream().map(Peer::parse).toList(),
                to.stream().map(Peer::parse).toList(),
                line(41));
    }

    private static CallerRule only(String endpoint, String... peers) {
        return rule(endpoint, false, peers);
    }

    private static CallerRule entering(String endpoint, String... peers) {
        return rule(endpoint, true, peers);
    }

    private static CallerRule rule(String endpoint, boolean entering, String... peers) {
        return new CallerRule(
                Endpoint.parse(endpoint), Arrays.stream(peers).map(Peer::parse).toList(), entering, line(4));
    }

    private static ApiModel orders(CallerRule... callers) {
        ApiModel api = Fixture.api("orders", Access.OPEN);
        List<CallerRule> sorted = new ArrayList<>(Arrays.asList(callers));
        sorted.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Service service =
                new Service("orders", 80, Map.of("app", "orders"), List.of(), null, null, null, Traffic.NONE, sorted);
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, List.of(), api.origin());
    }

    private static ApiModel at(String name, String host, String... paths) {
        ApiModel api = Fixture.api(name, List.of(host), Access.OPEN, false, List.of());
        Entry entry = api.entry();
        return entry(
                api,
                new Entry(
                        entry.hosts(),
                        entry.access(),
                        entry.routes(),
                        List.of(),
                        entry.headers(),
                        false,
                        Arrays.stream(paths).map(PathPattern::parse).toList(),
                        null,
                        null));
    }

    private static ApiModel with(ApiModel api, Access access) {
        return entry(api, api.entry().bare(access));
    }

    private static ApiModel rewritten(ApiModel api, Rewrite rewrite) {
        Entry entry = api.entry();
        return entry(
                api,
                new Entry(entry.hosts(), entry.access(), entry.routes(), List.of(rewrite), entry.headers(), false));
    }

    private static ApiModel asking(ApiModel api, @Nullable AuthorizerRule authorizer, @Nullable LoginRule login) {
        Entry entry = api.entry();
        return entry(
                api,
                new Entry(
                        entry.hosts(),
                        entry.access(),
                        entry.routes(),
                        entry.rewrites(),
                        entry.headers(),
                        false,
                        entry.paths(),
                        authorizer,
                        login));
    }

    private static ApiModel entry(ApiModel api, Entry entry) {
        return new ApiModel(api.name(), api.namespace(), entry, api.service(), api.guards(), api.origin());
    }

    private static AuthorizerRule opa(String decision, boolean failOpen) {
        return new AuthorizerRule(
                AuthorizerRule.Protocol.OPA_REST,
                URI.create("http://127.0.0.1:8181"),
                decision,
                Duration.ofMillis(200),
                failOpen,
                403,
                null,
                line(22));
    }

    private static LoginRule login(String issuer, int hours) {
        return new LoginRule(
                issuer,
                "web",
                new SecretRef("shop", "client", "secret"),
                List.of("openid"),
                new SecretRef("shop", "keys", "key"),
                "/oauth2",
                "__Host-session",
                Duration.ofHours(hours),
                null,
                "/",
                false,
                "groups",
                line(23));
    }

    private static Origin line(int line) {
        return Origin.at("Apis.java", line);
    }
}
