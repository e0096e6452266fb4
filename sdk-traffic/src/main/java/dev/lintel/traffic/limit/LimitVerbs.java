package dev.lintel.traffic.limit;

import dev.lintel.core.fluent.Verbs;

/**
 * The verb that limits how much may enter.
 *
 * @param <S> the chain that the verb answers
 */
public interface LimitVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Limits how many requests may enter; what is more is answered 429 with {@code Retry-After}. May be said several times,
     * as long as the limits differ in their time or in whom they count; a request must then pass all of them.
     *
     * @param limit for example {@code RateLimit.of(100, ofSeconds(1)).byCaller()}
     * @return a new chain
     */
    default S rateLimit(RateLimit limit) {
        return with(limit);
    }
}
