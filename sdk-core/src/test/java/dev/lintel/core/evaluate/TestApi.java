package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of one API, written in few words; each word has a line in {@code Orders.java}. */
final class TestApi {
    static final String ISSUER = "https://id.example";
    static final String HOST = "orders.shop.localhost";
    static final Draw FIRST = bound -> 0;

    private final String name;
    private final List<String> hosts = new ArrayList<>();
    private final List<AccessRule> rules = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Rewrite> rewrites = new ArrayList<>();
    private final List<GuardRule> guards = new ArrayList<>();
    private List<String> issuers = List.of(ISSUER);
    private List<String> audiences = List.of("orders");
    private @Nullable SplitRule split;
    private boolean parameters;
    private int line = 10;

    private TestApi(String name) {
        this.name = name;
    }

    static TestApi orders() {
        return named("orders");
    }

    static TestApi named(String name) {
        return new TestApi(name);
    }

    TestApi host(String host) {
        hosts.add(host);
        return this;
    }

    TestApi issuers(String... some) {
        issuers = List.of(some);
        return this;
    }

    TestApi audiences(String... some) {
        audiences = List.of(some);
        return this;
    }

    TestApi rule(String endpoint, Requirement requirement) {
        rules.add(new AccessRule(Endpoint.parse(endpoint), requirement, next()));
        return this;
    }

    TestApi scope(String endpoint, String... scopes) {
        return rule(endpoint, scopes(scopes));
    }

    TestApi route(String endpoint, @Nullable String version) {
        return route(Match.match(endpoint), version);
    }

    TestApi route(Match match, @Nullable String version) {
        routes.add(new Route(match, version, next()));
        return this;
    }

    TestApi rewrite(String from, String to) {
        rewrites.add(new Rewrite(PathPattern.parse(from), to, next()));
        return this;
    }

    TestApi split(Object... versionsAndWeights) {
        return split(null, versionsAndWeights);
    }

    TestApi split(SplitRule.@Nullable Sticky sticky, Object... versionsAndWeights) {
        List<SplitRule.Share> shares = new ArrayList<>();
        for (int i = 0; i < versionsAndWeights.length; i += 2) {
            shares.add(new SplitRule.Share((String) versionsAndWeights[i], (int) versionsAndWeights[i + 1]));
        }
        split = new SplitRule(shares, sticky, next());
        return this;
    }

    TestApi guard(GuardRule guard) {
        guards.add(guard);
        return this;
    }

    TestApi parameters() {
        parameters = true;
        return this;
    }

    ApiModel model() {
        Access access = rules.isEmpty()
                ? Access.OPEN
                : new Access(
                        issuers.stream()
                                .map(issuer -> new Issuer(issuer, null, List.of("RS256"), Origin.unknown()))
                                .toList(),
                        audiences,
                        rules);
        List<Route> all = new ArrayList<>(routes);
        all.add(new Route(Match.any(), null, Origin.at("Orders.java", 1)));
        List<String> names = hosts.isEmpty() ? List.of(name + ".shop.localhost") : hosts;
        Entry entry = new Entry(names, access, all, rewrites, HeaderChanges.NONE, parameters);
        Service service = new Service(name, 80, Map.of("app", name), List.of(), split, null, null);
        return new ApiModel(name, "shop", entry, service, guards, Origin.at("Orders.java", 1));
    }

    MeshModel world() {
        return new MeshModel(List.of(model()));
    }

    Evaluator evaluator() {
        return Evaluator.of(world());
    }

    private Origin next() {
        return Origin.at("Orders.java", line++);
    }

    static Requirement scopes(String... scopes) {
        return new Requirement.Token(List.of(new Grant(List.of(scopes), List.of())));
    }

    static Requirement claim(String name, String... anyOf) {
        return new Requirement.Token(List.of(new Grant(List.of(), List.of(new Grant.ClaimRule(name, List.of(anyOf))))));
    }

    static RequestValue request(String method, String path) {
        int question = path.indexOf('?');
        return question < 0
                ? RequestValue.of(method, HOST, path, null)
                : RequestValue.of(method, HOST, path.substring(0, question), path.substring(question + 1));
    }

    static Token.Verified token(String... scopes) {
        return Token.Verified.of(ISSUER, "alice", "orders", scopes);
    }

    static Decision.Forward forward(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return forward;
        }
        throw new AssertionError("must be forwarded: " + decision);
    }

    static Decision.Refuse refuse(Decision decision) {
        if (decision instanceof Decision.Refuse refuse) {
            return refuse;
        }
        throw new AssertionError("must be refused: " + decision);
    }
}
