package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Callers, boundaries and authorizers over a model, and requests of those whom they name and of others. */
final class RandomCallers {
    private static final List<String> NAMESPACES = List.of("shop", "money", "web", "istio-system", "elsewhere");
    private static final List<String> ACCOUNTS = List.of("frontend", "batch", "orders", "cron");
    private static final List<List<String>> METHODS =
            List.of(List.of(), List.of(), List.of("GET"), List.of("POST"), List.of("HEAD"), List.of("PUT", "GET"));

    private final Random random;
    private @Nullable AuthorizerRule last;

    RandomCallers(long seed) {
        this.random = new Random(seed * 31 + 7);
    }

    MeshModel model(MeshModel plain) {
        List<ApiModel> apis = plain.apis().stream().map(this::api).toList();
        List<IsolationRule> isolations = new ArrayList<>();
        for (String namespace : List.of("money", "shop", "web")) {
            if (random.nextInt(4) == 0) {
                isolations.add(new IsolationRule(namespace, some(2), to(), Origin.unknown()));
            }
        }
        return new MeshModel(apis, plain.egress(), isolations);
    }

    private List<Peer> to() {
        List<Peer> to = new ArrayList<>();
        if (random.nextBoolean()) {
            to.add(Peer.parse(random.nextBoolean() ? "carts.money" : "money"));
        }
        if (random.nextBoolean()) {
            to.add(Peer.parse("orders.shop"));
        }
        return to;
    }

    private ApiModel api(ApiModel api) {
        Entry entry = api.entry();
        Entry asked = new Entry(
                entry.hosts(),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                isAsked(entry) ? authorizer() : null,
                null);
        Service service = api.service();
        Service called = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                service.timeout(),
                service.traffic(),
                random.nextBoolean() ? rules() : List.of());
        return new ApiModel(api.name(), api.namespace(), asked, called, api.guards(), api.origin());
    }

    /** Braces among the paths of a shared host are refused, so that they are rare there. */
    private boolean isAsked(Entry entry) {
        boolean braces = entry.paths().stream().anyMatch(Forms::hasTemplate);
        return random.nextInt(braces ? 16 : entry.paths().isEmpty() ? 4 : 2) == 0;
    }

    /** On shared hosts often the same as before, because there it matters whether it is. */
    private AuthorizerRule authorizer() {
        if (last == null || random.nextBoolean()) {
            last = another();
        }
        return last;
    }

    private AuthorizerRule another() {
        AuthorizerRule.Body body =
                random.nextBoolean() ? null : new AuthorizerRule.Body(8192, random.nextBoolean(), random.nextBoolean());
        return new AuthorizerRule(
                AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                URI.create("grpc://opa.shop:9191"),
                "",
                Duration.ofMillis(250),
                random.nextBoolean(),
                random.nextBoolean() ? 403 : 503,
                body,
                Origin.unknown());
    }

    private List<CallerRule> rules() {
        List<CallerRule> rules = new ArrayList<>();
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            List<String> words = new ArrayList<>();
            int depth = random.nextInt(3);
            for (int j = 0; j < depth; j++) {
                words.add(RandomModels.WORDS.get(random.nextInt(RandomModels.WORDS.size())));
            }
            PathPattern path = new PathPattern(words, depth == 0 || random.nextBoolean());
            Endpoint endpoint = new Endpoint(METHODS.get(random.nextInt(METHODS.size())), path);
            List<Peer> peers = some(3);
            rules.add(
                    peers.isEmpty()
                            ? CallerRule.everybody(endpoint, Origin.unknown())
                            : new CallerRule(endpoint, peers, random.nextBoolean(), Origin.unknown()));
        }
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return rules;
    }

    private List<Peer> some(int most) {
        List<Peer> peers = new ArrayList<>();
        int size = random.nextInt(most + 1);
        for (int i = 0; i < size; i++) {
            String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size() - 1));
            peers.add(new Peer(
                    namespace, random.nextInt(3) == 0 ? null : ACCOUNTS.get(random.nextInt(ACCOUNTS.size() - 1))));
        }
        return peers;
    }

    /** A call from inside is somebody's; to the mesh, whoever enters is the gateway. */
    RequestValue request(RequestValue plain) {
        if (plain.via() == RequestValue.Via.ENTRY) {
            return plain.verdict(
                    switch (random.nextInt(6)) {
                        case 0 -> new Verdict.Denied(401, List.of(), "no");
                        case 1 -> new Verdict.Failed("down");
                        case 2 -> Verdict.UNASKED;
                        default -> Verdict.ALLOWED;
                    });
        }
        if (random.nextInt(6) == 0) {
            return plain;
        }
        return plain.caller(new Caller.Workload(
                Caller.Workload.CLUSTER_LOCAL,
                NAMESPACES.get(random.nextInt(NAMESPACES.size())),
                ACCOUNTS.get(random.nextInt(ACCOUNTS.size()))));
    }
}
