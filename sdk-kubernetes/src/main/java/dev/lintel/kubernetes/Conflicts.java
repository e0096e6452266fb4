package dev.lintel.kubernetes;

/**
 * What happens to a field that we want and another manager owns with another value.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts">Kubernetes: conflicts</a>
 */
public enum Conflicts {
    /** The plan has a problem that names the manager and the field; nothing is written. */
    REFUSE,
    /** The field becomes ours, and the other manager is told when it applies the next time. */
    TAKE_OVER,
    /**
     * The field is left to the other manager, and the plan warns of it by name; whatever it holds counts in what is told about
     * requests. Only where routes go and how they are balanced is left: what decides who may call is refused as above.
     */
    YIELD
}
