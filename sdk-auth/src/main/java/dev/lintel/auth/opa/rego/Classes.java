package dev.lintel.auth.opa.rego;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One request for each class that a policy may tell apart: hosts, regions of paths, methods, tokens and callers. */
final class Classes {
    private static final int MOST = 20_000;
    private static final String FREE = "any";

    private final Rego rego;
    private final List<Case> cases = new ArrayList<>();
    private final Set<Case> known = new HashSet<>();

    Classes(Rego rego) {
        this.rego = rego;
    }

    List<Case> all() {
        add("unknown host", "GET", "unknown.example", "/", Caller.NONE, Token.NONE);
        add("bad host", "GET", "no host", "/", Caller.NONE, Token.NONE);
        for (ApiModel api : rego.model().apis()) {
            api(api);
        }
        return cases;
    }

    private void api(ApiModel api) {
        String host = api.entry().hosts().get(0);
        hosts(api);
        Set<String> literals = new LinkedHashSet<>();
        List<PathPattern> regions = regions(api, literals);
        String free = FREE;
        while (literals.contains(free)) {
            free += "x";
        }
        for (String path : paths(regions, free)) {
            if (api.entry().pathParameters() && !api.service().callers().isEmpty()) {
                parameters(api, host, path);
            }
            for (Token token : Kinds.all(api).tokens()) {
                add("GET", host, path, Caller.NONE, token);
            }
            List<Token> tokens = Kinds.at(api, path).tokens();
            List<Caller> callers = Kinds.at(api, path).callers(rego.trustDomain());
            for (String method : methods(api)) {
                tokens.forEach(token -> callers.forEach(caller -> add(method, host, path, caller, token)));
            }
        }
    }

    /** Other names for the same, and paths that are refused or need a word. */
    private void hosts(ApiModel api) {
        for (String host : api.entry().hosts()) {
            for (String same : List.of(host, host.toUpperCase(java.util.Locale.ROOT), host + ":8080", host + ".")) {
                add("host " + same, "GET", same, "/", Caller.NONE, Token.NONE);
            }
            add("no port", "GET", host + ":65536", "/", Caller.NONE, Token.NONE);
            for (String path : List.of("/;x", "/a;x=1/b", "/%00", "/%C3%28", "/..", "/a/../../b")) {
                add("path " + path, "GET", host, path, Caller.NONE, Token.NONE);
            }
        }
    }

    private static List<PathPattern> regions(ApiModel api, Set<String> literals) {
        Set<PathPattern> patterns = new LinkedHashSet<>(List.of(PathPattern.ANY));
        patterns.addAll(api.entry().paths());
        endpoints(api).map(Endpoint::path).forEach(patterns::add);
        patterns.forEach(pattern -> literals.addAll(pattern.segments()));
        return Regions.of(patterns);
    }

    private static Stream<Endpoint> endpoints(ApiModel api) {
        return Stream.concat(
                api.entry().access().rules().stream().map(AccessRule::endpoint),
                api.service().callers().stream().map(CallerRule::endpoint));
    }

    /** The node of each region, what is below it, and each of them with a slash behind it. */
    private static Set<String> paths(List<PathPattern> regions, String free) {
        Set<String> paths = new LinkedHashSet<>();
        for (PathPattern region : regions) {
            StringBuilder node = new StringBuilder();
            region.segments()
                    .forEach(segment -> node.append('/').append(PathPattern.isTemplate(segment) ? free : segment));
            paths.add(node.isEmpty() ? "/" : node.toString());
            if (!node.isEmpty()) {
                paths.add(node + "/");
                paths.add(node + free);
            }
            paths.add(node + "/" + free);
            paths.add(node + "/" + free + "/" + free);
        }
        return paths;
    }

    /** Rules about callers speak about the path without its parameters too; so whoever may enter asks there. */
    private void parameters(ApiModel api, String host, String path) {
        int end = path.indexOf('/', 1);
        String one = end < 0 ? path + ";x" : path.substring(0, end) + ";x" + path.substring(end);
        Kinds kinds = Kinds.at(api, one);
        for (Caller caller : kinds.callers(rego.trustDomain())) {
            for (Token token : kinds.granted()) {
                methods(api).forEach(method -> add(method, host, one, caller, token));
            }
        }
    }

    /** All that are named, HEAD, which goes with GET, and one that stands for all others. */
    private static Set<String> methods(ApiModel api) {
        Set<String> methods = new TreeSet<>(List.of("GET", "HEAD"));
        endpoints(api).forEach(endpoint -> methods.addAll(endpoint.methods()));
        String other = "OTHER";
        while (methods.contains(other)) {
            other += "X";
        }
        methods.add(other);
        return methods;
    }

    private void add(String method, String host, String path, Caller caller, Token token) {
        add(method + " " + path + ", " + words(token) + ", by " + words(caller), method, host, path, caller, token);
    }

    private static String words(Token token) {
        if (token instanceof Token.Verified verified) {
            return "token of " + verified.issuer() + " for " + verified.audiences() + " with " + verified.scopes()
                    + " and " + verified.claims();
        }
        return token instanceof Token.None ? "no token" : "bad token";
    }

    private static String words(Caller caller) {
        return caller instanceof Caller.Rejected ? "somebody unproven" : caller.toString();
    }

    private void add(String note, String method, String host, String path, Caller caller, Token token) {
        if (cases.size() == MOST) {
            throw new IllegalArgumentException(
                    "the rules tell more than " + MOST + " classes of requests apart;" + " make a policy for each API");
        }
        String normal = PathNormalizer.WITH_PARAMETERS.normalize(path);
        if (normal != null && !normal.equals(path)) {
            // The proxy brings it into its normal form first, which is another of these paths.
            return;
        }
        Case one = new Case(note, method, host, path, caller, token);
        if (known.add(one)) {
            cases.add(one);
        }
    }
}
