package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads who may refer to what in another namespace. Without a grant a certificate does not open its listener, and a service
 * gets no calls: they are answered 500.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant">Gateway API, ReferenceGrant</a>
 */
final class GrantReader {
    private final List<Problem> problems;
    private final List<Grant> grants = new ArrayList<>();

    GrantReader(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * One grant.
     *
     * @param from the kind that refers, and its namespace
     * @param to the kind that is referred to, and its namespace
     * @param name of what is referred to; null for all of the kind
     */
    private record Grant(Kind from, Kind to, @Nullable String name) {}

    private record Kind(String group, String kind, String namespace) {}

    void read(Manifest manifest) {
        Part spec = new Part(manifest.id(), "spec", manifest.spec(), problems);
        List<Kind> from = new ArrayList<>();
        for (Part part : spec.parts("from")) {
            from.add(new Kind(part.text("group", ""), part.text("kind", ""), part.text("namespace", "")));
            part.end();
        }
        for (Part part : spec.parts("to")) {
            Kind to = new Kind(part.text("group", ""), part.text("kind", ""), manifest.namespace());
            String name = part.text("name");
            part.end();
            from.forEach(kind -> grants.add(new Grant(kind, to, name)));
        }
        spec.end();
    }

    /** Whether an object of Gateway API may refer to one of the core group, which may be in another namespace. */
    boolean allows(String kind, String namespace, String toKind, String toNamespace, String name) {
        Kind from = new Kind(Meta.GROUP, kind, namespace);
        Kind to = new Kind("", toKind, toNamespace);
        return namespace.equals(toNamespace)
                || grants.stream()
                        .anyMatch(grant -> grant.from().equals(from)
                                && grant.to().equals(to)
                                && (grant.name() == null || grant.name().equals(name)));
    }
}
