package dev.lintel.graphql.execute;

import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;

/** Variables of a request. */
final class Variables {
    private Variables() {}

    /** Takes them to the types that the operation says. The library takes nulls as values, and does not say so. */
    @SuppressWarnings("NullAway")
    static CoercedVariables of(GraphQLSchema schema, Plan plan, GraphRequest request) throws Refusal {
        if (plan.operation().getVariableDefinitions().isEmpty()) {
            return CoercedVariables.emptyVariables();
        }
        try {
            return ValuesResolver.coerceVariableValues(
                    schema,
                    plan.operation().getVariableDefinitions(),
                    RawVariables.of(request.variables()),
                    GraphQLContext.getDefault(),
                    Locale.ENGLISH);
        } catch (GraphQLException e) {
            throw new Refusal(List.of(
                    e instanceof GraphQLError error
                            ? Fault.of(Code.BAD_USER_INPUT, error)
                            : Fault.of(Code.BAD_USER_INPUT, "a variable does not fit its type")));
        }
    }

    /** Whether arguments of a field have variables. */
    static boolean used(Field field) {
        for (Argument argument : field.getArguments()) {
            if (used(argument.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean used(Value<?> value) {
        if (value instanceof ArrayValue list) {
            return list.getValues().stream().anyMatch(Variables::used);
        } else if (value instanceof ObjectValue object) {
            return object.getObjectFields().stream().map(ObjectField::getValue).anyMatch(Variables::used);
        }
        return value instanceof VariableReference;
    }
}
