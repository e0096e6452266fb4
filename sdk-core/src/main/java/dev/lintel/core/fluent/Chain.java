package dev.lintel.core.fluent;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import java.util.ArrayList;
import java.util.List;

/**
 * A definition while it is being said. Each verb answers a new chain, so a prefix can be kept and shared; {@link
 * #define()} ends it.
 *
 * @param <S> the concrete chain
 */
public abstract class Chain<S extends Chain<S>> implements Verbs<S> {
    private final ApiDefinition said;

    /**
     * Begins a chain.
     *
     * @param service what is exposed
     * @param namespace where it lives, a DNS label
     */
    protected Chain(ServiceRef service, String namespace) {
        this(new ApiDefinition(service, namespace, List.of(), Origin.ofCaller()));
    }

    /**
     * A chain that says just this.
     *
     * @param said what has been said so far
     */
    protected Chain(ApiDefinition said) {
        this.said = said;
    }

    /**
     * The concrete chain for what has been said.
     *
     * @param said what has been said so far
     * @return a new chain
     */
    protected abstract S chain(ApiDefinition said);

    @Override
    public final S with(Policy policy) {
        List<Said> more = new ArrayList<>(said.policies());
        more.add(new Said(policy, Origin.ofCaller()));
        return chain(new ApiDefinition(said.service(), said.namespace(), more, said.origin()));
    }

    @Override
    public final ApiDefinition define() {
        List<Problem> problems = new ModelCompiler(Kinds.installed()).check(said);
        if (!problems.isEmpty()) {
            throw new ProblemsException("'" + said.id() + "'", problems);
        }
        return said;
    }

    /** What has been said so far, in one line. */
    @Override
    public final String toString() {
        return said.toString();
    }
}
