package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What is drawn for Istio, for tests that take all dialects. */
public final class IstioWorld {
    /** Why one with callers may be refused. */
    public static final Set<String> CALLERS = Set.of(
            "istio.rewritten-access", "istio.answer-access", "istio.caller-parameters", "istio.authorizer-paths");

    private IstioWorld() {}

    /** Any. */
    public static MeshModel any(long seed) {
        return new RandomModels(seed).model();
    }

    /** With callers, boundaries and authorizers. */
    public static MeshModel callers(long seed) {
        return new RandomCallers(seed).model(any(seed));
    }

    /** What leaves. */
    public static MeshModel egress(long seed) {
        return new MeshModel(List.of(), RandomEgress.rules(new Random(seed)));
    }

    /** Without versions, what needs them, and what is said about every call: no waypoint keeps that. */
    public static MeshModel ambient(long seed) {
        MeshModel model = callers(seed);
        return new MeshModel(model.apis().stream()
                .map(api -> with(
                        api,
                        api.entry().access(),
                        new Traffic(
                                List.of(),
                                List.of(),
                                null,
                                api.service().traffic().breaker(),
                                api.service().traffic().balance(),
                                null,
                                null)))
                .toList());
    }

    /** Services that run elsewhere, open to everybody. */
    public static MeshModel elsewhere(long seed) {
        Random random = new Random(seed * 17 + 3);
        return new MeshModel(any(seed).apis().stream()
                .map(api -> with(
                        api,
                        Access.OPEN,
                        new Traffic(
                                List.of(), List.of(), api.service().traffic().fault(), null, null, null, far(random))))
                .toList());
    }

    private static Elsewhere far(Random random) {
        boolean tls = random.nextBoolean();
        String host =
                List.of("api.psp.example", "edge.psp.example", "192.0.2.7").get(random.nextInt(3));
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL,
                URI.create((tls ? "https://" : "http://") + host + ":" + (random.nextBoolean() ? 443 : 8443)),
                "api.psp.example",
                tls
                        ? new Elsewhere.Tls(
                                "api.psp.example", List.of("api.psp.example", "psp.example"), null, null, null)
                        : null,
                random.nextBoolean() ? null : Duration.ofMillis(1500),
                null,
                Origin.unknown());
    }

    private static ApiModel with(ApiModel api, Access access, Traffic traffic) {
        Entry entry = api.entry();
        Service service = api.service();
        boolean far = traffic.elsewhere() != null;
        List<Route> routes = new ArrayList<>();
        for (Route route : entry.routes()) {
            routes.add(new Route(route.match(), null, route.answer(), route.origin()));
        }
        Entry plain = new Entry(
                entry.hosts(),
                access,
                routes,
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                far ? null : entry.authorizer(),
                null);
        Service whole = new Service(
                service.name(),
                service.port(),
                service.labels(),
                List.of(),
                null,
                far ? service.retry() : null,
                far ? service.timeout() : null,
                traffic,
                far ? List.of() : service.callers());
        return new ApiModel(api.name(), api.namespace(), plain, whole, List.of(), api.origin());
    }
}
