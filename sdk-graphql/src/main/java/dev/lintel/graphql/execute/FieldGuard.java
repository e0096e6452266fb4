package dev.lintel.graphql.execute;

/**
 * Who may ask for which field. It is asked for each field of a valid document before anything is called, and for each
 * object that the field may be of; and for each field that introspection would show. Its answers must not depend on time.
 */
@FunctionalInterface
public interface FieldGuard {
    /** What a guard says. */
    enum Verdict {
        /** The caller may. */
        ALLOWED,
        /** It would have to say who it is. */
        UNAUTHENTICATED,
        /** It may not. */
        FORBIDDEN
    }

    /** Lets everybody ask for everything. */
    FieldGuard OPEN = (type, field, caller) -> Verdict.ALLOWED;

    /**
     * Decides about a field.
     *
     * @param type the name of the type that has it, such as {@code Mutation}
     * @param field its name
     * @param caller who asks
     * @return whether it may
     */
    Verdict check(String type, String field, GraphCaller caller);

    /**
     * Whether a caller may ask for the schema ({@code __schema}, {@code __type}).
     *
     * @param caller who asks
     * @return true unless said otherwise: a caller sees only fields that it may ask for
     */
    default boolean introspection(GraphCaller caller) {
        return true;
    }
}
