package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API of 'shop', 'orders' unless said, with the versions v1 and v2, and what a test says about it. */
public final class Sketch {
    /** The key of RFC 7517, A.1: Istio's webhook looks at it. */
    static final String KEYS = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    public static final Origin LINE = Origin.at("Orders.java", 7);

    private final List<AccessRule> access = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>(List.of(Version.labelled("v1")));
    private final List<Choice> choices = new ArrayList<>();
    private final List<MirrorRule> mirrors = new ArrayList<>();
    private String name = "orders";
    private HeaderChanges headers = HeaderChanges.NONE;
    private SplitRule.@Nullable Sticky sticky;
    private Version second = Version.labelled("v2");
    private boolean split = true;
    private boolean versioned = true;
    private @Nullable FaultRule fault;
    private @Nullable BreakerRule breaker;
    private @Nullable BalanceRule balance;
    private @Nullable HealthRule health;
    private @Nullable RetryRule retry;
    private @Nullable String keys;

    /** A breaker with the numbers that Envoy has by itself, and limits. */
    public static BreakerRule breaker(@Nullable Integer percent, BreakerRule.Limits limits) {
        return breaker(percent, Duration.ofMinutes(5), Duration.ZERO, limits);
    }

    public static BreakerRule breaker(
            @Nullable Integer percent, Duration longest, Duration jitter, BreakerRule.Limits limits) {
        BreakerRule.Outliers outliers = new BreakerRule.Outliers(
                5, 0, false, 0, Duration.ofSeconds(10), Duration.ofSeconds(30), longest, jitter, percent);
        return new BreakerRule(outliers, limits, LINE);
    }

    public Sketch pinned(String keySet) {
        keys = keySet;
        return this;
    }

    public Sketch named(String other) {
        name = other;
        return this;
    }

    public Sketch withoutSplit() {
        split = false;
        return this;
    }

    Sketch withoutVersions() {
        versioned = false;
        return withoutSplit();
    }

    public Sketch sticky(SplitRule.By by, String name) {
        sticky = new SplitRule.Sticky(by, name);
        return this;
    }

    public Sketch ownService(String service) {
        second = new Version("v2", Map.of(), service);
        return this;
    }

    public Sketch scope(String endpoint, Requirement requirement) {
        access.add(new AccessRule(Endpoint.parse(endpoint), requirement, LINE));
        return this;
    }

    public Sketch answer(String endpoint, Answer answer) {
        return answer(Match.match(endpoint), answer);
    }

    public Sketch answer(Match match, Answer answer) {
        routes.add(new Route(match, null, answer, LINE));
        return this;
    }

    public Sketch route(Match match, String version) {
        routes.add(new Route(match, version, LINE));
        return this;
    }

    public Sketch choice(Condition when, String version) {
        choices.add(new Choice(when, version, LINE));
        return this;
    }

    public Sketch mirror(String version, int percent) {
        mirrors.add(new MirrorRule(version, percent, LINE));
        return this;
    }

    public Sketch fault(FaultRule.@Nullable Delay delay, FaultRule.@Nullable Abort abort) {
        fault = new FaultRule(delay, abort, LINE);
        return this;
    }

    public Sketch breaker(BreakerRule rule) {
        breaker = rule;
        return this;
    }

    public Sketch balance(BalanceRule.Algorithm algorithm, BalanceRule.@Nullable HashOn hashOn, boolean nearby) {
        balance = new BalanceRule(algorithm, hashOn, nearby, LINE);
        return this;
    }

    public Sketch health(HealthRule rule) {
        health = rule;
        return this;
    }

    public Sketch retry(RetryRule rule) {
        retry = rule;
        return this;
    }

    public Sketch headers(MoreHeaders more) {
        headers = new HeaderChanges(Map.of("x-tenant", "acme"), Map.of("server", "shop"), more);
        return this;
    }

    public MeshModel model() {
        return new MeshModel(List.of(api()));
    }

    public ApiModel api() {
        List<Route> all = new ArrayList<>(routes);
        all.add(new Route(Match.any(), null, LINE));
        all.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        access.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        List<Issuer> issuers = List.of(new Issuer("https://id.example", null, keys, List.of("RS256"), LINE));
        Access asked = access.isEmpty() ? Access.OPEN : new Access(issuers, List.of("orders"), access);
        Entry entry = new Entry(List.of(name + ".shop.example.com"), asked, all, List.of(), headers, false);
        List<Version> both = new ArrayList<>(versioned ? versions : List.of());
        if (versioned) {
            both.add(second);
        }
        SplitRule shares =
                new SplitRule(List.of(new SplitRule.Share("v1", 90), new SplitRule.Share("v2", 10)), sticky, LINE);
        Traffic traffic = new Traffic(choices, mirrors, fault, breaker, balance, health, null);
        Service service = new Service(name, 80, Map.of("app", name), both, split ? shares : null, retry, null, traffic);
        return new ApiModel(name, "shop", entry, service, List.of(), LINE);
    }
}
