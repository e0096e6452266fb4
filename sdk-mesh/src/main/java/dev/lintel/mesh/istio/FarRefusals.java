package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;

/** What a mesh cannot do in front of a service elsewhere, each with the nearest thing that it can. */
final class FarRefusals {
    private static final String EMBEDDED = "expose the API by an embedded gateway, or leave it out for this world";

    private final ApiModel api;
    private final Elsewhere elsewhere;
    private final List<Problem> found = new ArrayList<>();

    private FarRefusals(ApiModel api, Elsewhere elsewhere) {
        this.api = api;
        this.elsewhere = elsewhere;
    }

    static List<Problem> of(MeshModel model) {
        List<Problem> all = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            Elsewhere elsewhere = api.service().traffic().elsewhere();
            if (elsewhere != null) {
                all.addAll(new FarRefusals(api, elsewhere).find(model));
            }
        }
        return all;
    }

    private List<Problem> find(MeshModel model) {
        Origin origin = elsewhere.origin();
        if (elsewhere.address() == null) {
            refuse("address", "needs to know where the service elsewhere is", "say through(\"https://…\")", origin);
        }
        if (!api.service().callers().isEmpty()) {
            refuse(
                    "callers",
                    "tells callers apart at the workload, and a service elsewhere has none of the mesh in front of it",
                    "put a workload of your own in front of it, and list its callers",
                    api.service().callers().get(0).origin());
        }
        model.isolations().stream()
                .filter(rule -> rule.namespace().equals(api.namespace()))
                .forEach(rule -> refuse(
                        "isolation",
                        "keeps the boundary of a namespace at its workloads, and a service elsewhere is none of them",
                        "define the API in a namespace that is not isolated: inNamespace(…)",
                        rule.origin()));
        model.isolations().stream()
                .filter(rule -> BoundaryWriter.keepsOut(rule, api))
                .forEach(rule -> refuse(
                        "isolation",
                        "keeps those in '" + rule.namespace() + "' from calling at the workloads that they call, and a"
                                + " service elsewhere is none of them",
                        "allow it there: Api.isolate(\"" + rule.namespace() + "\").allowTo(\"" + api.id()
                                + "\"); or leave it out for this world",
                        rule.origin()));
        if (FarAccess.isClosed(api)) {
            model.apis().stream()
                    .filter(this::leadsHere)
                    .forEach(other -> found.add(new Problem(
                            "istio.elsewhere-version",
                            other.id(),
                            "has the service '" + api.service().name()
                                    + "' as a version, which is elsewhere; a mesh asks for"
                                    + " its access at the hosts of " + api.id()
                                    + api.origin().after(", said at ")
                                    + ", so that whoever enters by another host is not asked",
                            "leave the version out, or send callers to a host of " + api.id(),
                            other.origin())));
        }
        if (elsewhere.credential() != null) {
            boolean header = elsewhere.credential() instanceof Elsewhere.SecretHeader;
            refuse(
                    "credential",
                    header
                            ? "could send a secret to a service elsewhere only as plain text in a VirtualService, which many"
                                    + " may read"
                            : "gets no tokens of its own to send to a service elsewhere",
                    "let the application send them, put a proxy that does in front of it, or " + EMBEDDED,
                    origin);
        }
        Elsewhere.Tls tls = elsewhere.tls();
        if (tls != null) {
            FarSecrets.refused(tls)
                    .ifPresent(why -> refuse(
                            "secrets",
                            why,
                            "say the authority by its secret, and a certificate with its key, or " + EMBEDDED,
                            origin));
        }
        return found;
    }

    private boolean leadsHere(ApiModel other) {
        return !other.id().equals(api.id())
                && other.namespace().equals(api.namespace())
                && other.service().versions().stream()
                        .anyMatch(version -> api.service().name().equals(version.service()));
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        found.add(new Problem("istio.elsewhere-" + code, api.id(), "a mesh " + what, hint, origin));
    }
}
