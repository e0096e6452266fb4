package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.Condition;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.istio.RandomModels;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Random models without what an extension refuses anyway, so that most of them say something. */
final class AdaptedModels {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Extension extension;
    private boolean templates;

    AdaptedModels(Extension extension) {
        this.extension = extension;
    }

    /** Templates are rare, because most of them overlap in an order that no implementation has. */
    MeshModel model(long seed) {
        templates = extension == Extension.ENVOY_GATEWAY && seed % 3 == 0;
        return of(new RandomModels(seed).model());
    }

    /** Several APIs at one host; nearby seeds begin alike, so that they are spread first. */
    MeshModel sharing(long seed) {
        templates = extension == Extension.ENVOY_GATEWAY && seed % 3 == 0;
        for (long spread = seed * SPREAD; ; spread++) {
            MeshModel model = of(new RandomModels(spread).model());
            if (model.apis().size() > 1 && !model.apis().get(0).entry().paths().isEmpty()) {
                return model;
            }
        }
    }

    private MeshModel of(MeshModel model) {
        return OwnPaths.of(model, this::path, this::api);
    }

    private ApiModel api(ApiModel api, List<PathPattern> paths) {
        Entry entry = api.entry();
        List<Route> routes = new ArrayList<>();
        for (Route route : entry.routes()) {
            boolean direct = route.answer() instanceof Answer.Direct;
            if (extension == Extension.ENVOY_GATEWAY || !direct) {
                Match match = route.match();
                routes.add(new Route(
                        new Match(endpoint(match.endpoint()), match.headers(), match.query()),
                        route.version(),
                        route.answer(),
                        route.origin()));
            }
        }
        routes.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        List<Rewrite> rewrites = new ArrayList<>(entry.rewrites());
        rewrites.sort(Comparator.comparing(Rewrite::from, Precedence.ofPaths()));
        boolean plain = extension == Extension.NONE;
        Entry adapted = new Entry(
                entry.hosts(),
                plain ? Access.OPEN : access(entry.access()),
                routes,
                rewrites,
                plain ? HeaderChanges.NONE : entry.headers(),
                entry.pathParameters(),
                paths,
                null,
                null);
        return new ApiModel(api.name(), api.namespace(), adapted, service(api.service()), api.guards(), api.origin());
    }

    private Access access(Access access) {
        List<Issuer> issuers = access.issuers().stream()
                .map(one ->
                        new Issuer(one.issuer(), URI.create(one.issuer() + "/keys"), one.algorithms(), one.origin()))
                .toList();
        List<AccessRule> rules = new ArrayList<>();
        access.rules()
                .forEach(rule ->
                        rules.add(new AccessRule(endpoint(rule.endpoint()), rule.requirement(), rule.origin())));
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return new Access(issuers, access.audiences(), rules);
    }

    private Endpoint endpoint(Endpoint endpoint) {
        return new Endpoint(endpoint.methods(), path(endpoint.path()));
    }

    private PathPattern path(PathPattern path) {
        if (templates) {
            return path;
        }
        List<String> segments = path.segments().stream()
                .map(segment -> PathPattern.isTemplate(segment) ? "a" : segment)
                .toList();
        return new PathPattern(segments, path.subtree());
    }

    private Service service(Service service) {
        List<Version> versions = service.versions().stream()
                .map(version -> new Version(
                        version.name(),
                        java.util.Map.of(),
                        service.name() + "-" + version.name().toLowerCase(Locale.ROOT)))
                .toList();
        SplitRule split = service.split();
        if (split != null && extension == Extension.NONE) {
            split = new SplitRule(split.shares(), null, split.origin());
        }
        Traffic traffic = service.traffic();
        BalanceRule balance = traffic.balance();
        boolean odd = balance != null
                && extension == Extension.ENVOY_GATEWAY
                && (balance.localityFirst()
                        || balance.hashOn() != null
                                && Objects.requireNonNull(balance.hashOn()).by() == BalanceRule.By.QUERY);
        boolean plain = extension == Extension.NONE;
        boolean cookies = extension != Extension.NONE;
        Traffic adapted = new Traffic(
                traffic.choices().stream()
                        .filter(choice -> cookies || choice.when().by() == Condition.By.HEADER)
                        .toList(),
                plain ? traffic.mirrors().stream().limit(0).toList() : traffic.mirrors(),
                extension == Extension.ENVOY_GATEWAY ? traffic.fault() : null,
                plain ? null : traffic.breaker(),
                plain || odd ? null : balance,
                null,
                null);
        return new Service(
                service.name(), service.port(), service.labels(), versions, split, null, service.timeout(), adapted);
    }
}
