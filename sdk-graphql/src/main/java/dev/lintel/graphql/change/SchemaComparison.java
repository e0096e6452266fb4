package dev.lintel.graphql.change;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between two schemas. Scalars are looked at where they are used. */
final class SchemaComparison {
    private final GraphQLSchema before;
    private final GraphQLSchema after;
    private final Renames renames;
    private final List<Change> changes = new ArrayList<>();

    SchemaComparison(GraphQLSchema before, GraphQLSchema after, Renames renames) {
        this.before = before;
        this.after = after;
        this.renames = renames;
    }

    List<Change> changes() {
        SortedMap<String, GraphQLNamedType> old = types(before);
        SortedMap<String, GraphQLNamedType> young = types(after);
        FieldComparison fields = new FieldComparison(renames, changes);
        old.forEach((name, type) -> {
            String now = renames.type(name);
            GraphQLNamedType other = young.remove(now);
            if (other == null) {
                say(Severity.BREAKING, name, "is gone");
                return;
            }
            if (!name.equals(now)) {
                say(Severity.BREAKING, name, "is called '" + now + "' now; lock the names");
            }
            if (!kind(type).equals(kind(other))) {
                say(Severity.BREAKING, name, "was " + kind(type) + ", is " + kind(other));
            } else if (type instanceof GraphQLInputObjectType input) {
                fields.inputs(input, (GraphQLInputObjectType) other);
            } else if (type instanceof GraphQLEnumType choice) {
                values(choice, (GraphQLEnumType) other);
            } else if (type instanceof GraphQLUnionType union) {
                members(name, union, (GraphQLUnionType) other);
            } else {
                interfaces(name, (GraphQLImplementingType) type, (GraphQLImplementingType) other);
                fields.outputs((GraphQLFieldsContainer) type, (GraphQLFieldsContainer) other);
            }
        });
        young.keySet().forEach(name -> say(Severity.COMPATIBLE, name, "is new"));
        return changes;
    }

    private void say(Severity severity, String coordinate, String reason) {
        changes.add(new Change(severity, coordinate, reason));
    }

    private static SortedMap<String, GraphQLNamedType> types(GraphQLSchema schema) {
        SortedMap<String, GraphQLNamedType> types = new TreeMap<>();
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (!type.getName().startsWith("__") && !(type instanceof GraphQLScalarType)) {
                types.put(type.getName(), type);
            }
        }
        return types;
    }

    private static String kind(GraphQLNamedType type) {
        if (type instanceof GraphQLInputObjectType input) {
            return input.isOneOf() ? "an input of which one field is given" : "an input";
        } else if (type instanceof GraphQLEnumType) {
            return "an enum";
        } else if (type instanceof GraphQLUnionType) {
            return "a union";
        }
        return type instanceof GraphQLInterfaceType ? "an interface" : "an object";
    }

    private void values(GraphQLEnumType type, GraphQLEnumType other) {
        TreeSet<String> young = new TreeSet<>();
        other.getValues().forEach(value -> young.add(value.getName()));
        type.getValues().forEach(value -> {
            String now = renames.member(type.getName() + ".", value.getName());
            String coordinate = type.getName() + "." + value.getName();
            if (!young.remove(now)) {
                say(Severity.BREAKING, coordinate, "is gone");
            } else if (!now.equals(value.getName())) {
                say(Severity.BREAKING, coordinate, "is called '" + now + "' now; lock the names");
            }
        });
        boolean answered = answered(other.getName());
        young.forEach(value -> say(
                answered ? Severity.DANGEROUS : Severity.COMPATIBLE,
                type.getName() + "." + value,
                answered
                        ? "is new, and clients that know all values can be answered one that they do not know"
                        : "is new"));
    }

    private boolean answered(String type) {
        return after.getAllTypesAsList().stream()
                .filter(GraphQLFieldsContainer.class::isInstance)
                .filter(each -> !each.getName().startsWith("__"))
                .flatMap(each -> ((GraphQLFieldsContainer) each).getFieldDefinitions().stream())
                .anyMatch(field ->
                        GraphQLTypeUtil.unwrapAll(field.getType()).getName().equals(type));
    }

    private void members(String name, GraphQLUnionType type, GraphQLUnionType other) {
        TreeSet<String> young = new TreeSet<>();
        other.getTypes().forEach(member -> young.add(member.getName()));
        type.getTypes().forEach(member -> {
            if (!young.remove(renames.type(member.getName()))) {
                say(Severity.BREAKING, name, "'" + member.getName() + "' is no member any more");
            }
        });
        young.forEach(member ->
                say(Severity.DANGEROUS, name, "'" + member + "' is a new member, and clients have no fragment for it"));
    }

    private void interfaces(String name, GraphQLImplementingType type, GraphQLImplementingType other) {
        SortedSet<String> young = new TreeSet<>();
        other.getInterfaces().forEach(each -> young.add(each.getName()));
        type.getInterfaces().forEach(each -> {
            if (!young.remove(renames.type(each.getName()))) {
                say(Severity.BREAKING, name, "does not implement '" + each.getName() + "' any more");
            }
        });
        young.forEach(each -> say(
                Severity.DANGEROUS,
                name,
                "implements '" + each + "' now, and clients that ask for that have no fragment for it"));
    }
}
