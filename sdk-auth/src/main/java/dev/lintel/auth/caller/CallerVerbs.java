package dev.lintel.auth.caller;

import dev.lintel.core.fluent.Verbs;

/**
 * The verbs of identities: which workloads may call.
 *
 * @param <S> the chain that the verbs answer
 */
public interface CallerVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Lets only some workloads call, from inside and through the exposed host; nobody else who enters there.
     *
     * @param workloads their service accounts: {@code frontend} in the API's own namespace, {@code frontend.web} in another
     * @return a new chain
     * @throws IllegalArgumentException if there are none, or one is no such name
     */
    default S onlyFrom(String... workloads) {
        return with(Callers.callers(workloads));
    }

    /**
     * Lets only some workloads call; may be said for several endpoints.
     *
     * @param callers for example {@code callers("frontend").namespace("monitoring").at("GET /internal/**").orEntering()}
     * @return a new chain
     */
    default S onlyFrom(Callers callers) {
        return with(callers);
    }

    /**
     * Lets only the workloads of some namespaces call, from inside and through the exposed host; nobody else who enters
     * there.
     *
     * @param namespaces at least one
     * @return a new chain
     * @throws IllegalArgumentException if there are none, or one is no DNS label
     */
    default S onlyFromNamespace(String... namespaces) {
        return with(Callers.callersIn(namespaces));
    }
}
