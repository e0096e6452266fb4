package dev.lintel.mesh.kyma;

import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Any model, reduced to what an APIRule can say: its access, its paths and its methods stay as they are. */
final class SimpleModels {
    private SimpleModels() {}

    static MeshModel of(MeshModel model) {
        return new MeshModel(model.apis().stream().map(SimpleModels::of).toList());
    }

    private static ApiModel of(ApiModel api) {
        Entry entry = api.entry();
        HeaderChanges headers = new HeaderChanges(entry.headers().request(), java.util.Map.of());
        Entry simple = new Entry(
                entry.hosts().subList(0, 1),
                access(entry.access()),
                List.of(new Route(Match.any(), null, null)),
                List.of(),
                headers,
                entry.pathParameters());
        Service service = api.service();
        Traffic traffic = new Traffic(
                List.of(),
                List.of(),
                null,
                service.traffic().breaker(),
                service.traffic().balance(),
                null,
                null);
        TimeoutRule timeout =
                service.timeout() == null ? null : new TimeoutRule(Duration.ofSeconds(service.port() % 100 + 1), null);
        return new ApiModel(
                api.name(),
                api.namespace(),
                simple,
                new Service(service.name(), service.port(), service.labels(), List.of(), null, null, timeout, traffic),
                List.of(),
                api.origin());
    }

    private static Access access(Access access) {
        return new Access(
                access.issuers().stream()
                        .map(issuer -> new Issuer(
                                issuer.issuer(),
                                URI.create(issuer.issuer() + "/keys"),
                                issuer.algorithms(),
                                issuer.origin()))
                        .toList(),
                access.audiences(),
                access.rules().stream()
                        .map(rule -> new AccessRule(rule.endpoint(), simple(rule.requirement()), rule.origin()))
                        .toList());
    }

    private static Requirement simple(Requirement requirement) {
        return requirement instanceof Requirement.Token token
                ? new Requirement.Token(token.anyOf().stream()
                        .map(grant -> new Grant(grant.scopes(), List.of()))
                        .toList())
                : requirement;
    }
}
