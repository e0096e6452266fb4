package dev.lintel.graphql.change;

import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;

/** Types where they are used, and which of two can stand in for the other. */
final class TypeWords {
    private final Renames renames;

    TypeWords(Renames renames) {
        this.renames = renames;
    }

    /** As clients write it. */
    static String said(GraphQLType type) {
        if (type instanceof GraphQLNonNull never) {
            return said(never.getWrappedType()) + "!";
        }
        return type instanceof GraphQLList list
                ? "[" + said(list.getWrappedType()) + "]"
                : ((GraphQLNamedType) type).getName();
    }

    boolean same(GraphQLType before, GraphQLType after) {
        return narrower(before, after) && wider(before, after);
    }

    /** Whether each value of after is one of before: what is answered may become narrower. */
    boolean narrower(GraphQLType before, GraphQLType after) {
        if (before instanceof GraphQLNonNull never) {
            return after instanceof GraphQLNonNull other && narrower(never.getWrappedType(), other.getWrappedType());
        }
        return inner(before, after instanceof GraphQLNonNull other ? other.getWrappedType() : after, true);
    }

    /** Whether each value of before is one of after: what is asked may become wider. */
    boolean wider(GraphQLType before, GraphQLType after) {
        if (after instanceof GraphQLNonNull other) {
            return before instanceof GraphQLNonNull never && wider(never.getWrappedType(), other.getWrappedType());
        }
        return inner(before instanceof GraphQLNonNull never ? never.getWrappedType() : before, after, false);
    }

    private boolean inner(GraphQLType before, GraphQLType after, boolean answered) {
        if (before instanceof GraphQLList list) {
            return after instanceof GraphQLList other
                    && (answered
                            ? narrower(list.getWrappedType(), other.getWrappedType())
                            : wider(list.getWrappedType(), other.getWrappedType()));
        }
        return before instanceof GraphQLNamedType one
                && after instanceof GraphQLNamedType other
                && renames.type(one.getName()).equals(other.getName());
    }
}
