package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A world of several APIs with callers, boundaries, authorizers and logins, in few words; each has its line in {@code Town.java}. */
final class Town {
    static final String ISSUER = "https://id.example";
    static final Draw FIRST = bound -> 0;

    private final Map<String, House> houses = new LinkedHashMap<>();
    private final List<IsolationRule> isolations = new ArrayList<>();
    private final List<EgressRule> egress = new ArrayList<>();
    private House last = new House("none", "none");

    private static final class House {
        final String name;
        final String namespace;
        final List<String> hosts = new ArrayList<>();
        final List<CallerRule> callers = new ArrayList<>();
        final List<PathPattern> paths = new ArrayList<>();
        final List<AccessRule> rules = new ArrayList<>();
        final List<Rewrite> rewrites = new ArrayList<>();
        final List<Choice> choices = new ArrayList<>();
        final List<GuardRule> guards = new ArrayList<>();
        final List<Version> versions = new ArrayList<>();
        boolean parameters;

        @Nullable
        AuthorizerRule authorizer;

        @Nullable
        LoginRule login;

        House(String name, String namespace) {
            this.name = name;
            this.namespace = namespace;
        }
    }

    /** Adds an API, of which the next words speak. */
    Town api(String id) {
        Peer peer = Peer.parse(id);
        last = new House(String.valueOf(peer.name()), peer.namespace());
        houses.put(id, last);
        return this;
    }

    Town only(String endpoint, String... peers) {
        last.callers.add(new CallerRule(Endpoint.parse(endpoint), peers(peers), false, line(30)));
        return this;
    }

    Town onlyOrEntering(String endpoint, String... peers) {
        last.callers.add(new CallerRule(Endpoint.parse(endpoint), peers(peers), true, line(31)));
        return this;
    }

    Town everybody(String endpoint) {
        last.callers.add(CallerRule.everybody(Endpoint.parse(endpoint), line(32)));
        return this;
    }

    Town host(String host) {
        last.hosts.add(host);
        return this;
    }

    Town paths(String... paths) {
        Arrays.stream(paths).map(PathPattern::parse).forEach(last.paths::add);
        return this;
    }

    Town rule(String endpoint, Requirement requirement) {
        last.rules.add(new AccessRule(Endpoint.parse(endpoint), requirement, line(20)));
        return this;
    }

    Town rewrite(String from, String to) {
        last.rewrites.add(new Rewrite(PathPattern.parse(from), to, line(21)));
        return this;
    }

    Town choice(Choice choice) {
        last.choices.add(choice);
        return this;
    }

    Town version(Version version) {
        last.versions.add(version);
        return this;
    }

    Town guard(GuardRule guard) {
        last.guards.add(guard);
        return this;
    }

    Town parameters() {
        last.parameters = true;
        return this;
    }

    Town authorizer(boolean failOpen) {
        last.authorizer = new AuthorizerRule(
                AuthorizerRule.Protocol.OPA_REST,
                URI.create("http://127.0.0.1:8181"),
                "shop/allow",
                Duration.ofMillis(200),
                failOpen,
                403,
                null,
                line(22));
        return this;
    }

    Town login() {
        last.login = new LoginRule(
                ISSUER,
                "web",
                null,
                List.of("openid"),
                new SecretRef("shop", "keys", "key"),
                "/oauth2",
                "__Host-session",
                Duration.ofHours(8),
                null,
                "/",
                false,
                "groups",
                line(23));
        return this;
    }

    Town isolate(String namespace, List<String> from, List<String> to) {
        isolations.add(new IsolationRule(
                namespace,
                peers(from.toArray(String[]::new)),
                peers(to.toArray(String[]::new)),
                line(40 + isolations.size())));
        return this;
    }

    Town egress(String namespace, String host) {
        egress.add(new EgressRule(namespace, host, List.of(443), List.of(), false, line(50)));
        return this;
    }

    MeshModel model() {
        List<ApiModel> apis = new ArrayList<>();
        houses.values().forEach(house -> apis.add(model(house)));
        apis.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        return new MeshModel(apis, egress, isolations);
    }

    Evaluator evaluator() {
        return Evaluator.of(model());
    }

    private static ApiModel model(House house) {
        Issuer issuer = new Issuer(ISSUER, null, List.of("RS256"), Origin.unknown());
        Access access = house.rules.isEmpty()
                ? Access.OPEN
                : new Access(
                        List.of(issuer),
                        List.of(),
                        house.rules.stream()
                                .sorted(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER))
                                .toList());
        Entry entry = new Entry(
                house.hosts.isEmpty() ? List.of(house.name + "." + house.namespace + ".localhost") : house.hosts,
                access,
                List.of(new Route(Match.any(), null, line(10))),
                house.rewrites,
                HeaderChanges.NONE,
                house.parameters,
                house.paths,
                house.authorizer,
                house.login);
        Traffic traffic = new Traffic(house.choices, List.of(), null, null, null, null, null);
        Service service = new Service(
                house.name,
                80,
                Map.of("app", house.name),
                house.versions,
                null,
                null,
                null,
                traffic,
                house.callers.stream()
                        .sorted(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER))
                        .toList());
        return new ApiModel(house.name, house.namespace, entry, service, house.guards, line(10));
    }

    static List<Peer> peers(String... texts) {
        return Arrays.stream(texts).map(Peer::parse).toList();
    }

    private static Origin line(int line) {
        return Origin.at("Town.java", line);
    }

    /** A call from inside, by a workload, or by a caller without a certificate for the empty string. */
    static RequestValue call(String by, String method, String service, String path) {
        return RequestValue.of(method, service, path, null).inMesh().caller(who(by));
    }

    /** A request that enters by the API's host. */
    static RequestValue enter(String by, String method, String api, String path) {
        return RequestValue.of(method, api + ".localhost", path, null).caller(who(by));
    }

    static Caller who(String by) {
        return by.isEmpty() ? Caller.NONE : Caller.Workload.of(by);
    }

    /** {@code ok}, or the status and the reason. */
    static String told(Decision decision) {
        return decision instanceof Decision.Refuse refuse
                ? refuse.status() + " " + refuse.reason()
                : decision instanceof Decision.Forward ? "ok" : decision.toString();
    }

    String call(String by, String service, String path) {
        return told(evaluator().decide(call(by, "GET", service, path), FIRST));
    }

    String enter(String by, String api, String path) {
        return told(evaluator().decide(enter(by, "GET", api, path), FIRST));
    }
}
