package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives what was read from manifests the lines of the definitions that it was written for, so that a plan can name them. */
final class Origins {
    private Origins() {}

    static MeshModel of(MeshModel read, MeshModel said) {
        Map<String, ApiModel> desired = new HashMap<>();
        said.apis().forEach(api -> desired.putIfAbsent(api.id(), api));
        List<ApiModel> apis = new ArrayList<>();
        for (ApiModel api : read.apis()) {
            @Nullable ApiModel one = desired.get(api.id());
            apis.add(one == null ? api : of(api, one));
        }
        return new MeshModel(apis, same(read.egress(), said.egress()), same(read.isolations(), said.isolations()));
    }

    private static ApiModel of(ApiModel read, ApiModel said) {
        Entry entry = read.entry();
        Access access = entry.access();
        List<AccessRule> rules = access.rules().stream()
                .map(rule -> new AccessRule(
                        rule.endpoint(),
                        rule.requirement(),
                        said.entry().access().rules().stream()
                                .filter(one -> holds(Match.of(one.endpoint()), Match.of(rule.endpoint())))
                                .findFirst()
                                .map(AccessRule::origin)
                                .orElse(said.origin())))
                .toList();
        List<Route> routes = entry.routes().stream()
                .map(route -> new Route(
                        route.match(),
                        route.version(),
                        route.answer(),
                        said.entry().routes().stream()
                                .filter(one -> holds(one.match(), route.match()))
                                .findFirst()
                                .map(Route::origin)
                                .orElse(said.origin())))
                .toList();
        return new ApiModel(
                read.name(),
                read.namespace(),
                new Entry(
                        entry.hosts(),
                        new Access(access.issuers(), access.audiences(), rules),
                        routes,
                        entry.rewrites(),
                        entry.headers(),
                        entry.pathParameters(),
                        entry.paths(),
                        same(entry.authorizer(), said.entry().authorizer()),
                        same(entry.login(), said.entry().login())),
                service(read.service(), said.service()),
                read.guards(),
                said.origin(),
                read.front());
    }

    private static Service service(Service read, Service said) {
        SplitRule split = read.split();
        Origin origin = said.split() == null ? Origin.unknown() : said.split().origin();
        return new Service(
                read.name(),
                read.port(),
                read.labels(),
                read.versions(),
                split == null ? null : new SplitRule(split.shares(), split.sticky(), origin),
                retry(read.retry(), said.retry()),
                timeout(read.timeout(), said.timeout()),
                traffic(read.traffic(), said.traffic()),
                same(read.callers(), said.callers()),
                same(read.grpc(), said.grpc()));
    }

    private static Traffic traffic(Traffic read, Traffic said) {
        return new Traffic(
                same(read.choices(), said.choices()),
                same(read.mirrors(), said.mirrors()),
                same(read.fault(), said.fault()),
                same(read.breaker(), said.breaker()),
                same(read.balance(), said.balance()),
                same(read.health(), said.health()),
                same(read.elsewhere(), said.elsewhere()));
    }

    /** Equal rules may have been said on different lines. */
    private static <T extends @Nullable Object> T same(T read, T said) {
        return Objects.equals(read, said) ? said : read;
    }

    private static @Nullable RetryRule retry(@Nullable RetryRule read, @Nullable RetryRule said) {
        return said != null && said.equals(read) ? said : read;
    }

    private static @Nullable TimeoutRule timeout(@Nullable TimeoutRule read, @Nullable TimeoutRule said) {
        return said != null && said.equals(read) ? said : read;
    }

    /** Whether the first match takes all that the second one is about, as far as path and method tell. */
    private static boolean holds(Match said, Match read) {
        return said.endpoint().path().covers(read.endpoint().path())
                && (said.endpoint().methods().isEmpty()
                        || !read.endpoint().methods().isEmpty()
                                && said.endpoint()
                                        .allows(read.endpoint().methods().get(0)));
    }
}
