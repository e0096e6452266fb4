package dev.lintel.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Effects of callers, boundaries, shared hosts and access together, against brute force: random pairs of models are asked
 * about every request and every call of a small world; access widens exactly if one of them was refused and is let through.
 */
class CallerEffectsPropertyTest {
    /** 2,000 pairs take a minute and a half; {@code -Dpairs=2000} asks for them. */
    private static final int PAIRS = Integer.getInteger("pairs", 100);

    private static final List<String> PATTERNS =
            List.of("/**", "/in/**", "/in", "/{t}", "/in/{t}", "/{t}/d", "/in/d/**", "/out/**");
    private static final List<String> METHODS = List.of("", "", "GET ", "POST ");
    private static final List<String> PATHS = List.of(
            "/",
            "/in",
            "/in/d",
            "/in/d/e",
            "/in/x",
            "/out",
            "/out/d",
            "/out/x",
            "/out/d/d",
            "/d",
            "/d/d",
            "/d/d/d",
            "/d/d/d/d",
            "/x",
            "/in;p",
            "/d;p",
            "/in/d;p",
            "/in/x;p",
            "/in/d/e;p",
            "/d/d;p",
            "/d/d/d;p");
    private static final List<String> APIS = List.of("x.a", "y.a", "x.b");
    private static final List<String> PEERS = List.of("m.a", "a", "m.b", "b", "c", "n.c");
    private static final List<Token> TOKENS = List.of(
            Token.NONE, new Token.Rejected("forged"), new Token.Verified("i1", "me", List.of(), List.of(), Map.of()));

    @Test
    void widensExactlyWhenWhoWasRefusedIsLetThrough() {
        int widening = 0;
        for (long seed = 1; seed <= PAIRS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MeshModel before = world(random);
            MeshModel now = random.nextInt(4) == 0 ? world(random) : changed(before, random);
            List<Effect> effects = Effects.between(before, now);
            String witness = witness(before, now);
            assertThat(effects.stream().anyMatch(Effect::widens))
                    .as(
                            "seed %d, witness %s%n%s%n%s%n%s",
                            seed, witness, effects, ModelText.of(before), ModelText.of(now))
                    .isEqualTo(witness != null);
            assertThat(effects.isEmpty() && differs(before, now))
                    .as("seed %d, nothing is told%n%s%n%s", seed, ModelText.of(before), ModelText.of(now))
                    .isFalse();
            assertThat(Effects.between(now, now)).isEmpty();
            widening += witness == null ? 0 : 1;
        }
        assertThat(widening).as("pairs that widen, of %d", PAIRS).isBetween(PAIRS / 5, PAIRS * 4 / 5);
    }

    private static MeshModel world(SplittableRandom random) {
        List<ApiModel> apis = new ArrayList<>();
        boolean shared = random.nextBoolean();
        for (String id : APIS) {
            if (random.nextInt(6) > 0) {
                apis.add(api(id, random, shared));
            }
        }
        return model(apis, isolations(random));
    }

    private static MeshModel model(List<ApiModel> apis, List<IsolationRule> isolations) {
        apis.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        return new MeshModel(apis, List.of(), isolations);
    }

    private static ApiModel api(String id, SplittableRandom random, boolean shared) {
        boolean all = id.equals("x.b") || !shared;
        String host = all ? id + ".example" : "web.a.example";
        List<String> paths = !all
                ? id.equals("x.a") ? some(random, "/in/**", "/d") : some(random, "/out/**", "/x")
                : random.nextInt(3) == 0 ? some(random, "/in/**", "/out/**") : List.of();
        return api(id, List.of(host), paths, access(random), callers(random));
    }

    private static ApiModel api(
            String id, List<String> hosts, List<String> paths, Access access, List<CallerRule> callers) {
        Entry entry = new Entry(
                hosts,
                access,
                List.of(new Route(Match.any(), null, Origin.unknown())),
                List.of(),
                HeaderChanges.NONE,
                false,
                paths.stream().map(PathPattern::parse).toList(),
                null,
                null);
        Peer name = Peer.parse(id);
        String service = Objects.requireNonNull(name.name());
        return new ApiModel(
                service,
                name.namespace(),
                entry,
                new Service(service, 80, Map.of(), List.of(), null, null, null, Traffic.NONE, callers),
                List.of(),
                Origin.unknown());
    }

    /** One thing is changed, or nothing. */
    private static MeshModel changed(MeshModel before, SplittableRandom random) {
        List<ApiModel> apis = new ArrayList<>(before.apis());
        int what = random.nextInt(5);
        if (what == 0 || apis.isEmpty()) {
            return model(apis, isolations(random));
        }
        int at = random.nextInt(apis.size());
        ApiModel api = apis.get(at);
        List<String> paths =
                api.entry().paths().stream().map(PathPattern::toString).toList();
        boolean alone = api.entry().hosts().contains(api.id() + ".example");
        apis.set(
                at,
                api(
                        api.id(),
                        api.entry().hosts(),
                        what == 3 && alone ? some(random, "/in/**", "/out/**") : paths,
                        what == 1 ? access(random) : api.entry().access(),
                        what == 2 ? callers(random) : api.service().callers()));
        if (what == 4) {
            apis.remove(at);
            Access access = api.entry().access();
            String id = api.namespace().equals("a") && api.name().equals("x") ? "y.a" : api.id();
            apis.removeIf(other -> other.id().equals(id));
            apis.add(api(id, api.entry().hosts(), paths, access, api.service().callers()));
        }
        return model(apis, before.isolations());
    }

    private static Access access(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return Access.OPEN;
        }
        AccessRule[] rules = new AccessRule[1 + random.nextInt(2)];
        for (int i = 0; i < rules.length; i++) {
            Requirement requirement = List.of(Requirement.PUBLIC, Requirement.DENIED, Requirement.TOKEN)
                    .get(random.nextInt(3));
            rules[i] = new AccessRule(endpoint(random), requirement, Origin.unknown());
        }
        return Fixture.access(List.of("i1"), List.of(), rules);
    }

    private static List<CallerRule> callers(SplittableRandom random) {
        List<CallerRule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Peer> peers = peers(random, "");
            Endpoint endpoint = endpoint(random);
            if (rules.stream().noneMatch(rule -> rule.endpoint().rivals(endpoint))) {
                rules.add(
                        peers.isEmpty()
                                ? CallerRule.everybody(endpoint, Origin.unknown())
                                : new CallerRule(endpoint, peers, random.nextInt(3) == 0, Origin.unknown()));
            }
        }
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return rules;
    }

    private static List<IsolationRule> isolations(SplittableRandom random) {
        List<IsolationRule> rules = new ArrayList<>();
        for (String namespace : List.of("a", "b", "c")) {
            if (random.nextInt(4) == 0) {
                rules.add(new IsolationRule(
                        namespace, peers(random, namespace), peers(random, namespace), Origin.unknown()));
            }
        }
        return rules;
    }

    private static List<Peer> peers(SplittableRandom random, String except) {
        return PEERS.stream()
                .filter(peer -> random.nextInt(4) == 0)
                .map(Peer::parse)
                .filter(peer -> !peer.namespace().equals(except))
                .toList();
    }

    private static Endpoint endpoint(SplittableRandom random) {
        return Endpoint.parse(
                METHODS.get(random.nextInt(METHODS.size())) + PATTERNS.get(random.nextInt(PATTERNS.size())));
    }

    private static List<String> some(SplittableRandom random, String first, String second) {
        return switch (random.nextInt(3)) {
            case 0 -> List.of(first);
            case 1 -> List.of(second);
            default -> List.of(first, second);
        };
    }

    private static List<Caller> callers() {
        List<Caller> callers = new ArrayList<>();
        callers.add(Caller.NONE);
        for (String namespace : List.of("a", "b", "c", "d")) {
            for (String name : List.of("m", "n", "o")) {
                callers.add(Caller.Workload.of(name + "." + namespace));
            }
        }
        return callers;
    }

    private interface Ask {
        @Nullable
        String ask(Evaluator old, Evaluator wanted, RequestValue before, RequestValue now);
    }

    /** A request or a call that was refused and is let through. */
    private static @Nullable String witness(MeshModel before, MeshModel now) {
        for (ApiModel api : before.apis()) {
            Optional<ApiModel> same = now.api(api.id());
            if (same.isPresent()) {
                String there = same.get().entry().hosts().get(0);
                String found = find(
                        before,
                        now,
                        api.entry().hosts().get(0),
                        there,
                        (old, wanted, was, is) -> !passes(old.decide(was, bound -> 0), api.id())
                                        && passes(wanted.decide(is, bound -> 0), api.id())
                                ? "enters " + was
                                : null);
                found = found != null
                        ? found
                        : find(
                                before,
                                now,
                                api.id(),
                                api.id(),
                                (old, wanted, was, is) -> !passes(old.decide(was.inMesh(), bound -> 0), api.id())
                                                && passes(wanted.decide(is.inMesh(), bound -> 0), api.id())
                                        ? "calls " + was + " by " + was.caller()
                                        : null);
                if (found != null) {
                    return found;
                }
            }
            for (String host : api.entry().hosts()) {
                String found = find(before, now, host, host, (old, wanted, was, is) -> {
                    Decision refused = old.decide(was, bound -> 0);
                    Decision decision = wanted.decide(is, bound -> 0);
                    boolean owned = refused.api() != null && !(refused instanceof Decision.Forward);
                    return owned && decision instanceof Decision.Forward ? "taken over " + was : null;
                });
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static boolean differs(MeshModel before, MeshModel now) {
        for (ApiModel api : before.apis()) {
            for (String host : List.of(api.id(), api.entry().hosts().get(0))) {
                String found = find(before, now, host, host, (old, wanted, was, is) -> {
                    boolean inside = host.equals(api.id());
                    Decision a = old.decide(inside ? was.inMesh() : was, bound -> 0);
                    Decision b = wanted.decide(inside ? is.inMesh() : is, bound -> 0);
                    return a instanceof Decision.Forward == b instanceof Decision.Forward ? null : "differs";
                });
                if (found != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean passes(Decision decision, String api) {
        return decision instanceof Decision.Forward forward
                && forward.api().id().equals(api);
    }

    private static @Nullable String find(MeshModel before, MeshModel now, String was, String is, Ask ask) {
        Evaluator old = Evaluator.of(before);
        Evaluator wanted = Evaluator.of(now);
        for (String method : List.of("GET", "POST", "PUT")) {
            for (String path : PATHS) {
                for (Token token : TOKENS) {
                    for (Caller caller : callers()) {
                        RequestValue first = RequestValue.of(method, was, path, null)
                                .token(token)
                                .caller(caller);
                        RequestValue second = RequestValue.of(method, is, path, null)
                                .token(token)
                                .caller(caller);
                        String found = ask.ask(old, wanted, first, second);
                        if (found != null) {
                            return found;
                        }
                    }
                }
            }
        }
        return null;
    }
}
