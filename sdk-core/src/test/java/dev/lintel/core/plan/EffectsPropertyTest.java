package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Effects against brute force: random pairs of models are asked about every request of a small world; access widens
 * exactly if one of these requests was refused and is let through.
 */
class EffectsPropertyTest {
    /** 3,000 pairs take three minutes; {@code -Dpairs=3000} asks for them. */
    private static final int PAIRS = Integer.getInteger("pairs", 40);

    private static final List<String> HOSTS = List.of("h1.shop.example", "h2.shop.example", "h3.shop.example");
    private static final List<String> PATTERNS = List.of(
            "/", "/a", "/a/b", "/{t}", "/a/{t}", "/{t}/b", "/{s}/{t}", "/**", "/a/**", "/{t}/b/**", "/a/b/**", "/b/**");
    private static final List<String> METHODS = List.of("", "", "GET ", "POST ", "GET,POST ", "HEAD ");
    /** Every request of the small world, by host. */
    private static final Map<String, List<RequestValue>> REQUESTS = requests();

    @Test
    void widensExactlyWhenARefusedRequestIsLetThrough() {
        int widening = 0;
        for (long seed = 1; seed <= PAIRS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MeshModel before = world(random, true);
            MeshModel now = random.nextInt(3) == 0 ? world(random, false) : changed(before, random);
            List<Effect> effects = Effects.between(before, now);
            String witness = witness(before, now);
            assertThat(effects.stream().anyMatch(Effect::widens))
                    .as(
                            "seed %d, witness %s%n%s%n%s%n%s",
                            seed, witness, effects, ModelText.of(before), ModelText.of(now))
                    .isEqualTo(witness != null);
            widening += witness == null ? 0 : 1;
        }
        assertThat(widening).as("pairs that widen, of %d", PAIRS).isBetween(PAIRS / 5, PAIRS * 4 / 5);
    }

    @Test
    void whateverDecidesDifferentlyIsTold() {
        for (long seed = 1_001; seed <= 1_015; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MeshModel before = world(random, false);
            MeshModel now = changed(before, random);
            boolean differs = differs(before, now);
            assertThat(differs && Effects.between(before, now).isEmpty())
                    .as("seed %d%n%s%n%s", seed, ModelText.of(before), ModelText.of(now))
                    .isFalse();
        }
    }

    private static MeshModel world(SplittableRandom random, boolean guarded) {
        List<ApiModel> apis = new ArrayList<>();
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        for (String host : HOSTS) {
            int owner = random.nextInt(3);
            if (owner < 2) {
                hosts.computeIfAbsent(owner == 0 ? "one" : "two", o -> new ArrayList<>())
                        .add(host);
            }
        }
        hosts.forEach((name, own) -> apis.add(Fixture.api(
                name,
                own,
                access(random),
                random.nextInt(4) == 0,
                guarded && random.nextInt(6) == 0 ? List.of(new Fixture.Closed("closed")) : List.of())));
        return Fixture.world(apis.toArray(ApiModel[]::new));
    }

    /** The same hosts, with one thing about access changed, or nothing; guards are gone. */
    private static MeshModel changed(MeshModel before, SplittableRandom random) {
        List<ApiModel> apis = new ArrayList<>();
        for (ApiModel api : before.apis()) {
            Access access = api.entry().access();
            List<AccessRule> rules = new ArrayList<>(access.rules());
            int what = random.nextInt(6);
            if (what == 0 && !rules.isEmpty()) {
                rules.remove(random.nextInt(rules.size()));
            } else if (what == 1 || what == 2 && rules.isEmpty()) {
                rules.add(rule(random));
            } else if (what == 2) {
                int at = random.nextInt(rules.size());
                rules.set(
                        at,
                        new AccessRule(
                                rules.get(at).endpoint(),
                                requirement(random),
                                rules.get(at).origin()));
            }
            List<String> issuers = what == 3
                    ? some(random, "i1", "i2")
                    : access.issuers().stream().map(i -> i.issuer()).toList();
            List<String> audiences = what == 4 ? some(random, "x", "y") : access.audiences();
            boolean parameters = what == 5 ? random.nextBoolean() : api.entry().pathParameters();
            Access other = Fixture.access(issuers, audiences, rules.toArray(AccessRule[]::new));
            apis.add(Fixture.api(api.name(), api.entry().hosts(), other, parameters, List.of()));
        }
        return Fixture.world(apis.toArray(ApiModel[]::new));
    }

    private static Access access(SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return Access.OPEN;
        }
        AccessRule[] rules = new AccessRule[1 + random.nextInt(4)];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = rule(random);
        }
        return Fixture.access(some(random, "i1", "i2"), some(random, "x", "y"), rules);
    }

    private static AccessRule rule(SplittableRandom random) {
        String endpoint = METHODS.get(random.nextInt(METHODS.size())) + PATTERNS.get(random.nextInt(PATTERNS.size()));
        return Fixture.rule(10 + random.nextInt(3), endpoint, requirement(random));
    }

    private static Requirement requirement(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0 -> Requirement.PUBLIC;
            case 1 -> Requirement.DENIED;
            case 2 -> Requirement.TOKEN;
            case 3 -> Fixture.scope("r");
            case 4 -> Fixture.scope("r", "w");
            case 5 -> Fixture.claim("role", "p");
            case 6 -> Fixture.claim("role", "p", "q");
            case 7 -> Fixture.either(Fixture.claim("role", "p"), Fixture.claim("role", "q"));
            case 8 -> Fixture.either(Fixture.scope("w"), Fixture.claim("role", "q"));
            default -> Fixture.either(Fixture.scope("r"), Fixture.scope("w"));
        };
    }

    private static List<String> some(SplittableRandom random, String first, String second) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of();
            case 1, 2 -> List.of(first);
            case 3 -> List.of(second);
            default -> List.of(first, second);
        };
    }

    private static @Nullable String witness(MeshModel before, MeshModel now) {
        Evaluator old = Evaluator.of(before);
        Evaluator wanted = Evaluator.of(now);
        for (String host : HOSTS) {
            ApiModel owner = old.entered(RequestValue.of("GET", host, "/", null));
            if (owner == null) {
                continue;
            }
            List<String> there = new ArrayList<>(
                    now.api(owner.id()).map(api -> api.entry().hosts()).orElse(List.of()));
            there.add(host);
            List<RequestValue> requests = REQUESTS.get(host);
            for (String other : there) {
                for (int i = 0; i < requests.size(); i++) {
                    RequestValue elsewhere = REQUESTS.get(other).get(i);
                    if (!passes(old, requests.get(i)) && passes(wanted, elsewhere)) {
                        return requests.get(i) + ", now " + elsewhere;
                    }
                }
            }
        }
        return null;
    }

    private static boolean differs(MeshModel before, MeshModel now) {
        Evaluator old = Evaluator.of(before);
        Evaluator wanted = Evaluator.of(now);
        return HOSTS.stream()
                .flatMap(host -> REQUESTS.get(host).stream())
                .anyMatch(request -> passes(old, request) != passes(wanted, request));
    }

    private static boolean passes(Evaluator evaluator, RequestValue request) {
        return !(evaluator.decide(request, bound -> 0) instanceof Decision.Refuse);
    }

    private static Map<String, List<RequestValue>> requests() {
        Map<String, List<RequestValue>> requests = new LinkedHashMap<>();
        for (String host : HOSTS) {
            List<RequestValue> there = requests.computeIfAbsent(host, h -> new ArrayList<>());
            for (String method : List.of("GET", "HEAD", "POST", "PUT")) {
                for (String path : paths()) {
                    for (Token token : tokens()) {
                        there.add(RequestValue.of(method, host, path, null).token(token));
                    }
                }
            }
        }
        return requests;
    }

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of("/", "/c;p/c/c/c", "/a/b/c/c", "/c/b/c/c", "/c/c/c/c"));
        for (String one : List.of("a", "b", "c", "c;p")) {
            paths.add("/" + one);
            for (String two : List.of("a", "b", "c", "c;p")) {
                paths.add("/" + one + "/" + two);
                paths.add("/" + one + "/" + two + "/c");
                paths.add("/" + one + "/" + two + "/c;p");
            }
        }
        return paths;
    }

    private static List<Token> tokens() {
        List<Token> tokens = new ArrayList<>(List.of(Token.NONE, new Token.Rejected("forged")));
        for (String issuer : List.of("i1", "i2")) {
            for (List<String> audience : List.of(List.<String>of(), List.of("x"), List.of("y"))) {
                for (List<String> scopes : List.of(List.<String>of(), List.of("r"), List.of("w"), List.of("r", "w"))) {
                    for (Map<String, Object> claims : List.of(
                            Map.<String, Object>of(),
                            Map.<String, Object>of("role", "p"),
                            Map.<String, Object>of("role", "q"))) {
                        tokens.add(new Token.Verified(issuer, "me", audience, scopes, claims));
                    }
                }
            }
        }
        return tokens;
    }
}
