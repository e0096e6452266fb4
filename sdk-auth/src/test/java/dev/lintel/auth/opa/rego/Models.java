package dev.lintel.auth.opa.rego;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Models for the comparison of both deciders: one by hand, others by chance. */
final class Models {
    static final String ISSUER = "https://id.example";
    static final String OTHER = "https://other.example";

    private static final List<String> SEGMENTS = List.of("a", "b", "{x}", "a%20b", "c'd");
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD");
    private static final List<String> SCOPES = List.of("read", "write", "quo\"te\\{}");
    private static final List<String> VALUES = List.of("acme", "true", "7", "caf\u00e9", "a\nb");
    private static final List<Peer> PEERS =
            List.of(new Peer("shop", "frontend"), new Peer("shop", null), new Peer("monitoring", "scraper"));

    private Models() {}

    /** Everything once. */
    static MeshModel everything() {
        Access access = new Access(
                List.of(issuer(ISSUER), issuer(OTHER)),
                List.of("orders", "all"),
                List.of(
                        rule("/health", Requirement.PUBLIC),
                        rule("/internal/**", Requirement.DENIED),
                        rule("/orders/**", token(grant(List.of("orders.read")))),
                        rule("POST /orders", token(grant(List.of("orders.write", "mfa")), grant(List.of("admin")))),
                        rule("/orders/{id}", Requirement.TOKEN),
                        rule(
                                "/orders/{id}/invoice",
                                token(new Grant(
                                        List.of(),
                                        List.of(
                                                new ClaimRule("tenant", List.of("acme", "beta")),
                                                new ClaimRule("level", List.of("7")))))),
                        rule(
                                "/orders/mine/{x}",
                                token(new Grant(
                                        List.of("orders.read"), List.of(new ClaimRule("staff", List.of("true"))))))));
        List<CallerRule> callers = List.of(
                caller("/orders/**", false, new Peer("shop", "frontend"), new Peer("monitoring", null)),
                caller("GET /orders/{id}", true, new Peer("shop", "frontend")));
        ApiModel orders = api(
                "orders", List.of("orders.shop.localhost", "orders.example.com"), List.of(), access, callers, false);
        ApiModel lax = api("lax", List.of("lax.shop.localhost"), List.of(), Access.OPEN, callers, true);
        ApiModel open = api("open", List.of("open.shop.localhost"), List.of(), Access.OPEN, List.of(), true);
        ApiModel left =
                api("left", List.of("shared.example.com"), List.of("/left/**", "/one"), Access.OPEN, List.of(), false);
        ApiModel right =
                api("right", List.of("shared.example.com"), List.of("/left/right/**"), access, List.of(), false);
        return new MeshModel(List.of(orders, lax, open, left, right));
    }

    /** One API that asks for tokens alone. */
    static MeshModel hostile() {
        Access access = new Access(
                List.of(issuer(ISSUER), issuer(OTHER)),
                List.of("orders", "all"),
                List.of(
                        rule("/any", Requirement.TOKEN),
                        rule("/health", Requirement.PUBLIC),
                        rule(
                                "/orders/{id}/invoice",
                                token(new Grant(
                                        List.of(),
                                        List.of(
                                                new ClaimRule("tenant", List.of("acme", "beta")),
                                                new ClaimRule("level", List.of("7"))))))));
        return new MeshModel(List.of(api("hostile", List.of("hostile.example"), List.of(), access, List.of(), false)));
    }

    /** One API with one rule of each kind. */
    static MeshModel few() {
        Access access = new Access(
                List.of(issuer(ISSUER)),
                List.of("orders"),
                List.of(
                        rule("/health", Requirement.PUBLIC),
                        rule("/internal/**", Requirement.DENIED),
                        rule(
                                "GET /orders/{id}",
                                token(new Grant(List.of("read"), List.of(new ClaimRule("tenant", List.of("acme"))))))));
        List<CallerRule> callers = List.of(caller("/orders/**", true, new Peer("shop", "frontend")));
        return new MeshModel(List.of(api("few", List.of("few.example"), List.of(), access, callers, false)));
    }

    /** One API by chance. */
    static MeshModel random(Random random) {
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        List<AccessRule> rules = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            Endpoint endpoint = endpoint(random);
            if (endpoints.stream().noneMatch(endpoint::rivals) && endpoints.add(endpoint)) {
                rules.add(new AccessRule(endpoint, requirement(random), Origin.unknown()));
            }
        }
        List<CallerRule> callers = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            callers.add(new CallerRule(
                    endpoint(random), List.of(one(PEERS, random)), random.nextBoolean(), Origin.unknown()));
        }
        List<String> audiences = random.nextBoolean() ? List.of() : List.of("orders");
        Access access = random.nextInt(8) == 0 ? Access.OPEN : new Access(List.of(issuer(ISSUER)), audiences, rules);
        return new MeshModel(List.of(
                api("orders", List.of("orders.shop.localhost"), List.of(), access, callers, random.nextInt(4) == 0)));
    }

    private static Requirement requirement(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Requirement.PUBLIC;
            case 1 -> Requirement.DENIED;
            case 2 -> Requirement.TOKEN;
            default -> {
                List<Grant> grants = new ArrayList<>();
                for (int i = random.nextInt(2); i >= 0; i--) {
                    List<ClaimRule> claims = random.nextBoolean()
                            ? List.of()
                            : List.of(new ClaimRule("tenant", List.of(one(VALUES, random), one(VALUES, random))));
                    grants.add(new Grant(List.of(one(SCOPES, random)), claims));
                }
                yield new Requirement.Token(grants);
            }
        };
    }

    private static Endpoint endpoint(Random random) {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            segments.add(one(SEGMENTS, random));
        }
        List<String> methods = random.nextBoolean() ? List.of() : List.of(one(METHODS, random));
        return new Endpoint(methods, new PathPattern(segments, random.nextBoolean()));
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    static Issuer issuer(String name) {
        return new Issuer(name, null, List.of("RS256", "ES256"), Origin.unknown());
    }

    static AccessRule rule(String endpoint, Requirement requirement) {
        return new AccessRule(Endpoint.parse(endpoint), requirement, Origin.unknown());
    }

    static Requirement token(Grant... anyOf) {
        return new Requirement.Token(List.of(anyOf));
    }

    static Grant grant(List<String> scopes) {
        return new Grant(scopes, List.of());
    }

    static CallerRule caller(String endpoint, boolean entering, Peer... peers) {
        return new CallerRule(Endpoint.parse(endpoint), List.of(peers), entering, Origin.unknown());
    }

    static ApiModel api(
            String name,
            List<String> hosts,
            List<String> paths,
            Access access,
            List<CallerRule> callers,
            boolean parameters,
            GuardRule... guards) {
        Entry entry = new Entry(
                hosts,
                access,
                List.of(new Route(Match.any(), null, Origin.unknown())),
                List.of(),
                HeaderChanges.NONE,
                parameters,
                paths.stream().map(PathPattern::parse).toList(),
                null,
                null);
        Service service =
                new Service(name, 80, Map.of("app", name), List.of(), null, null, null, Traffic.NONE, callers);
        return new ApiModel(name, "shop", entry, service, List.of(guards), Origin.unknown());
    }
}
