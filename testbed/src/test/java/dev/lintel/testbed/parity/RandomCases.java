package dev.lintel.testbed.parity;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Definitions over few words, so that their paths overlap, and requests at the edges of what they say. */
final class RandomCases {
    private static final List<String> WORDS = List.of("a", "b", "foo", "foobar");
    private static final List<String> METHODS = List.of("GET", "GET", "HEAD", "POST", "PUT", "DELETE");
    private static final List<String> SCOPES = List.of("read", "write");
    private static final int TRIES = 10_000;

    private final Random random;
    private final String issuer;
    private final String namespace;

    RandomCases(long seed, String issuer, String namespace) {
        this.random = new Random(seed);
        this.issuer = issuer;
        this.namespace = namespace;
    }

    /** A definition that no world refuses: one that asks for tokens, or one that says where requests go. */
    Definition definition(String service, boolean asksForTokens, String round) {
        for (int i = 0; i < TRIES; i++) {
            String text = asksForTokens ? protectedApi(service, round) : routedApi(service, round);
            List<Definition> one = DefinitionFormat.yaml().readAll(text, service);
            Compiled compiled = new ModelCompiler(Kinds.installed()).compile(one, new World("example.com"));
            List<Problem> problems = new ArrayList<>(compiled.problems());
            if (problems.isEmpty()) {
                problems.addAll(IstioDialect.istio()
                        .domain("example.com")
                        .write(compiled.model())
                        .problems());
            }
            if (problems.isEmpty()) {
                return one.get(0);
            }
        }
        throw new IllegalStateException("every definition of " + service + " is refused");
    }

    private String protectedApi(String service, String round) {
        StringBuilder text = head(service, round)
                .append("  - kind: auth.oauth2/v1\n    issuers:\n      - issuer: ")
                .append(issuer)
                .append("\n    audiences:\n      - orders\n    rules:\n");
        Set<String> endpoints = new LinkedHashSet<>();
        int rules = 1 + random.nextInt(4);
        for (int i = 0; i < rules; i++) {
            endpoints.add(
                    (random.nextInt(3) == 0 ? METHODS.get(random.nextInt(METHODS.size())) + " " : "") + pattern());
        }
        for (String endpoint : endpoints) {
            text.append("      - endpoint: \"").append(endpoint).append("\"\n");
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "        allow: anyone\n";
                        case 1 -> "        allow: nobody\n";
                        case 2 -> "        allow: any-token\n";
                        case 3 -> "        scopes:\n          - read\n          - write\n";
                        case 4 -> "        claims:\n          - claim: role\n            anyOf:\n              - ops\n";
                        default -> "        scopes:\n          - read\n";
                    });
        }
        return text.toString();
    }

    private String routedApi(String service, String round) {
        StringBuilder text =
                head(service, round).append("  - kind: service.workload-selector/v1\n    labels:\n      app: echo\n");
        boolean first = random.nextBoolean();
        text.append("  - kind: traffic.split/v1\n    shares:\n      - version: v1\n        weight: ")
                .append(first ? 100 : 0)
                .append("\n      - version: v2\n        weight: ")
                .append(first ? 0 : 100)
                .append('\n');
        int routes = random.nextInt(4);
        for (int i = 0; i < routes; i++) {
            text.append("  - kind: traffic.route/v1\n").append(match()).append(version());
        }
        if (random.nextInt(3) == 0) {
            text.append(
                            "  - kind: traffic.choice/v1\n    when:\n      by: header\n      name: x-canary\n      value: \"1\"\n")
                    .append(version());
        }
        if (random.nextInt(3) == 0) {
            text.append(
                            "  - kind: traffic.choice/v1\n    when:\n      by: cookie\n      name: ring\n      value: \"1\"\n")
                    .append(version());
        }
        if (random.nextInt(3) == 0) {
            String node = "/" + word();
            text.append("  - kind: traffic.rewrite-path/v1\n    from: ")
                    .append(node)
                    .append("/**\n    to: /")
                    .append(word())
                    .append("/z/**\n");
        }
        // Faults and answers of the gateway are a deviation, with a case of its own.
        boolean fails = random.nextInt(12) == 0;
        if (!fails && random.nextInt(3) == 0) {
            text.append("  - kind: traffic.redirect/v1\n")
                    .append(match())
                    .append(
                            "    to:\n      status: 302\n      scheme: https\n      host: far.example\n      path: /new\n");
        }
        if (!fails && random.nextInt(3) == 0) {
            text.append("  - kind: traffic.respond/v1\n")
                    .append(match())
                    .append("    status: 410\n    contentType: text/plain\n    body: gone\n");
        }
        if (random.nextInt(3) == 0) {
            text.append("  - kind: traffic.set-header/v1\n    message: request\n    name: x-set\n    value: ours\n");
        }
        if (fails) {
            text.append("  - kind: traffic.fault/v1\n    abort:\n      status: 418\n      percent: 100\n");
        }
        return text.toString();
    }

    /** All say in their answers in which round they were said. */
    private StringBuilder head(String service, String round) {
        return new StringBuilder("kind: Api/v1\nservice: ")
                .append(service)
                .append("\nnamespace: ")
                .append(namespace)
                .append("\npolicies:\n")
                .append("  - kind: traffic.set-header/v1\n    message: response\n    name: x-round\n    value: ")
                .append(round)
                .append('\n');
    }

    private String match() {
        StringBuilder text = new StringBuilder("    match:\n      endpoint: \"")
                .append(random.nextInt(3) == 0 ? METHODS.get(random.nextInt(METHODS.size())) + " " : "")
                .append(pattern())
                .append("\"\n");
        if (random.nextInt(4) == 0) {
            text.append("      headers:\n        x-beta: \"1\"\n");
        }
        if (random.nextInt(4) == 0) {
            text.append("      query:\n        q: \"1\"\n");
        }
        return text.toString();
    }

    private String version() {
        return "    version: v" + (1 + random.nextInt(2)) + "\n";
    }

    private String pattern() {
        StringBuilder pattern = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            pattern.append('/').append(random.nextInt(4) == 0 ? "{p" + i + "}" : word());
        }
        return pattern.append(random.nextInt(3) == 0 ? "/**" : "").toString();
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** A request for an API; what comes of it is not said. */
    Ask ask(String place, String api) {
        boolean inside = random.nextInt(8) == 0;
        // A workload judges every token that it is shown: calls from inside show none.
        TokenSpec token = inside ? TokenSpec.NONE : token();
        Ask ask = new Ask(
                place,
                METHODS.get(random.nextInt(METHODS.size())),
                target(),
                api,
                "",
                inside ? "caller." + namespace : "",
                token,
                List.of(),
                1,
                "",
                Map.of(),
                "",
                "",
                "",
                "",
                "",
                Ask.Marked.NO,
                new Ask.Shown(List.of("x-set"), List.of("x-round")));
        for (String name : List.of("x-canary", "x-beta")) {
            if (random.nextInt(3) == 0) {
                ask = ask.with(name, String.valueOf(random.nextInt(2)));
            }
        }
        return random.nextInt(3) == 0 ? ask.with("cookie", "a=b; ring=" + random.nextInt(2)) : ask;
    }

    private String target() {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            path.append(random.nextInt(25) == 0 ? "//" : random.nextInt(25) == 0 ? "/x/../" : "/")
                    .append(
                            random.nextInt(12) == 0
                                    ? List.of("fo", "x", "%66oo").get(random.nextInt(3))
                                    : word());
        }
        path.append(depth == 0 || random.nextInt(4) == 0 ? "/" : "");
        return path + (random.nextInt(3) == 0 ? "?q=" + random.nextInt(2) : "");
    }

    private TokenSpec token() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return TokenSpec.NONE;
        }
        List<String> scopes =
                SCOPES.stream().filter(scope -> random.nextInt(3) != 0).toList();
        Map<String, Object> claims = random.nextBoolean() ? Map.of("role", List.of("user", "ops")) : Map.of();
        return new TokenSpec(
                "drawn",
                kind == 1 ? TokenSpec.Kind.EXPIRED : kind == 2 ? TokenSpec.Kind.OTHER_ISSUER : TokenSpec.Kind.GOOD,
                "alice",
                random.nextInt(8) == 0 ? "others" : "orders",
                scopes,
                claims,
                "");
    }
}
