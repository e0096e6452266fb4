package dev.lintel.mesh.imports;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a world does in any case, although nobody said it: objects that were written here are read alike whether a definition
 * says it or not, so that nothing tells whether somebody did.
 */
final class Usual {
    /** So many methods may be all that a world knows. */
    private static final int MANY = 9;

    private final Dialect dialect;
    private final List<Problem> notes = new ArrayList<>();

    Usual(Dialect dialect) {
        this.dialect = dialect;
    }

    /** What was left out. */
    List<Problem> notes() {
        return notes;
    }

    /** The model without what is read in any case; objects of anybody else are left as they are. */
    MeshModel without(List<Manifest> manifests, MeshModel read) {
        boolean ours = manifests.stream()
                .allMatch(manifest -> manifest.isOurs() || manifest.kind().equals("Service") || LeftOut.is(manifest));
        if (!ours) {
            return read;
        }
        Map<String, UnaryOperator<ApiModel>> usual = new LinkedHashMap<>();
        usual.put("lets paths with ';' through", Usual::withoutParameters);
        usual.put("limits how long calls take", Usual::withoutTimeout);
        usual.put("lets no other methods through than those that it knows", Usual::forAllMethods);
        MeshModel left = read;
        for (Map.Entry<String, UnaryOperator<ApiModel>> one : usual.entrySet()) {
            for (ApiModel api : read.apis()) {
                MeshModel without = with(left, api.id(), one.getValue());
                if (!without.equals(left) && isReadAs(without, read)) {
                    left = without;
                    notes.add(new Problem(
                            "import.usual",
                            api.id(),
                            one.getKey()
                                    + ", as this world does where a definition says nothing of it: this one says nothing either",
                            "",
                            api.origin()));
                }
            }
        }
        return left;
    }

    /** Whether the objects that say one model are read as the other one. */
    private boolean isReadAs(MeshModel model, MeshModel read) {
        Dialect.Written written = dialect.write(model);
        return written.problems().isEmpty()
                && dialect.read(written.manifests()).model().equals(read);
    }

    private static MeshModel with(MeshModel model, String id, UnaryOperator<ApiModel> change) {
        List<ApiModel> apis = model.apis().stream()
                .map(api -> api.id().equals(id) ? change.apply(api) : api)
                .toList();
        return new MeshModel(apis, model.egress(), model.isolations());
    }

    private static ApiModel withoutParameters(ApiModel api) {
        return with(api, api.entry().access(), false);
    }

    /** Rules for many methods as rules for all of them. */
    private static ApiModel forAllMethods(ApiModel api) {
        Access access = api.entry().access();
        List<AccessRule> rules = access.rules().stream()
                .map(rule -> rule.endpoint().methods().size() < MANY
                        ? rule
                        : new AccessRule(
                                new Endpoint(List.of(), rule.endpoint().path()), rule.requirement(), rule.origin()))
                .toList();
        Access all = new Access(access.issuers(), access.audiences(), rules);
        return with(api, all, api.entry().pathParameters());
    }

    private static ApiModel with(ApiModel api, Access access, boolean parameters) {
        Entry entry = api.entry();
        Entry without = new Entry(
                entry.hosts(),
                access,
                entry.routes(),
                entry.rewrites(),
                entry.headers(),
                parameters,
                entry.paths(),
                entry.authorizer(),
                entry.login());
        return new ApiModel(
                api.name(), api.namespace(), without, api.service(), api.guards(), api.origin(), api.front());
    }

    private static ApiModel withoutTimeout(ApiModel api) {
        Service service = api.service();
        Service without = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                null,
                service.traffic(),
                service.callers(),
                service.grpc());
        return new ApiModel(api.name(), api.namespace(), api.entry(), without, api.guards(), api.origin(), api.front());
    }
}
