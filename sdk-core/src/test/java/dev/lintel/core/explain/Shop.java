package dev.lintel.core.explain;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.SecretRef;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A world of one API, {@code pay.shop}, made of as much as a test needs; each word has a line in {@code Pay.java}. */
final class Shop {
    static final String ISSUER = "https://id.example";

    private final List<AccessRule> rules = new ArrayList<>();
    private final List<CallerRule> callers = new ArrayList<>();
    private final List<IsolationRule> isolations = new ArrayList<>();
    private final List<GuardRule> guards = new ArrayList<>();
    private boolean issuer = true;
    private @Nullable AuthorizerRule authorizer;
    private @Nullable LoginRule login;

    Shop rule(String endpoint, Requirement requirement, int line) {
        rules.add(new AccessRule(Endpoint.parse(endpoint), requirement, Origin.at("Pay.java", line)));
        return this;
    }

    Shop scope(String endpoint, String scope, int line) {
        return rule(endpoint, new Requirement.Token(List.of(new Grant(List.of(scope), List.of()))), line);
    }

    Shop group(String endpoint, String group, int line) {
        Grant.ClaimRule claim = new Grant.ClaimRule("groups", List.of(group));
        return rule(endpoint, new Requirement.Token(List.of(new Grant(List.of(), List.of(claim)))), line);
    }

    Shop callers(String endpoint, int line, String... peers) {
        List<Peer> all = List.of(peers).stream().map(Peer::parse).toList();
        callers.add(new CallerRule(Endpoint.parse(endpoint), all, false, Origin.at("Pay.java", line)));
        return this;
    }

    Shop isolated(String namespace, int line, String... from) {
        List<Peer> all = List.of(from).stream().map(Peer::parse).toList();
        isolations.add(new IsolationRule(namespace, all, List.of(), Origin.at("Shop.java", line)));
        return this;
    }

    Shop opa(int line) {
        authorizer = new AuthorizerRule(
                AuthorizerRule.Protocol.OPA_REST,
                URI.create("http://127.0.0.1:8181"),
                "envoy/authz/allow",
                Duration.ofSeconds(1),
                false,
                403,
                null,
                Origin.at("Pay.java", line));
        return this;
    }

    Shop guard(GuardRule guard) {
        guards.add(guard);
        return this;
    }

    /** People log in, and bearer tokens are not accepted. */
    Shop login(int line) {
        issuer = false;
        login = new LoginRule(
                ISSUER,
                "pay",
                null,
                List.of("openid"),
                new SecretRef("shop", "pay", "keys"),
                "/oauth2",
                "__Host-pay",
                Duration.ofHours(8),
                null,
                "/",
                false,
                "groups",
                Origin.at("Pay.java", line));
        return this;
    }

    MeshModel world() {
        List<Issuer> issuers = issuer && !rules.isEmpty()
                ? List.of(new Issuer(ISSUER, null, List.of("RS256"), Origin.unknown()))
                : List.of();
        List<String> audiences = issuers.isEmpty() ? List.of() : List.of("pay");
        Entry entry = new Entry(
                List.of("pay.shop.localhost"),
                new Access(issuers, audiences, rules),
                List.of(new Route(Match.any(), null, Origin.at("Pay.java", 1))),
                List.of(),
                HeaderChanges.NONE,
                false,
                List.of(),
                authorizer,
                login);
        Service service =
                new Service("pay", 80, Map.of("app", "pay"), List.of(), null, null, null, Traffic.NONE, callers);
        ApiModel api = new ApiModel("pay", "shop", entry, service, guards, Origin.at("Pay.java", 1));
        return new MeshModel(List.of(api), List.of(), isolations);
    }

    Explained explain(Asked asked) {
        return Explained.of(Evaluator.of(world()), asked, bound -> 0);
    }
}
