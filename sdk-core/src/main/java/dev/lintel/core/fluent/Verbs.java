package dev.lintel.core.fluent;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Policy;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.Speaker;

/**
 * The one primitive under all verbs. A module that owns a policy owns its verb, as a default method of an interface that
 * extends this one; a chain is composed of such interfaces.
 *
 * @param <S> the chain that the verbs answer
 */
public interface Verbs<S extends Verbs<S>> extends Speaker {
    /**
     * Attaches a policy.
     *
     * @param policy the policy
     * @return a new chain that also says this; the old one stays as it is
     */
    S with(Policy policy);

    /**
     * Ends the chain. Verbs that answer something other than a chain begin with what this answers.
     *
     * @return the definition
     * @throws ProblemsException if what was said contradicts itself; it holds all problems
     */
    ApiDefinition define();
}
