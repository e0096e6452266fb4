package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what was read with what a definition means: by what a plan from one to the other would tell, in both
 * directions, and by requests of every class that the rules of both tell apart.
 */
final class Proof {
    /** How readers name the algorithms of an issuer's keys, which manifests do not say. */
    static final List<String> ANY = List.of("any");

    private static final int MOST_REQUESTS = 50_000;
    private static final int MOST_TOLD = 40;

    private final MeshModel read;
    private final MeshModel meant;
    private final Differences differences = new Differences();
    private final Subjects subjects;
    private int asked;

    Proof(MeshModel read, MeshModel meant, Subjects subjects) {
        this.subjects = subjects;
        this.read = read;
        this.meant = aligned(read, meant);
    }

    /** How many requests were compared. */
    int asked() {
        return asked;
    }

    /** What differs, in words; empty if nothing does. */
    List<String> differences() {
        Evaluator one = Evaluator.of(read);
        Evaluator other = Evaluator.of(meant);
        for (ApiModel api : read.apis()) {
            meant.api(api.id()).ifPresent(same -> requests(api, same, one, other));
        }
        Set<String> subjects = new LinkedHashSet<>();
        MeshModel closed = closed(read, meant);
        for (Effect effect : Effects.between(read, closed)) {
            differences.tell("the definition", effect, about(effect.text()));
            subjects.add(subject(effect));
        }
        // What is told from one side is not told again from the other.
        Effects.between(closed, read).stream()
                .filter(effect -> !subjects.contains(subject(effect)))
                .forEach(effect -> differences.tell("what was read", effect, about(effect.text())));
        return differences.told(MOST_TOLD);
    }

    /** Of what an effect speaks: its words begin with it. */
    private static String subject(Effect effect) {
        int end = effect.text().indexOf(": ");
        return end < 0 ? effect.text() : effect.text().substring(0, end);
    }

    private void requests(ApiModel api, ApiModel same, Evaluator one, Evaluator other) {
        List<Match> conditions = conditions(api, same);
        List<Token> tokens = tokens(api, same);
        for (String path : paths(api, same)) {
            for (String method : methods(api, same)) {
                for (Match condition : conditions) {
                    for (Token token : tokens) {
                        if (asked >= MOST_REQUESTS) {
                            differences.tell("only the first " + MOST_REQUESTS + " requests were compared");
                            return;
                        }
                        ask(api, request(api, path, method, condition, token), one, other);
                    }
                }
            }
        }
    }

    /** Where that comes from of which an effect speaks: its words begin with the API. */
    private String about(String text) {
        return read.apis().stream()
                .filter(api -> text.startsWith(api.id() + ": ") || text.startsWith(api.id() + " "))
                .findFirst()
                .map(api -> after(subjects.words(api)))
                .orElse("");
    }

    private static String after(String where) {
        return where.isEmpty() ? "" : " (" + where + ")";
    }

    private String where(Decision decision, ApiModel api) {
        Route route = decision instanceof Decision.Forward forward ? forward.route() : null;
        AccessRule rule = decision.access();
        String by = route != null
                ? subjects.words(Origin.orUnknown(route.origin()))
                : rule != null ? subjects.words(Origin.orUnknown(rule.origin())) : "";
        return after(by.isEmpty() ? subjects.words(api) : by);
    }

    private void ask(ApiModel api, RequestValue request, Evaluator one, Evaluator other) {
        asked++;
        Decision was = one.decide(request, bound -> 0);
        Decision is = other.decide(request, bound -> 0);
        String first = words(was);
        String second = words(is);
        if (!first.equals(second)) {
            boolean opens = is instanceof Decision.Forward && !(was instanceof Decision.Forward);
            differences.add(new Differences.Answer(api, request, first, second, opens, where(was, api)));
        }
    }

    private static RequestValue request(ApiModel api, String path, String method, Match condition, Token token) {
        StringBuilder query = new StringBuilder();
        condition
                .query()
                .forEach((name, value) -> query.append(query.length() == 0 ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value)));
        RequestValue request = RequestValue.of(
                        method, api.entry().hosts().get(0), path, query.length() == 0 ? null : query.toString())
                .token(token);
        for (Map.Entry<String, String> header : condition.headers().entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Forward forward) {
            return "forwarded to " + forward.api().id() + " "
                    + (forward.version() == null ? "at any version" : "at " + forward.version()) + " as "
                    + forward.forwardPath();
        }
        if (decision instanceof Decision.Reply reply) {
            return "answered " + reply.status() + (reply.location() == null ? "" : " " + reply.location());
        }
        // Whether access is refused or a route answers so is one and the same to whoever asks.
        return "answered " + ((Decision.Refuse) decision).status();
    }

    private static List<Match> conditions(ApiModel... apis) {
        List<Match> conditions = new ArrayList<>(List.of(Match.any()));
        Set<String> seen = new LinkedHashSet<>();
        for (ApiModel api : apis) {
            for (Route route : api.entry().routes()) {
                Match match = route.match();
                Match bare = new Match(Match.any().endpoint(), match.headers(), match.query());
                if (!bare.isEndpointOnly() && conditions.size() < 12 && seen.add(bare.toString())) {
                    conditions.add(bare);
                }
            }
        }
        return conditions;
    }

    private static Set<String> methods(ApiModel... apis) {
        Set<String> methods = new LinkedHashSet<>(List.of("GET", "HEAD", "POST", "OTHER"));
        for (ApiModel api : apis) {
            api.entry()
                    .access()
                    .rules()
                    .forEach(rule -> methods.addAll(rule.endpoint().methods()));
            api.entry()
                    .routes()
                    .forEach(route -> methods.addAll(route.match().endpoint().methods()));
        }
        return methods;
    }

    /** Paths at, below and beside everything that a rule names. */
    private static Set<String> paths(ApiModel... apis) {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        patterns.add(PathPattern.ANY);
        for (ApiModel api : apis) {
            Entry entry = api.entry();
            patterns.addAll(entry.paths());
            entry.access().rules().forEach(rule -> patterns.add(rule.endpoint().path()));
            entry.routes()
                    .forEach(route -> patterns.add(route.match().endpoint().path()));
            entry.rewrites().forEach(rewrite -> patterns.add(rewrite.from()));
        }
        Set<String> paths = new LinkedHashSet<>();
        for (PathPattern pattern : patterns) {
            StringBuilder node = new StringBuilder();
            for (String segment : pattern.segments()) {
                node.append('/').append(PathPattern.isTemplate(segment) ? "one" : segment);
            }
            paths.add(node.length() == 0 ? "/" : node.toString());
            paths.add(node + "/");
            paths.add(node + "/below");
            paths.add(node + "/below/it");
            if (node.length() > 0) {
                paths.add(node + "x");
            }
        }
        return paths;
    }

    /** No token, a bad one, and for each issuer one with nothing, with all, and with what each rule asks for. */
    private static List<Token> tokens(ApiModel... apis) {
        List<Token> tokens = new ArrayList<>(List.of(new Token.None()));
        // Where nobody's tokens are accepted, none is judged.
        if (apis[0].entry().access().isRestricted()) {
            tokens.add(new Token.Rejected("expired"));
        }
        for (ApiModel api : apis) {
            Access access = api.entry().access();
            for (Issuer issuer : access.issuers()) {
                Set<Grant> grants = new LinkedHashSet<>(List.of(Grant.NONE));
                for (AccessRule rule : access.rules()) {
                    if (rule.requirement() instanceof Requirement.Token token) {
                        grants.addAll(token.anyOf());
                    }
                }
                for (Grant grant : grants) {
                    Token token = token(issuer, access, grant);
                    if (!tokens.contains(token) && tokens.size() < 40) {
                        tokens.add(token);
                    }
                }
            }
        }
        return tokens;
    }

    private static Token token(Issuer issuer, Access access, Grant grant) {
        Map<String, Object> claims = new java.util.LinkedHashMap<>();
        grant.claims().forEach(claim -> claims.put(claim.name(), claim.anyOf().get(0)));
        return new Token.Verified(issuer.issuer(), "alice", access.audiences(), grant.scopes(), claims);
    }

    /**
     * The definition with rules in place of the answers by which it refuses {@code HEAD}, or all that is refused where no
     * issuer is known: to whoever asks both are one, but effects are told of rules alone.
     */
    private static MeshModel closed(MeshModel read, MeshModel meant) {
        List<ApiModel> apis = new ArrayList<>();
        for (ApiModel api : meant.apis()) {
            List<Route> refusals = read.api(api.id())
                    .map(was -> refusals(was.entry(), api.entry()))
                    .orElse(List.of());
            Access access = api.entry().access();
            if (!access.isRestricted() && !refusals.isEmpty()) {
                apis.add(refusing(api, refusals));
                continue;
            }
            List<Route> answers = refusals.stream()
                    .filter(route -> route.match().endpoint().methods().equals(HeadRules.HEAD))
                    .toList();
            List<AccessRule> rules = new ArrayList<>();
            List<Route> left = new ArrayList<>(api.entry().routes());
            for (AccessRule rule : access.rules()) {
                for (Route answer : answers) {
                    Endpoint head = answer.match().endpoint();
                    if (rule.endpoint().methods().contains("GET")
                            && rule.endpoint().path().equals(head.path())) {
                        rules.add(new AccessRule(head, Requirement.DENIED, answer.origin()));
                        left.removeIf(route -> answers.contains(route)
                                && head.path().covers(route.match().endpoint().path()));
                    }
                }
                rules.add(rule);
            }
            apis.add(with(api, new Access(access.issuers(), access.audiences(), rules), left));
        }
        return new MeshModel(apis, meant.egress(), meant.isolations());
    }

    /** An open API that refuses some requests by answers, as one with rules. */
    private static ApiModel refusing(ApiModel api, List<Route> refusals) {
        List<AccessRule> rules = new ArrayList<>();
        refusals.forEach(
                route -> rules.add(new AccessRule(route.match().endpoint(), Requirement.DENIED, route.origin())));
        if (rules.stream().noneMatch(rule -> rule.endpoint().equals(Endpoint.any()))) {
            rules.add(new AccessRule(Endpoint.any(), Requirement.PUBLIC, Origin.unknown()));
        }
        List<Route> left = new ArrayList<>(api.entry().routes());
        left.removeAll(refusals);
        if (left.stream().noneMatch(route -> route.match().equals(Match.any()))) {
            left.add(new Route(Match.any(), null, Origin.unknown()));
        }
        return with(api, new Access(List.of(), List.of(), rules), left);
    }

    /** The answers of a definition that refuse requests and were no routes before. */
    private static List<Route> refusals(Entry was, Entry is) {
        return is.routes().stream()
                .filter(route -> route.match().isEndpointOnly()
                        && route.answer() instanceof Answer.Direct direct
                        && direct.status() == 403)
                .filter(route -> was.routes().stream()
                        .noneMatch(before ->
                                before.answer() != null && before.match().equals(route.match())))
                .toList();
    }

    private static ApiModel with(ApiModel api, Access access, List<Route> routes) {
        Entry entry = api.entry();
        Entry same = new Entry(
                entry.hosts(),
                access,
                routes,
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                entry.authorizer(),
                entry.login());
        return new ApiModel(api.name(), api.namespace(), same, api.service(), api.guards(), api.origin(), api.front());
    }

    /** What a definition adds that manifests cannot say, the algorithms of keys, is no difference. */
    private static MeshModel aligned(MeshModel read, MeshModel meant) {
        List<ApiModel> apis = new ArrayList<>();
        for (ApiModel api : meant.apis()) {
            Optional<ApiModel> was = read.api(api.id());
            List<Issuer> issuers = new ArrayList<>();
            for (Issuer issuer : api.entry().access().issuers()) {
                boolean any = was.stream()
                        .flatMap(one -> one.entry().access().issuers().stream())
                        .anyMatch(one -> one.issuer().equals(issuer.issuer())
                                && one.algorithms().equals(ANY));
                issuers.add(
                        any
                                ? new Issuer(issuer.issuer(), issuer.jwksUri(), issuer.jwks(), ANY, issuer.origin())
                                : issuer);
            }
            Access access = api.entry().access();
            apis.add(with(
                    api,
                    new Access(issuers, access.audiences(), access.rules()),
                    api.entry().routes()));
        }
        return new MeshModel(apis, meant.egress(), meant.isolations());
    }
}
