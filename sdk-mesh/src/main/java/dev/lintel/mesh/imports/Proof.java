package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
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
    private static final int MOST_REQUESTS_TOLD = 6;

    private final MeshModel read;
    private final MeshModel meant;
    private final Set<String> differences = new LinkedHashSet<>();
    private int asked;
    private int told;

    private final Subjects subjects;

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
        Effects.between(read, meant)
                .forEach(effect -> differences.add("the definition " + effect.text() + about(effect.text())));
        Effects.between(meant, read)
                .forEach(effect -> differences.add("what was read " + effect.text() + about(effect.text())));
        Evaluator one = Evaluator.of(read);
        Evaluator other = Evaluator.of(meant);
        for (ApiModel api : read.apis()) {
            meant.api(api.id()).ifPresent(same -> requests(api, same, one, other));
        }
        return differences.stream().limit(MOST_TOLD).toList();
    }

    private void requests(ApiModel api, ApiModel same, Evaluator one, Evaluator other) {
        List<Match> conditions = conditions(api, same);
        List<Token> tokens = tokens(api, same);
        for (String path : paths(api, same)) {
            for (String method : methods(api, same)) {
                for (Match condition : conditions) {
                    for (Token token : tokens) {
                        if (asked >= MOST_REQUESTS) {
                            differences.add("only the first " + MOST_REQUESTS + " requests were compared");
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
        String first = words(was);
        String second = words(other.decide(request, bound -> 0));
        if (!first.equals(second) && told++ < MOST_REQUESTS_TOLD) {
            differences.add(request + ": was " + first + ", and is " + second + where(was, api));
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
                issuers.add(any ? new Issuer(issuer.issuer(), issuer.jwksUri(), ANY, issuer.origin()) : issuer);
            }
            Entry entry = api.entry();
            Access access = new Access(
                    issuers, entry.access().audiences(), entry.access().rules());
            Entry same = new Entry(
                    entry.hosts(),
                    access,
                    entry.routes(),
                    entry.rewrites(),
                    entry.headers(),
                    entry.pathParameters(),
                    entry.paths(),
                    entry.authorizer(),
                    entry.login());
            apis.add(new ApiModel(api.name(), api.namespace(), same, api.service(), api.guards(), api.origin()));
        }
        return new MeshModel(apis, meant.egress(), meant.isolations());
    }
}
