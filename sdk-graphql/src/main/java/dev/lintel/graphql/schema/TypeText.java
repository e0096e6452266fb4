package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Kind;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** From {@code [Pet!]} to the library's types: names are references, scalars themselves. */
final class TypeText {
    private static final Map<String, GraphQLScalarType> SCALARS = new LinkedHashMap<>();

    static {
        for (Kind kind : Kind.values()) {
            SCALARS.put(Scalars.of(kind).getName(), Scalars.of(kind));
        }
    }

    private TypeText() {}

    static GraphQLOutputType output(String text) {
        return (GraphQLOutputType) type(text);
    }

    static GraphQLInputType input(String text) {
        return (GraphQLInputType) type(text);
    }

    private static GraphQLType type(String text) {
        if (text.endsWith("!")) {
            return GraphQLNonNull.nonNull(type(text.substring(0, text.length() - 1)));
        }
        if (text.startsWith("[")) {
            return GraphQLList.list(type(text.substring(1, text.length() - 1)));
        }
        GraphQLScalarType scalar = SCALARS.get(text);
        return scalar == null ? GraphQLTypeReference.typeRef(text) : scalar;
    }
}
