package dev.lintel.mesh;

import java.util.Set;

/**
 * AuthorizationPolicies that are only tried: proxies log what they would decide, and decide nothing by them. One whose
 * action is {@code CUSTOM} is taken for one that is asked, whatever its annotation says: where nobody knows whether an
 * authorizer decides, the narrower reading is taken.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/security/authorization/authz-dry-run/">Istio: dry run</a>
 */
public final class DryRun {
    /** The annotation. */
    public static final String ANNOTATION = "istio.io/dry-run";

    /** What Go takes for true. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "True", "TRUE");

    private DryRun() {}

    /**
     * Whether an object is one.
     *
     * @param object any object
     * @return false for a {@code CUSTOM} policy
     */
    public static boolean is(Manifest object) {
        return object.kind().equals("AuthorizationPolicy")
                && object.apiVersion().startsWith("security.istio.io/")
                && !"CUSTOM".equals(object.spec().get("action"))
                && TRUE.contains(object.annotations().getOrDefault(ANNOTATION, ""));
    }
}
