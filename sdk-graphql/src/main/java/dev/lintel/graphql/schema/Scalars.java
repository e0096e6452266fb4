package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Kind;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The scalars of the graph; all numbers exactly. */
final class Scalars {
    private static final Map<Kind, GraphQLScalarType> ALL = new EnumMap<>(Kind.class);

    static {
        ALL.put(Kind.STRING, graphql.Scalars.GraphQLString);
        ALL.put(Kind.BOOLEAN, graphql.Scalars.GraphQLBoolean);
        ALL.put(Kind.INT, graphql.Scalars.GraphQLInt);
        ALL.put(Kind.FLOAT, graphql.Scalars.GraphQLFloat);
        put(Kind.LONG, "Long", "A whole number of 64 bits, exact; also taken as a text.", Values::toLong);
        put(
                Kind.INTEGER,
                "BigInteger",
                "A whole number of any size, exact; also taken as a text.",
                Values::toBigInteger);
        put(Kind.DECIMAL, "Decimal", "A decimal number of any size, exact; also taken as a text.", Values::toDecimal);
        put(Kind.DATE, "Date", "A day as RFC 3339 has it, such as 2026-11-28.", Values::toDate);
        put(
                Kind.DATE_TIME,
                "DateTime",
                "A moment as RFC 3339 has it, such as 2026-11-28T08:00:00Z.",
                Values::toDateTime);
        put(Kind.UUID, "UUID", "A UUID as RFC 9562 has it.", Values::toUuid);
        put(Kind.BASE64, "Base64", "Bytes as base64 text.", Values::toBase64);
        put(Kind.BYTES, "Bytes", "Bytes, here as base64 text; the service has them as they are.", Values::toBytes);
        put(Kind.JSON, "JSON", "Any JSON value.", value -> value);
    }

    /** Takes a value to the one form that it has here, or throws {@link IllegalArgumentException} that says why not. */
    interface Rule {
        Object apply(Object value);
    }

    private Scalars() {}

    static GraphQLScalarType of(Kind kind) {
        GraphQLScalarType scalar = ALL.get(kind);
        if (scalar == null) {
            throw new IllegalArgumentException("no scalar for " + kind);
        }
        return scalar;
    }

    private static void put(Kind kind, String name, String description, Rule rule) {
        ALL.put(
                kind,
                GraphQLScalarType.newScalar()
                        .name(name)
                        .description(description)
                        .coercing(new Exact(name, rule))
                        .build());
    }

    private record Exact(String name, Rule rule) implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            try {
                return rule.apply(value);
            } catch (IllegalArgumentException e) {
                throw new CoercingSerializeException(message(e), e);
            }
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            try {
                return rule.apply(value);
            } catch (IllegalArgumentException e) {
                throw new CoercingParseValueException(message(e), e);
            }
        }

        @Override
        public Object parseLiteral(
                Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
            try {
                Object value = Values.ofLiteral(literal, variables.toMap());
                if (value == null) {
                    throw new IllegalArgumentException("no value");
                }
                return rule.apply(value);
            } catch (IllegalArgumentException e) {
                throw new CoercingParseLiteralException(message(e), e);
            }
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return Values.toLiteral(value);
        }

        private String message(IllegalArgumentException e) {
            return "no " + name + ": " + e.getMessage();
        }
    }
}
