package dev.lintel.core.spi;

import dev.lintel.core.Policy;

/**
 * Gives one kind of policy its meaning. Found by {@link java.util.ServiceLoader}: a provider is named both in {@code
 * META-INF/services} (for the class path) and in {@code module-info} (for the module path).
 *
 * <p>A compiler is pure: the same policy writes the same into the draft, on every JVM and every run.
 *
 * @param <P> the record that it compiles
 */
public interface PolicyCompiler<P extends Policy> {
    /**
     * The record of this kind, used to read stored definitions.
     *
     * @return a record class
     */
    Class<P> policy();

    /**
     * The kind under which the record is stored.
     *
     * @return the same string as {@link Policy#kind()} of every instance
     */
    String kind();

    /**
     * When it is asked; within a phase compilers are asked by kind, and policies of one kind in the order of saying.
     *
     * @return the phase
     */
    Phase phase();

    /**
     * Writes the meaning of a policy. What contradicts something else is reported by {@link ApiDraft#problem}, not thrown.
     *
     * @param policy what was said
     * @param draft the API that is being compiled
     */
    void compile(P policy, ApiDraft draft);
}
