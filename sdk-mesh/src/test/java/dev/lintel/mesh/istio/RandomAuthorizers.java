package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** External authorizers over a model, on shared hosts as well, and what they answer. */
public final class RandomAuthorizers {
    private final Random random;
    private final boolean plain;
    private @Nullable AuthorizerRule last;

    RandomAuthorizers(Random random) {
        this(random, false);
    }

    private RandomAuthorizers(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    /** Equal seeds ask alike. */
    public static RandomAuthorizers of(long seed) {
        return new RandomAuthorizers(new Random(seed * 31 + 11));
    }

    /** Without a body, and with the only status that every gateway answers where nobody does. */
    public RandomAuthorizers plainly() {
        return new RandomAuthorizers(random, true);
    }

    /** Asked about some of the APIs. */
    public MeshModel model(MeshModel model) {
        List<ApiModel> apis = model.apis().stream()
                .map(api -> new ApiModel(
                        api.name(), api.namespace(), entry(api.entry()), api.service(), api.guards(), api.origin()))
                .toList();
        return new MeshModel(apis, model.egress(), model.isolations());
    }

    Entry entry(Entry entry) {
        return new Entry(
                entry.hosts(),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                isAsked(entry) ? authorizer() : null,
                null);
    }

    /** Braces among the paths of a shared host are refused, so that they are rare there. */
    private boolean isAsked(Entry entry) {
        boolean braces = entry.paths().stream().anyMatch(Forms::hasTemplate);
        return random.nextInt(braces ? 16 : entry.paths().isEmpty() ? 4 : 2) == 0;
    }

    /** Often the same as before, because on shared hosts it matters whether it is. */
    private AuthorizerRule authorizer() {
        if (last == null || random.nextBoolean()) {
            last = another();
        }
        return last;
    }

    private AuthorizerRule another() {
        AuthorizerRule.Body body = plain || random.nextBoolean()
                ? null
                : new AuthorizerRule.Body(8192, random.nextBoolean(), random.nextBoolean());
        return new AuthorizerRule(
                AuthorizerRule.Protocol.EXT_AUTHZ_GRPC,
                URI.create(random.nextBoolean() ? "grpc://opa.shop:9191" : "grpc://judge.shop:9191"),
                "",
                Duration.ofMillis(250),
                random.nextBoolean(),
                plain || random.nextBoolean() ? 403 : 503,
                body,
                Origin.unknown());
    }

    /** What whoever is asked answers. */
    public RequestValue answered(RequestValue request) {
        return request.verdict(
                switch (random.nextInt(6)) {
                    case 0 -> new Verdict.Denied(401, List.of(), "no");
                    case 1 -> new Verdict.Failed("down");
                    case 2 -> Verdict.UNASKED;
                    default -> Verdict.ALLOWED;
                });
    }
}
