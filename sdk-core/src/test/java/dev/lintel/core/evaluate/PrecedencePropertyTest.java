package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rule wins, held against a reference that knows nothing of trees: it compares every rule with every other. */
class PrecedencePropertyTest {
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "{x}");
    private static final List<List<String>> METHODS =
            List.of(List.of(), List.of(), List.of("GET"), List.of("POST"), List.of("GET", "PUT"));

    private final long seed = System.nanoTime();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void rulesAndRoutesAreAskedInTheSameOrder() {
        for (int i = 0; i < 4000; i++) {
            List<Match> matches = matches();
            Evaluator evaluator = Evaluator.of(model(matches));
            for (int j = 0; j < 10; j++) {
                RequestValue request = request();
                @Nullable Match wanted = reference(matches, request, false);
                @Nullable Match wantedRule = reference(matches, request, true);
                Decision decision = evaluator.decide(request, bound -> 0);
                String context = request + " by " + matches + ", seed " + seed;
                if (wantedRule == null) {
                    assertThat(decision).as(context).isInstanceOf(Decision.Refuse.class);
                } else {
                    Decision.Forward forward = (Decision.Forward) decision;
                    assertThat(forward.access()).as(context).isNotNull();
                    assertThat(forward.access().endpoint()).as(context).isEqualTo(wantedRule.endpoint());
                    assertThat(forward.route()).as(context).isNotNull();
                    assertThat(forward.route().match()).as(context).isEqualTo(wanted == null ? Match.any() : wanted);
                }
            }
        }
    }

    /** The rule that no other matching rule beats; of several such, the one that was said first. */
    private static @Nullable Match reference(List<Match> said, RequestValue request, boolean endpointOnly) {
        @Nullable Match best = null;
        for (Match match : said) {
            if ((!endpointOnly || match.isEndpointOnly()) && holds(match, request)) {
                best = best == null || beats(match, best) ? match : best;
            }
        }
        return best;
    }

    private static boolean beats(Match a, Match b) {
        int paths = comparePaths(a.endpoint().path(), b.endpoint().path());
        if (paths != 0) {
            return paths > 0;
        }
        boolean methodA = !a.endpoint().methods().isEmpty();
        boolean methodB = !b.endpoint().methods().isEmpty();
        if (methodA != methodB) {
            return methodA;
        }
        if (a.headers().size() != b.headers().size()) {
            return a.headers().size() > b.headers().size();
        }
        return a.query().size() > b.query().size();
    }

    /** Above zero if the first is more specific: exact, template, longest prefix, then literals from the left. */
    private static int comparePaths(PathPattern a, PathPattern b) {
        int rank = rank(b) - rank(a);
        if (rank != 0) {
            return rank;
        }
        if (a.segments().size() != b.segments().size()) {
            return a.segments().size() - b.segments().size();
        }
        for (int i = 0; i < a.segments().size(); i++) {
            boolean braceA = a.segments().get(i).startsWith("{");
            boolean braceB = b.segments().get(i).startsWith("{");
            if (braceA != braceB) {
                return braceA ? -1 : 1;
            }
        }
        return 0;
    }

    private static int rank(PathPattern pattern) {
        if (pattern.subtree()) {
            return 2;
        }
        return pattern.segments().contains("{x}") ? 1 : 0;
    }

    private static boolean holds(Match match, RequestValue request) {
        List<String> methods = match.endpoint().methods();
        String method = request.method();
        boolean named =
                methods.isEmpty() || methods.contains(method) || method.equals("HEAD") && methods.contains("GET");
        boolean headers = match.headers().entrySet().stream()
                .allMatch(h -> h.getValue().equals(request.headers().get(h.getKey())));
        boolean query = match.query().isEmpty() || "q=1".equals(request.query());
        return named && headers && query && holds(match.endpoint().path(), request.path());
    }

    private static boolean holds(PathPattern pattern, String path) {
        List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/")));
        parts.removeIf(String::isEmpty);
        List<String> wanted = pattern.segments();
        if (parts.size() < wanted.size() || parts.size() > wanted.size() && !pattern.subtree()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).startsWith("{") && !wanted.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Match> matches() {
        List<Match> matches = new ArrayList<>();
        for (int size = 1 + random.nextInt(6); size > 0; size--) {
            PathPattern path = new PathPattern(segments(SEGMENTS, 4), random.nextBoolean());
            Match match = Match.of(new Endpoint(METHODS.get(random.nextInt(METHODS.size())), path));
            match = random.nextInt(4) == 0 ? match.header("x-a", "1") : match;
            match = random.nextInt(4) == 0 ? match.header("x-b", "1") : match;
            match = random.nextInt(4) == 0 ? match.query("q", "1") : match;
            matches.add(match);
        }
        return matches;
    }

    private RequestValue request() {
        String path = "/" + String.join("/", segments(List.of("a", "b", "ab", "z"), 5));
        String slash = path.length() > 1 && random.nextInt(3) == 0 ? "/" : "";
        String method = List.of("GET", "HEAD", "POST", "PUT", "DELETE").get(random.nextInt(5));
        RequestValue request =
                RequestValue.of(method, "o.s.localhost", path + slash, random.nextBoolean() ? "q=1" : null);
        request = random.nextBoolean() ? request.header("x-a", "1") : request;
        return random.nextBoolean() ? request.header("X-B", random.nextBoolean() ? "1" : "2") : request;
    }

    private List<String> segments(List<String> from, int most) {
        List<String> segments = new ArrayList<>();
        for (int size = random.nextInt(most); size > 0; size--) {
            segments.add(from.get(random.nextInt(from.size())));
        }
        return segments;
    }

    private static MeshModel model(List<Match> matches) {
        List<AccessRule> rules = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        for (Match match : matches) {
            routes.add(new Route(match, "v1", Origin.unknown()));
            if (match.isEndpointOnly()) {
                rules.add(new AccessRule(match.endpoint(), Requirement.PUBLIC, Origin.unknown()));
            }
        }
        routes.add(new Route(Match.any(), null, Origin.unknown()));
        routes.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        rules.add(new AccessRule(Endpoint.parse("/never/asked/for/this"), Requirement.DENIED, Origin.unknown()));
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Issuer issuer = new Issuer("https://id.example", null, List.of("RS256"), Origin.unknown());
        Entry entry = new Entry(
                List.of("o.s.localhost"),
                new Access(List.of(issuer), List.of(), rules),
                routes,
                List.of(),
                HeaderChanges.NONE,
                false);
        Service service = new Service("o", 80, Map.of("app", "o"), List.of(), null, null, null);
        return new MeshModel(List.of(new ApiModel("o", "s", entry, service, List.of(), Origin.unknown())));
    }
}
