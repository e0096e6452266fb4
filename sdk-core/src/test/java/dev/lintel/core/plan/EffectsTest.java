package dev.lintel.core.plan;

import static dev.lintel.core.plan.Fixture.access;
import static dev.lintel.core.plan.Fixture.api;
import static dev.lintel.core.plan.Fixture.claim;
import static dev.lintel.core.plan.Fixture.either;
import static dev.lintel.core.plan.Fixture.rule;
import static dev.lintel.core.plan.Fixture.scope;
import static dev.lintel.core.plan.Fixture.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.SplitRule.Share;
import dev.lintel.core.model.SplitRule.Sticky;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import dev.lintel.testkit.Golden;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Effects in words: each case has its lines in {@code golden/effects}; those with {@code !} widen access. */
class EffectsTest {
    private static final String KEY = "{\"keys\":[{\"kid\":\"a\"}]}";
    private static final String KEYS = "{\"keys\":[{\"kid\":\"b\"},{\"kid\":\"a\"}]}";

    private static final List<String> ID = List.of("https://id.example");
    private static final List<String> ORDERS = List.of("orders");

    private static final Access STRICT = access(
            ID,
            ORDERS,
            rule(10, "GET /orders/**", scope("orders.read")),
            rule(11, "/orders/**", scope("orders.write")),
            rule(12, "/admin/**", scope("orders.admin", "mfa")),
            rule(13, "/status", Requirement.PUBLIC),
            rule(14, "/internal/**", Requirement.DENIED));

    private static final AccessRule PUBLIC_STATUS = rule(10, "/status", Requirement.PUBLIC);

    private final Map<String, Supplier<String>> cases = new LinkedHashMap<>();

    private void add(String name, ApiModel before, ApiModel now) {
        add(name, world(before), world(now));
    }

    private void add(String name, MeshModel before, MeshModel now) {
        cases.put(name, () -> told(before, now));
    }

    private static String told(MeshModel before, MeshModel now) {
        StringBuilder text = new StringBuilder();
        for (Effect effect : Effects.between(before, now)) {
            text.append(effect.widens() ? "! " : "  ").append(effect.text());
            text.append("  (").append(effect.origin()).append(")\n");
        }
        return text.toString();
    }

    @TestFactory
    Stream<DynamicTest> everyChangeIsToldInWords() {
        rules();
        trust();
        exposure();
        traffic();
        return Golden.in("effects", ".txt").tests(cases);
    }

    private void rules() {
        ApiModel strict = api("orders", STRICT);
        add("nothing changes", strict, api("orders", STRICT));
        add("a rule is dropped", strict, api("orders", without("/admin/**")));
        add("a scope is dropped", strict, api("orders", with("/admin/**", scope("orders.admin"))));
        add("a scope is added", strict, api("orders", with("/status", scope("orders.read"))));
        add("public instead of a scope", strict, api("orders", with("/admin/**", Requirement.PUBLIC)));
        add("any token instead of a scope", strict, api("orders", with("/admin/**", Requirement.TOKEN)));
        add("denied instead of public", strict, api("orders", with("/status", Requirement.DENIED)));
        add("a scope instead of denied", strict, api("orders", with("/internal/**", scope("orders.admin"))));
        add("a new path", strict, api("orders", with("/reports/{id}", scope("orders.read"))));
        add(
                "a second grant",
                strict,
                api("orders", with("/admin/**", either(scope("orders.admin", "mfa"), scope("root")))));
        add("a narrower public path", strict, api("orders", with("/admin/status", Requirement.PUBLIC)));
        add("a wider public path reopens nothing", strict, api("orders", with("/**", Requirement.PUBLIC)));
        add("the access policy is dropped", strict, api("orders", Access.OPEN));
        add("an access policy is added", api("orders", Access.OPEN), strict);
        add(
                "one grant said as two",
                api("orders", access(ID, ORDERS, rule(10, "/**", claim("role", "a", "b")))),
                api("orders", access(ID, ORDERS, rule(10, "/**", either(claim("role", "a"), claim("role", "b"))))));
        Grant both = new Grant(
                List.of(),
                List.of(new Grant.ClaimRule("role", List.of("a")), new Grant.ClaimRule("role", List.of("b"))));
        Grant more = new Grant(List.of("s"), both.claims());
        add(
                "two values of one claim",
                api("orders", access(ID, ORDERS, rule(10, "/**", new Requirement.Token(List.of(more))))),
                api("orders", access(ID, ORDERS, rule(10, "/**", new Requirement.Token(List.of(both))))));
        add(
                "methods",
                api("orders", access(ID, ORDERS, rule(10, "/**", scope("a")))),
                api(
                        "orders",
                        access(
                                ID,
                                ORDERS,
                                rule(10, "/**", scope("a")),
                                rule(11, "GET,POST /x", Requirement.PUBLIC),
                                rule(12, "DELETE /y", scope("a")),
                                rule(13, "/y", Requirement.DENIED))));
        List<String> many = List.of("/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h");
        add(
                "many paths of one line",
                api(
                        "orders",
                        access(
                                ID,
                                ORDERS,
                                many.stream().map(p -> rule(10, p, scope("a"))).toArray(AccessRule[]::new))),
                api(
                        "orders",
                        access(
                                ID,
                                ORDERS,
                                many.stream().map(p -> rule(10, p, scope("b"))).toArray(AccessRule[]::new))));
    }

    private static ApiModel keys(String set) {
        return api(
                "orders",
                trusting(
                        ORDERS,
                        new Issuer("https://id.example", null, set, List.of("RS256"), Origin.at("Apis.java", 3))));
    }

    private void trust() {
        ApiModel strict = api("orders", STRICT);
        add(
                "an issuer is added",
                strict,
                api(
                        "orders",
                        trusting(
                                ORDERS,
                                Fixture.issuer("https://id.example"),
                                Fixture.issuer("https://other.example"))));
        add("an issuer is replaced", strict, api("orders", trusting(ORDERS, Fixture.issuer("https://other.example"))));
        add(
                "an audience is added",
                strict,
                api("orders", trusting(List.of("orders", "billing"), Fixture.issuer("https://id.example"))));
        add("every audience", strict, api("orders", trusting(List.of(), Fixture.issuer("https://id.example"))));
        add("fewer audiences", api("orders", trusting(List.of(), Fixture.issuer("https://id.example"))), strict);
        add(
                "other keys and algorithms",
                strict,
                api(
                        "orders",
                        trusting(
                                ORDERS,
                                new Issuer(
                                        "https://id.example",
                                        URI.create("https://keys.example/jwks"),
                                        List.of("RS256", "ES256"),
                                        Origin.at("Apis.java", 3)))));
        add("a key that is said is taken out", keys(KEYS), keys(KEY));
        add("a key that is said is put in", keys(KEY), keys(KEYS));
        add("other keys are said", keys(KEY), keys("{\"keys\":[{\"kid\":\"c\"}]}"));
        add("keys are looked up instead of said", keys(KEY), strict);
        add(
                "an issuer nobody could use",
                api("orders", access(List.of(), ORDERS, rule(10, "/**", Requirement.DENIED))),
                api("orders", access(ID, ORDERS, rule(10, "/**", Requirement.DENIED))));
        List<String> host = List.of("orders.shop.localhost");
        add("path parameters are allowed", strict, api("orders", host, STRICT, true, List.of()));
        add("path parameters are refused", api("orders", host, STRICT, true, List.of()), strict);
        Access exact = access(ID, ORDERS, rule(10, "/orders", Requirement.TOKEN));
        add(
                "path parameters where no path could have one",
                api("orders", exact),
                api("orders", host, exact, true, List.of()));
        add(
                "a guard is added",
                strict,
                api("orders", host, STRICT, false, List.of(new Fixture.Closed("at most 600 a minute"))));
        add(
                "a guard is dropped",
                api("orders", host, STRICT, false, List.of(new Fixture.Closed("at most 600 a minute"))),
                strict);
        add(
                "a guard is changed",
                api("orders", host, STRICT, false, List.of(new Fixture.Closed("at most 600 a minute"))),
                api("orders", host, STRICT, false, List.of(new Fixture.Closed("at most 900 a minute"))));
        ApiModel many = api("orders", with("/admin/**", tooMany("x", "y")));
        add("too many claims to list, each of them more", strict, many);
        add("too many claims to list, one value more", many, api("orders", with("/admin/**", tooMany("x", "y", "z"))));
        add("too many claims to list, one value less", api("orders", with("/admin/**", tooMany("x", "y", "z"))), many);
    }

    private static ApiModel retried(ApiModel api) {
        RetryRule retry = new RetryRule(1, null, true, Origin.unknown());
        Service service = api.service();
        return new ApiModel(
                api.name(),
                api.namespace(),
                api.entry(),
                new Service(service.name(), 80, service.labels(), List.of(), null, retry, null),
                List.of(),
                api.origin());
    }

    private void exposure() {
        add(
                "a route stands at a gateway that serves no host of it yet",
                api("orders", List.of(), access(ID, ORDERS, PUBLIC_STATUS), false, List.of()),
                api("orders", STRICT));
        ApiModel strict = api("orders", STRICT);
        add("an api is added", MeshModel.EMPTY, world(strict, api("catalog", Access.OPEN)));
        add("an api is removed", world(strict), MeshModel.EMPTY);
        add(
                "apis are removed with all that they ask",
                world(
                        api("catalog", Access.OPEN),
                        api(
                                "orders",
                                List.of("a.shop.example"),
                                STRICT,
                                false,
                                List.of(new Fixture.Closed("6 a minute"))),
                        retried(api("pay", Access.OPEN))),
                MeshModel.EMPTY);
        add(
                "apis are added that say whom they let in",
                MeshModel.EMPTY,
                world(
                        api("a-public", access(ID, ORDERS, rule(10, "/**", Requirement.PUBLIC))),
                        api("b-public-twice", access(ID, ORDERS, rule(10, "/**", Requirement.PUBLIC), PUBLIC_STATUS)),
                        api("c-some-paths", access(ID, ORDERS, PUBLIC_STATUS)),
                        api("d-some-methods", access(ID, ORDERS, rule(10, "GET /**", Requirement.PUBLIC))),
                        api("e-all-but-one", with("/**", Requirement.PUBLIC)),
                        api("f-nobody", access(ID, ORDERS))));
        add(
                "a host is added and another one dropped",
                api("orders", List.of("a.shop.example", "b.shop.example"), STRICT, false, List.of()),
                api("orders", List.of("b.shop.example", "c.shop.example"), STRICT, false, List.of()));
        add(
                "a host is taken over",
                world(strict, api("catalog", Access.OPEN)),
                world(api("catalog", List.of("orders.shop.localhost"), Access.OPEN, false, List.of())));
        add(
                "an api moves and opens",
                api("orders", List.of("a.shop.example"), STRICT, false, List.of()),
                api("orders", List.of("b.shop.example"), Access.OPEN, false, List.of()));
    }

    private void traffic() {
        ApiModel plain = api("orders", Access.OPEN);
        SplitRule half = split(null, new Share("v1", 90), new Share("v2", 10));
        ApiModel rich = rich(half, 2, "/api");
        add("everything about traffic is added", plain, rich);
        add("everything about traffic is dropped", rich, plain);
        add(
                "everything about traffic changes",
                rich,
                rich(
                        split(new Sticky(SplitRule.By.COOKIE, "lane"), new Share("v2", 25), new Share("v3", 75)),
                        3,
                        "/v2"));
    }

    private static SplitRule split(@Nullable Sticky sticky, Share... shares) {
        return new SplitRule(List.of(shares), sticky, Origin.at("Apis.java", 20));
    }

    static ApiModel rich(SplitRule split, int number, String to) {
        Entry entry = new Entry(
                List.of("orders.shop.localhost"),
                Access.OPEN,
                List.of(
                        new Route(
                                Match.match("/beta/**").header("X-Beta", "1"),
                                "v" + number,
                                Origin.at("Apis.java", 21)),
                        new Route(Match.any(), null, Origin.unknown())),
                List.of(new Rewrite(PathPattern.parse("/shop/**"), to, Origin.at("Apis.java", 22))),
                new HeaderChanges(Map.of("x-number", "" + number), Map.of("server", "n" + number)),
                false);
        List<Version> versions = new ArrayList<>();
        split.shares().forEach(share -> versions.add(Version.labelled(share.version())));
        versions.add(new Version("own", Map.of(), "orders-" + number));
        Service service = new Service(
                "orders",
                8080 + number,
                Map.of("app", "orders-" + number),
                versions,
                split,
                new RetryRule(number, Duration.ofMillis(1_500), number > 2, Origin.at("Apis.java", 23)),
                new TimeoutRule(Duration.ofSeconds(number * 30L), Origin.at("Apis.java", 24)));
        return new ApiModel("orders", "shop", entry, service, List.of(), Origin.at("Apis.java", 1));
    }

    private static Access trusting(List<String> audiences, Issuer... issuers) {
        return new Access(List.of(issuers), audiences, STRICT.rules());
    }

    private static Access without(String endpoint) {
        return access(
                ID,
                ORDERS,
                STRICT.rules().stream()
                        .filter(rule -> !rule.endpoint().toString().equals(endpoint))
                        .toArray(AccessRule[]::new));
    }

    private static Access with(String endpoint, Requirement requirement) {
        List<AccessRule> rules = new ArrayList<>(without(endpoint).rules());
        rules.add(rule(30, endpoint, requirement));
        return access(ID, ORDERS, rules.toArray(AccessRule[]::new));
    }

    private static Requirement tooMany(String... values) {
        List<Grant.ClaimRule> claims = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            claims.add(new Grant.ClaimRule("c" + i, List.of(values)));
        }
        return new Requirement.Token(List.of(new Grant(List.of("orders.admin", "mfa"), claims)));
    }

    @Test
    void pathsThatOverlapInTooManyWaysCountAsWidening() {
        List<AccessRule> rules = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            rules.add(rule(10, "/{x}".repeat(i) + "/l" + "/{x}".repeat(12 - i), Requirement.TOKEN));
        }
        ApiModel many = api("orders", access(ID, ORDERS, rules.toArray(AccessRule[]::new)));

        assertThat(told(world(api("orders", STRICT)), world(many)))
                .isEqualTo(
                        "! orders.shop: access rules cannot be compared: path patterns overlap in more than 4096 ways"
                                + "  (Apis.java:1)\n");
    }
}
