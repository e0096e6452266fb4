package dev.lintel.auth.opa;

import dev.lintel.core.fluent.Verbs;

/**
 * The verbs of external authorizers: who else is asked.
 *
 * @param <S> the chain that the verbs answer
 */
public interface OpaVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Asks an OPA about every request that enters by the exposed host, before its token is verified.
     *
     * @param policy made by {@link Opa#opa(String)}
     * @return a new chain
     */
    default S withOpa(Opa policy) {
        return with(policy);
    }

    /**
     * Asks a server that speaks Envoy's {@code ext_authz} about every request that enters by the exposed host, before its
     * token is verified.
     *
     * @param policy made by {@link ExtAuthz#extAuthz(String)}
     * @return a new chain
     */
    default S withAuthorizer(ExtAuthz policy) {
        return with(policy);
    }
}
