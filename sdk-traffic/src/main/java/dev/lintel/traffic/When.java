package dev.lintel.traffic;

import dev.lintel.core.Speaker;
import dev.lintel.core.fluent.Verbs;
import dev.lintel.core.match.Condition;
import java.util.Objects;

/**
 * A condition that still needs a version: {@code when(header("x-canary", "1")).to("v2")}.
 *
 * @param <S> the chain that goes on afterwards
 */
public final class When<S extends Verbs<S>> implements Speaker {
    private final Verbs<S> chain;
    private final Condition condition;

    When(Verbs<S> chain, Condition condition) {
        this.chain = chain;
        this.condition = Objects.requireNonNull(condition, "condition");
    }

    /**
     * Says which version the calls get for which the condition holds.
     *
     * @param version the version
     * @return a new chain
     */
    public S to(String version) {
        return chain.with(new Choose(condition, version));
    }
}
