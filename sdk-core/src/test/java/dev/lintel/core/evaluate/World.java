package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A world with one API, {@code orders.shop}, made of as much as a test needs. */
record World(
        List<AccessRule> rules,
        List<String> audiences,
        List<Route> routes,
        List<Rewrite> rewrites,
        @Nullable SplitRule split,
        List<GuardRule> guards,
        boolean pathParameters,
        Traffic traffic) {
    static final String ISSUER = "https://id.example";

    static World open() {
        return new World(List.of(), List.of(), List.of(), List.of(), null, List.of(), false, Traffic.NONE);
    }

    World rule(String endpoint, Requirement requirement, int line) {
        List<AccessRule> more = new ArrayList<>(rules);
        more.add(new AccessRule(Endpoint.parse(endpoint), requirement, Origin.at("Orders.java", line)));
        return new World(more, audiences, routes, rewrites, split, guards, pathParameters, traffic);
    }

    World audience(String... anyOf) {
        return new World(rules, List.of(anyOf), routes, rewrites, split, guards, pathParameters, traffic);
    }

    World route(String endpoint, String version) {
        List<Route> more = new ArrayList<>(routes);
        more.add(new Route(Match.match(endpoint), version, Origin.at("Orders.java", 20)));
        return new World(rules, audiences, more, rewrites, split, guards, pathParameters, traffic);
    }

    World answer(String endpoint, Answer answer) {
        List<Route> more = new ArrayList<>(routes);
        more.add(new Route(Match.match(endpoint), null, answer, Origin.at("Orders.java", 23)));
        return new World(rules, audiences, more, rewrites, split, guards, pathParameters, traffic);
    }

    World choice(Condition when, String version) {
        List<Choice> more = new ArrayList<>(traffic.choices());
        more.add(new Choice(when, version, Origin.at("Orders.java", 24)));
        return traffic(new Traffic(more, traffic.mirrors(), traffic.fault(), null, null, null, null));
    }

    World mirror(String version, int percent) {
        List<MirrorRule> more = new ArrayList<>(traffic.mirrors());
        more.add(new MirrorRule(version, percent, Origin.at("Orders.java", 25)));
        return traffic(new Traffic(traffic.choices(), more, traffic.fault(), null, null, null, null));
    }

    World fault(FaultRule.@Nullable Delay delay, FaultRule.@Nullable Abort abort) {
        FaultRule fault = new FaultRule(delay, abort, Origin.at("Orders.java", 26));
        return traffic(new Traffic(traffic.choices(), traffic.mirrors(), fault, null, null, null, null));
    }

    private World traffic(Traffic other) {
        return new World(rules, audiences, routes, rewrites, split, guards, pathParameters, other);
    }

    World rewrite(String from, String to) {
        List<Rewrite> more = new ArrayList<>(rewrites);
        more.add(new Rewrite(PathPattern.parse(from), to, Origin.at("Orders.java", 21)));
        return new World(rules, audiences, routes, more, split, guards, pathParameters, traffic);
    }

    World split(SplitRule.@Nullable Sticky sticky, Object... versionsAndWeights) {
        List<SplitRule.Share> shares = new ArrayList<>();
        for (int i = 0; i < versionsAndWeights.length; i += 2) {
            shares.add(new SplitRule.Share((String) versionsAndWeights[i], (Integer) versionsAndWeights[i + 1]));
        }
        SplitRule rule = new SplitRule(shares, sticky, Origin.at("Orders.java", 22));
        return new World(rules, audiences, routes, rewrites, rule, guards, pathParameters, traffic);
    }

    World guard(GuardRule guard) {
        return new World(rules, audiences, routes, rewrites, split, List.of(guard), pathParameters, traffic);
    }

    World allowPathParameters() {
        return new World(rules, audiences, routes, rewrites, split, guards, true, traffic);
    }

    Evaluator evaluator() {
        return Evaluator.of(model());
    }

    MeshModel model() {
        List<Route> all = new ArrayList<>(routes);
        all.add(new Route(Match.any(), null, Origin.at("Orders.java", 10)));
        all.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        List<AccessRule> sorted = new ArrayList<>(rules);
        sorted.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Issuer issuer = new Issuer(ISSUER, null, List.of("RS256"), Origin.unknown());
        Access access = rules.isEmpty() ? Access.OPEN : new Access(List.of(issuer), audiences, sorted);
        Entry entry =
                new Entry(List.of("orders.shop.localhost"), access, all, rewrites, HeaderChanges.NONE, pathParameters);
        Service service = new Service("orders", 80, Map.of("app", "orders"), List.of(), split, null, null, traffic);
        return new MeshModel(
                List.of(new ApiModel("orders", "shop", entry, service, guards, Origin.at("Orders.java", 10))));
    }

    static RequestValue get(String path) {
        return RequestValue.of("GET", "orders.shop.localhost", path, null);
    }
}
