package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.schema.VariantOf;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** From types of the schema to what becomes of values. */
final class Outs {
    private final Wiring wiring;
    private final Planner planner;
    private final Map<String, VariantOf> variants = new ConcurrentHashMap<>();

    Outs(Wiring wiring, Planner planner) {
        this.wiring = wiring;
        this.planner = planner;
    }

    Out of(GraphQLType said, List<Collected> group) throws Refusal {
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(said);
        if (type instanceof GraphQLList list) {
            GraphQLType item = list.getWrappedType();
            if (GraphQLTypeUtil.unwrapNonNull(item) instanceof GraphQLObjectType object && wiring.entry(object)) {
                return new Out.Entries(chosen(object, group));
            }
            return new Out.Items(of(item, group), GraphQLTypeUtil.isNonNull(item));
        } else if (type instanceof GraphQLScalarType scalar) {
            return Leaves.of(scalar);
        } else if (type instanceof GraphQLEnumType choice) {
            SortedMap<String, String> names = new TreeMap<>();
            for (GraphQLEnumValueDefinition value : choice.getValues()) {
                names.put(String.valueOf(value.getValue()), value.getName());
            }
            return new Out.Choice(names);
        } else if (type instanceof GraphQLObjectType object) {
            return new Out.One(chosen(object, group));
        }
        GraphQLNamedOutputType family = (GraphQLNamedOutputType) type;
        SortedMap<String, Chosen> chosen = new TreeMap<>();
        for (Map.Entry<String, GraphQLObjectType> member :
                wiring.members(family).entrySet()) {
            chosen.put(member.getKey(), chosen(member.getValue(), group));
        }
        VariantOf variant = variants.computeIfAbsent(family.getName(), name -> wiring.variant(family));
        return new Out.Several(variant, chosen);
    }

    private Chosen chosen(GraphQLObjectType type, List<Collected> group) throws Refusal {
        return planner.choose(type, planner.below(type, group));
    }
}
