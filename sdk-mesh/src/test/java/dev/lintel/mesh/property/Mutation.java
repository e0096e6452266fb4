package dev.lintel.mesh.property;

import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One thing about a model changed, as users do it: taken from another model, or left out. */
final class Mutation {
    private Mutation() {}

    static MeshModel of(MeshModel model, MeshModel other, long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        if (model.apis().isEmpty()) {
            List<EgressRule> rules = new ArrayList<>(model.egress());
            if (!rules.isEmpty() && random.nextBoolean()) {
                rules.remove(random.nextInt(rules.size()));
            } else if (!other.egress().isEmpty()) {
                EgressRule next =
                        other.egress().get(random.nextInt(other.egress().size()));
                // No definitions say two things of one host in one namespace.
                rules.removeIf(rule ->
                        rule.namespace().equals(next.namespace()) && rule.host().equals(next.host()));
                rules.add(next);
            }
            return new MeshModel(model.apis(), rules, model.isolations());
        }
        List<ApiModel> apis = new ArrayList<>(model.apis());
        int at = random.nextInt(apis.size());
        ApiModel api = apis.get(at);
        ApiModel from = other.apis().isEmpty()
                ? api
                : other.apis().get(random.nextInt(other.apis().size()));
        Entry old = api.entry();
        Entry next = from.entry();
        Service service = api.service();
        switch (random.nextInt(10)) {
            case 0 -> apis.set(at, with(api, entry(old, next.access(), old.routes(), old.rewrites(), old), service));
            case 1 -> apis.set(at, with(api, entry(old, old.access(), old.routes(), old.rewrites(), next), service));
            case 2 -> apis.set(at, with(api, old, service(service, service, from.service())));
            case 3 -> apis.set(at, with(api, old, service(service, from.service(), service)));
            case 4 -> apis.set(at, with(api, entry(old, old.access(), next.routes(), old.rewrites(), old), service));
            case 5 -> apis.set(at, with(api, entry(old, old.access(), old.routes(), next.rewrites(), old), service));
            case 6 -> apis.set(at, with(api, entry(old, next.access(), next.routes(), old.rewrites(), old), service));
            case 7 -> apis.set(at, with(api, entry(old, old.access(), next.routes(), old.rewrites(), next), service));
            case 8 -> apis.remove(at);
            default -> {
                return new MeshModel(apis, model.egress(), other.isolations());
            }
        }
        return new MeshModel(apis, model.egress(), model.isolations());
    }

    private static Entry entry(Entry whole, Access access, List<Route> routes, List<Rewrite> rewrites, Entry asking) {
        return new Entry(
                whole.hosts(),
                access,
                routes,
                rewrites,
                whole.headers(),
                whole.pathParameters(),
                whole.paths(),
                asking.authorizer(),
                whole.login());
    }

    private static Service service(Service whole, Service split, Service callers) {
        return new Service(
                whole.name(),
                whole.port(),
                whole.labels(),
                whole.versions(),
                split.split(),
                whole.retry(),
                whole.timeout(),
                whole.traffic(),
                callers.callers(),
                whole.grpc());
    }

    private static ApiModel with(ApiModel api, Entry entry, Service service) {
        return new ApiModel(api.name(), api.namespace(), entry, service, api.guards(), api.origin());
    }
}
