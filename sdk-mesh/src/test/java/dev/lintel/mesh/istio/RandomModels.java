package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Models as a compiler of definitions could make them, over few words, so that their paths overlap. */
public final class RandomModels {
    static final List<String> ISSUERS = List.of("https://id.example", "https://id.example/tenant");
    static final List<String> SCOPES = List.of("read", "write", "admin");
    static final List<String> WORDS = List.of("a", "b", "foo", "foobar");

    private static final List<List<String>> METHODS = List.of(
            List.of(),
            List.of(),
            List.of("GET"),
            List.of("POST"),
            List.of("GET", "POST"),
            List.of("HEAD"),
            List.of("PUT", "DELETE"));

    private final Random random;

    /** Equal seeds make equal models. */
    public RandomModels(long seed) {
        // The first numbers of neighbouring seeds are alike: unmixed, thousands of models in a row share no host.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** The next one. */
    public MeshModel model() {
        List<ApiModel> apis = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            return shared();
        }
        apis.add(api("carts", "money"));
        if (random.nextBoolean()) {
            apis.add(api("orders", "shop"));
        }
        return new MeshModel(apis);
    }

    /** Two or three APIs that share a host. */
    private MeshModel shared() {
        List<ApiModel> apis = new ArrayList<>();
        List<PathPattern> claimed = new ArrayList<>();
        boolean parameters = random.nextInt(4) == 0;
        for (String name : List.of("carts", "orders", "stock").subList(0, 2 + random.nextInt(2))) {
            List<PathPattern> paths = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                PathPattern path = path();
                boolean isNew = claimed.stream().noneMatch(path::sameAs)
                        && paths.stream().noneMatch(other -> other.covers(path) || path.covers(other));
                if (isNew) {
                    claimed.add(path);
                    paths.add(path);
                }
            }
            if (!paths.isEmpty()) {
                ApiModel own = api(name, "shop");
                Entry entry = own.entry();
                Entry part = new Entry(
                        List.of("all.shop.example.com"),
                        entry.access(),
                        entry.routes(),
                        entry.rewrites(),
                        entry.headers(),
                        parameters,
                        paths,
                        null,
                        null);
                apis.add(new ApiModel(name, "shop", part, own.service(), List.of(), Origin.unknown()));
            }
        }
        return new MeshModel(apis);
    }

    ApiModel api(String name, String namespace) {
        List<Version> versions = List.of(
                new Version("V3", Map.of("version", "V3"), null),
                random.nextInt(3) == 0 ? new Version("v1", Map.of(), name + "-old") : Version.labelled("v1"),
                random.nextInt(3) == 0 ? new Version("v2", Map.of("track", "canary"), null) : Version.labelled("v2"));
        Access access = access();
        RandomTraffic traffic = new RandomTraffic(random);
        List<Route> routes = some(4, () -> route(access, traffic));
        routes.add(new Route(Match.any(), null, null));
        routes.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        List<Rewrite> rewrites = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            for (Rewrite rewrite : some(2, this::rewrite)) {
                if (rewrites.stream().noneMatch(one -> one.from().equals(rewrite.from()))) {
                    rewrites.add(rewrite);
                }
            }
        }
        rewrites.sort(Comparator.comparing(Rewrite::from, Precedence.ofPaths()));
        List<String> hosts = random.nextInt(3) == 0
                ? List.of(name + "." + namespace + ".example.org", name + "." + namespace + ".example.com")
                : List.of(name + "." + namespace + ".example.com");
        HeaderChanges headers = random.nextInt(3) == 0 ? traffic.headers() : HeaderChanges.NONE;
        boolean parameters = random.nextInt(4) == 0;
        Entry entry = new Entry(hosts, access, routes, rewrites, headers, parameters);
        return new ApiModel(name, namespace, entry, service(name, versions, traffic), List.of(), Origin.unknown());
    }

    /** Answers are rare where somebody is asked, because most of them are refused there. */
    private Route route(Access access, RandomTraffic traffic) {
        if (random.nextInt(access.isRestricted() ? 40 : 4) == 0) {
            return new Route(match(), null, traffic.answer(), null);
        }
        return new Route(match(), random.nextInt(4) == 0 ? null : version(), null);
    }

    private Service service(String name, List<Version> versions, RandomTraffic traffic) {
        SplitRule split = random.nextInt(3) == 0 ? null : split();
        TimeoutRule timeout = random.nextInt(3) != 0 ? null : new TimeoutRule(Duration.ofMillis(1500), null);
        int port = random.nextBoolean() ? 80 : 8080;
        return new Service(
                name, port, Map.of("app", name), versions, split, traffic.retry(), timeout, traffic.traffic());
    }

    private SplitRule split() {
        List<SplitRule.Share> shares = new ArrayList<>();
        int first = random.nextInt(5) * 25;
        int second = (100 - first) / 2;
        shares.add(new SplitRule.Share("v1", first));
        shares.add(new SplitRule.Share("v2", second));
        shares.add(new SplitRule.Share("V3", 100 - first - second));
        SplitRule.Sticky sticky = random.nextBoolean() ? null : new SplitRule.Sticky(SplitRule.By.COOKIE, "lin.tel");
        return new SplitRule(shares, sticky, null);
    }

    /** One of the two has its keys in the model. */
    private static @Nullable String pinned(String issuer) {
        return issuer.endsWith("/tenant") ? Sketch.KEYS : null;
    }

    private Access access() {
        if (random.nextInt(4) == 0) {
            return Access.OPEN;
        }
        List<Issuer> issuers = ISSUERS.subList(0, 1 + random.nextInt(2)).stream()
                .map(issuer -> new Issuer(issuer, null, pinned(issuer), List.of("any"), null))
                .toList();
        List<String> audiences = List.of("orders", "all").subList(0, random.nextInt(3));
        List<AccessRule> rules = some(6, () -> new AccessRule(new Endpoint(methods(), path()), requirement(), null));
        if (rules.isEmpty() || random.nextBoolean()) {
            rules.add(new AccessRule(Endpoint.any(), requirement(), null));
        }
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return new Access(issuers, audiences, rules);
    }

    private Requirement requirement() {
        return switch (random.nextInt(7)) {
            case 0 -> Requirement.PUBLIC;
            case 1 -> Requirement.DENIED;
            case 2 -> Requirement.TOKEN;
            case 3 -> new Requirement.Token(List.of(grant(), grant()));
            default -> new Requirement.Token(List.of(grant()));
        };
    }

    private Grant grant() {
        List<String> scopes = some(2, () -> SCOPES.get(random.nextInt(SCOPES.size())));
        List<Grant.ClaimRule> claims =
                random.nextInt(4) == 0 ? List.of(new Grant.ClaimRule("role", List.of("ops", "boss"))) : List.of();
        return new Grant(scopes.stream().distinct().toList(), claims);
    }

    private Match match() {
        Match match = Match.of(new Endpoint(methods(), path()));
        if (random.nextInt(3) == 0) {
            match = match.header("x-beta", "1");
        }
        return random.nextInt(4) == 0 ? match.query("q", "1") : match;
    }

    private Rewrite rewrite() {
        boolean subtree = random.nextInt(3) != 0;
        List<String> from = words(subtree ? 0 : 1, false);
        List<String> to = words(0, false);
        return new Rewrite(new PathPattern(from, subtree), "/" + String.join("/", to), null);
    }

    private List<String> methods() {
        return METHODS.get(random.nextInt(METHODS.size()));
    }

    private String version() {
        return List.of("v1", "v2", "V3").get(random.nextInt(3));
    }

    private PathPattern path() {
        return new PathPattern(words(0, true), random.nextBoolean());
    }

    private List<String> words(int least, boolean templates) {
        List<String> words = new ArrayList<>();
        int depth = least + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            words.add(templates && random.nextInt(4) == 0 ? "{x}" : WORDS.get(random.nextInt(WORDS.size())));
        }
        return words;
    }

    private <T> List<T> some(int most, java.util.function.Supplier<T> each) {
        List<T> list = new ArrayList<>();
        int size = random.nextInt(most + 1);
        for (int i = 0; i < size; i++) {
            list.add(each.get());
        }
        return list;
    }
}
