package dev.lintel.mesh.istio;

import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** APIs whose service is elsewhere, and what is asked in front of it. */
final class FarModels {
    static final SecretRef CA = new SecretRef("shop", "psp", "authority.pem");

    private FarModels() {}

    static Elsewhere.Tls tls(@Nullable SecretRef ca, @Nullable SecretRef certificate, @Nullable SecretRef key) {
        return new Elsewhere.Tls("api.psp.example", List.of("api.psp.example"), ca, certificate, key);
    }

    /** The same API with its service elsewhere: without versions, because it has none there. */
    static ApiModel far(ApiModel api, Elsewhere.Tls tls) {
        Elsewhere elsewhere = new Elsewhere(
                Elsewhere.Kind.EXTERNAL,
                URI.create("https://api.psp.example:443"),
                "api.psp.example",
                tls,
                null,
                null,
                Sketch.LINE);
        Service here = api.service();
        Traffic traffic = new Traffic(
                List.of(), List.of(), here.traffic().fault(), here.traffic().breaker(), null, null, elsewhere);
        Service service = new Service(
                here.name(), here.port(), here.labels(), List.of(), null, here.retry(), here.timeout(), traffic);
        List<Route> routes = new ArrayList<>();
        api.entry().routes().stream().filter(route -> route.version() == null).forEach(routes::add);
        if (routes.stream().noneMatch(route -> route.match().equals(Match.any()))) {
            routes.add(new Route(Match.any(), null, Sketch.LINE));
        }
        return new ApiModel(
                api.name(),
                api.namespace(),
                with(api.entry(), routes, api.entry().paths()),
                service,
                List.of(),
                Sketch.LINE);
    }

    static ApiModel far(ApiModel api) {
        return far(api, tls(null, null, null));
    }

    /** The same API at some paths of a host that it shares. */
    static ApiModel at(ApiModel api, String... paths) {
        List<PathPattern> own = new ArrayList<>();
        for (String path : paths) {
            own.add(PathPattern.parse(path));
        }
        Entry entry = with(api.entry(), api.entry().routes(), own);
        Entry shared = new Entry(
                List.of("all.shop.example.com"),
                entry.access(),
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                false,
                own,
                null,
                null);
        return new ApiModel(api.name(), "shop", shared, api.service(), List.of(), api.origin());
    }

    private static Entry with(Entry entry, List<Route> routes, List<PathPattern> paths) {
        return new Entry(
                entry.hosts(),
                entry.access(),
                routes,
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                paths,
                null,
                null);
    }

    /** One elsewhere, and sometimes one in the cluster beside it, at a host of its own or at the same. */
    static MeshModel random(long seed) {
        Random random = new Random(seed);
        RandomModels models = new RandomModels(seed);
        ApiModel one = far(models.api("carts", "shop"));
        if (random.nextInt(3) == 0) {
            return new MeshModel(List.of(one));
        }
        ApiModel other = models.api("orders", "shop");
        if (random.nextBoolean()) {
            return new MeshModel(List.of(one, other));
        }
        return random.nextBoolean()
                ? new MeshModel(List.of(at(one, "/a/**", "/foo"), at(other, "/**")))
                : new MeshModel(List.of(at(one, "/**"), at(other, "/a/b/**", "/foo/**")));
    }

    /** Tokens with a scope everywhere but at a public and at a refused path. */
    static ApiModel guarded() {
        return far(new Sketch()
                .withoutVersions()
                .scope("/**", scopes("read"))
                .scope("POST /**", scopes("read", "write"))
                .scope("/status", Requirement.PUBLIC)
                .scope("/internal/**", Requirement.DENIED)
                .api());
    }

    static Requirement scopes(String... scopes) {
        return new Requirement.Token(List.of(new Grant(List.of(scopes), List.of())));
    }

    /** Whether nothing is asked at an API. */
    static boolean isOpen(ApiModel api) {
        Access access = api.entry().access();
        List<AccessRule> rules = access.rules();
        return rules.isEmpty() && access.issuers().isEmpty();
    }
}
