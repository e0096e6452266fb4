package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.InstantSource;

/**
 * A rule that a stranger's policy adds: asked after access was granted and before the route is taken.
 *
 * <p>It is a value; what it counts or remembers lives in the {@link Guard} it makes. A dialect that does not know its
 * kind refuses it. Two equal rules of one API keep one guard across changes of the model.
 */
public interface GuardRule {
    /**
     * The kind of the policy that it comes from.
     *
     * @return for example {@code acme.quota/v1}
     */
    String kind();

    /**
     * What it asks, in a few words for {@code explain} and plans.
     *
     * @return for example {@code at most 600 requests a minute}
     */
    String describe();

    /**
     * The line that said it.
     *
     * @return the origin of its policy
     */
    Origin origin();

    /**
     * Whether it tells requests apart by verified tokens, so that it means nothing where nobody's tokens are accepted.
     *
     * @return false unless said; a definition in which it is true and no issuer is trusted is refused
     */
    default boolean needsToken() {
        return false;
    }

    /**
     * Whether it speaks about objects that a world writes, and not about requests, so that it means nothing where no
     * objects are written.
     *
     * @return false unless said; a world that decides requests by itself refuses a rule in which it is true
     */
    default boolean needsObjects() {
        return false;
    }

    /**
     * Makes the part of this rule that has state.
     *
     * @param clock what time it is
     * @return a guard that is safe for use by many threads
     */
    Guard start(InstantSource clock);
}
