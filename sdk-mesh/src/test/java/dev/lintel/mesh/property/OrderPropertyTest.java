package dev.lintel.mesh.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.property.EgressQuestions.Call;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.property.Watch.Way;
import dev.lintel.mesh.steps.Gap;
import dev.lintel.mesh.steps.Gap.Effect;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import dev.lintel.mesh.steps.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No moment on the way from one model to another lets through what both refuse, and none refuses or leads elsewhere what
 * both let through, but for just those requests that a gap names. Moments that the reader does not understand as a whole are
 * watched by who goes through the objects one by one. {@code -Dways} are tried in every world, half of them between models
 * that differ in one thing, from {@code -Dseed} on, and half as many more between models whose APIs share a host; {@code -Drequests} requests of each are asked at every moment.
 */
class OrderPropertyTest {
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int PAIRS = Math.max(2, Integer.getInteger("ways", 10) / 2);
    private static final int REQUESTS = Math.min(40, Integer.getInteger("requests", 40));
    /** A dialect may refuse so many of what is drawn before there is a pair. */
    private static final int TRIES = 40 * Math.max(10, PAIRS);

    /** So many models are drawn for the next one with a host that APIs share. */
    private static final int NEXT_SHARED = 40;

    /** Of worlds that take seconds to read, so many ways are read; all of them are watched. */
    private static final int MOST_READ = 10;

    static Stream<World> worlds() {
        return Worlds.all();
    }

    /** Two sets of objects that a world writes. */
    record Ends(long seed, List<Manifest> before, List<Manifest> after) {}

    @ParameterizedTest
    @MethodSource("worlds")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void noMomentOfAWayIsWorseThanBothEnds(World world) {
        Map<String, Integer> gaps = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        int ways = 0;
        int moments = 0;
        int clean = 0;
        int told = 0;
        int watched = 0;
        for (Ends ends : pairs(world)) {
            Steps steps = Steps.between(ends.before(), ends.after());
            steps.gaps().stream()
                    .map(OrderPropertyTest::reason)
                    .distinct()
                    .forEach(gap -> gaps.merge(gap, 1, Integer::sum));
            List<Step> read = ++ways > MOST_READ && Judged.isSlow(world) ? List.of() : steps.steps();
            Judged judged = Judged.of(world, ends.seed(), ends.before(), ends.after(), read, REQUESTS);
            moments += judged.moments();
            clean += judged.moments() - judged.unread().size();
            Watch watch = watch(world, ends, steps.steps());
            watched += watch.judged();
            List<Told> broken = new ArrayList<>(judged.broken());
            broken.removeIf(each -> isGuess(world) && each.effect() == Effect.REFUSED);
            List<String> worse = new ArrayList<>();
            if (!isGuess(world)) {
                worse.addAll(judged.opened());
                worse.addAll(world.name().endsWith("egress") ? List.of() : judged.guessed());
            }
            broken.addAll(watch.broken());
            watch.opened().forEach(each -> worse.add(each.text()));
            for (Told each : broken) {
                if (!each.isTold(steps.gaps())) {
                    worse.add(each.text());
                }
            }
            told += broken.isEmpty() ? 0 : 1;
            worse.stream()
                    .limit(1)
                    .forEach(one -> failures.add("seed " + ends.seed() + ": " + one + "\n" + steps.steps()));
        }
        System.out.printf(
                "%s: %d ways, %d moments, %d of them read without problems; %d answers watched at all of them; gaps %s, seen in %d ways; %d ways fail%n",
                world, ways, moments, clean, watched, gaps, told, failures.size());
        assertThat(failures.stream().limit(3)).isEmpty();
        assertThat(clean).isPositive();
        assertThat(watched).isGreaterThan(moments);
    }

    /** Watches all moments of a way without the reader. */
    static Watch watch(World world, Ends ends, List<Step> steps) {
        List<MeshModel> models = Stream.of(ends.before(), ends.after())
                .map(objects -> world.dialect().read(objects).model())
                .toList();
        List<Moment> moments = Moments.of(ends.before(), steps);
        if (world.name().endsWith("egress")) {
            Questions questions = world.questions().of(ends.seed(), models.get(0), models.get(0));
            Set<Call> calls = new LinkedHashSet<>();
            for (int i = 0; i < 3 * REQUESTS; i++) {
                calls.add((Call) questions.next());
            }
            return EgressWatch.of(ends.before(), ends.after(), moments, calls);
        }
        Set<RequestValue> asked = new LinkedHashSet<>();
        for (MeshModel model : models) {
            Questions questions = world.questions().of(ends.seed(), model, model);
            for (int i = 0; i < REQUESTS / 2 && !model.apis().isEmpty(); i++) {
                asked.add((RequestValue) questions.next());
            }
        }
        asked.removeIf(request -> !isPlain(request.path()));
        Way way = new Way(ends.before(), ends.after(), moments, models, List.copyOf(asked));
        if (world.name().startsWith("gateway-api")) {
            return GatewayWatch.of(way, world.dialect());
        }
        if (world.name().startsWith("kyma")) {
            return KymaWatch.of(way);
        }
        boolean waypoints = world.name().endsWith("ambient");
        return DoorWatch.of(way, waypoints).and(EntryWatch.of(way, waypoints));
    }

    /** How a gateway spells paths before it asks anything is in no object. */
    private static boolean isPlain(String path) {
        return !path.contains("//") && !path.contains("%") && !path.contains("/.");
    }

    /**
     * Whether what the reader says of a moment about who is let through is a guess: Kyma's takes an APIRule and the denial
     * beside it as one, though they may say different things. There, who makes policies of both as the controller does, tells.
     * Where the reader finds no rule about what leaves it says that everything may, so that at moments which it does not
     * understand who follows the calls tells.
     */
    private static boolean isGuess(World world) {
        return world.name().startsWith("kyma");
    }

    /** The order that goes by kinds alone, routes last and the reverse on the way out, opens or breaks something. */
    @Test
    void byKindsAloneSomethingIsWorse() {
        World istio = worlds().filter(world -> world.name().equals("istio"))
                .findFirst()
                .orElseThrow();
        long worse = pairs(istio).stream()
                .map(ends -> Judged.of(istio, ends.seed(), ends.before(), ends.after(), byKinds(ends), REQUESTS))
                .filter(judged -> !judged.opened().isEmpty()
                        || !judged.guessed().isEmpty()
                        || !judged.broken().isEmpty())
                .count();
        long seen = pairs(istio).stream()
                .map(ends -> watch(istio, ends, byKinds(ends)))
                .filter(watch -> !watch.opened().isEmpty())
                .count();
        System.out.printf("istio by kinds alone: %d of %d ways fail, %d seen to open%n", worse, 2 * PAIRS, seen);
        assertThat(worse).isPositive();
        assertThat(seen).isPositive();
    }

    private static List<Step> byKinds(Ends ends) {
        List<String> kinds = List.of(
                "ServiceEntry",
                "DestinationRule",
                "PeerAuthentication",
                "RequestAuthentication",
                "AuthorizationPolicy",
                "NetworkPolicy",
                "Sidecar",
                "Gateway",
                "VirtualService");
        Map<String, Manifest> old = new LinkedHashMap<>();
        ends.before().forEach(each -> old.put(Repeated.key(each), each));
        TreeMap<Integer, List<Manifest>> applied = new TreeMap<>();
        for (Manifest each : ends.after()) {
            if (!each.equals(old.remove(Repeated.key(each)))) {
                applied.computeIfAbsent(kinds.indexOf(each.kind()), k -> new ArrayList<>())
                        .add(each);
            }
        }
        TreeMap<Integer, List<Manifest>> gone = new TreeMap<>();
        old.values()
                .forEach(each -> gone.computeIfAbsent(-kinds.indexOf(each.kind()), k -> new ArrayList<>())
                        .add(each));
        List<Step> steps = new ArrayList<>();
        applied.values().forEach(some -> steps.add(new Step(Doing.APPLY, "write", some)));
        gone.values().forEach(some -> steps.add(new Step(Doing.DELETE, "gone", some)));
        return steps;
    }

    private static List<Ends> pairs(World world) {
        BiFunction<Long, MeshModel, MeshModel> any =
                (seed, model) -> Calm.of(world.models().apply(seed + 1));
        BiFunction<Long, MeshModel, MeshModel> near =
                (seed, model) -> Mutation.of(model, Calm.of(world.models().apply(seed + 7_919)), seed);
        BiFunction<Long, MeshModel, MeshModel> among = (seed, model) -> isShared(model)
                ? LongStream.rangeClosed(seed + 1, seed + NEXT_SHARED)
                        .mapToObj(next -> Calm.of(world.models().apply(next)))
                        .filter(OrderPropertyTest::isShared)
                        .findFirst()
                        .orElse(model)
                : model;
        return Stream.of(any, near, among)
                .flatMap(next -> LongStream.range(FIRST_SEED, FIRST_SEED + TRIES)
                        .boxed()
                        .flatMap(seed -> ends(world, seed, next).stream())
                        .limit(PAIRS))
                .toList();
    }

    private static Optional<Ends> ends(World world, long seed, BiFunction<Long, MeshModel, MeshModel> next) {
        MeshModel model = Calm.of(world.models().apply(seed));
        MeshModel other = next.apply(seed, model);
        Written before = world.dialect().write(model);
        if (!before.problems().isEmpty() || isContested(model) || isContested(other)) {
            return Optional.empty();
        }
        Written after = world.dialect().write(other);
        return after.problems().isEmpty() && !after.manifests().equals(before.manifests())
                ? Optional.of(new Ends(seed, before.manifests(), after.manifests()))
                : Optional.empty();
    }

    /** Whether some APIs share a host. */
    private static boolean isShared(MeshModel model) {
        List<String> hosts = model.apis().stream()
                .flatMap(api -> api.entry().hosts().stream())
                .toList();
        return Set.copyOf(hosts).size() < hosts.size();
    }

    /** Whether two APIs of one host claim all of it, which no definitions may; nobody says which of them is asked. */
    private static boolean isContested(MeshModel model) {
        List<String> claimed = model.apis().stream()
                .filter(api -> api.entry().paths().isEmpty())
                .filter(api -> api.entry().routes().stream()
                        .anyMatch(route -> route.match().equals(Match.any())))
                .flatMap(api -> api.entry().hosts().stream())
                .toList();
        return Set.copyOf(claimed).size() < claimed.size();
    }

    private static String reason(Gap gap) {
        return gap.problem().message().replaceFirst(".*let through ", "").replaceAll("'[^']*'", "…");
    }
}
