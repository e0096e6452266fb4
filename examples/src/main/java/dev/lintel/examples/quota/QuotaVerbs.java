package dev.lintel.examples.quota;

import dev.lintel.core.fluent.Verbs;

/**
 * The verb of {@link Quota}.
 *
 * @param <S> the chain that the verb answers
 */
public interface QuotaVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Limits how many requests a minute are let through.
     *
     * @param perMinute 1 to a million
     * @return a new chain
     */
    default S quota(int perMinute) {
        return with(new Quota(perMinute));
    }
}
