package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;

import dev.lintel.mesh.Manifest;
import java.util.List;

/** What carries our label is written and deleted by those who apply definitions, and the label is put on by nobody else. */
final class OwnershipRule {
    /** Without them a namespace could never end, nor what belongs to an object that is gone. */
    private static final List<String> CLEANERS = List.of(
            "system:serviceaccount:kube-system:namespace-controller",
            "system:serviceaccount:kube-system:generic-garbage-collector");

    private static final List<Resource> RESOURCES = List.of(
            Resource.all("networking.istio.io"),
            Resource.all("security.istio.io"),
            Resource.all("extensions.istio.io"),
            Resource.all("gateway.networking.k8s.io"),
            Resource.all("gateway.envoyproxy.io"),
            Resource.all("gateway.kyma-project.io"),
            Resource.NETWORK_POLICY);

    private OwnershipRule() {}

    static GuardRail rail(List<String> accounts) {
        Term user = text(Term.REQUEST, "userInfo", "username");
        return new GuardRail(
                "ownership",
                "LintelOwnership",
                true,
                List.of(new Rule(
                        "ownership",
                        "admission.ours",
                        RESOURCES,
                        or("may_write_ours", in(user, accounts), in(user, CLEANERS)),
                        new Term.When(or("is_ours", labelled(Term.NOW), labelled(Term.BEFORE)), user),
                        "is of a definition, and not to be touched by",
                        "change the definition and apply it by an account of appliedBy(…), or take the label "
                                + Manifest.MANAGED_BY + " from your own object")));
    }

    static Term labelled(Term object) {
        return new Term.Same(text(object, "metadata", "labels", Manifest.MANAGED_BY), say(Manifest.LINTEL));
    }

    /** Who and what rules about others pass over. */
    static Term passedOver(String name, Term unchanged, List<String> accounts, List<String> controllers) {
        Term user = Term.text(Term.REQUEST, "userInfo", "username");
        return Term.or(
                name,
                unchanged,
                Term.in(Term.text(Term.REQUEST, "operation"), "DELETE"),
                Term.and(labelled(Term.NOW), Term.in(user, accounts)),
                Term.in(user, controllers));
    }
}
