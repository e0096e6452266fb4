package dev.lintel.graphql.change;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What differs between the fields of two types, and between their arguments. */
final class FieldComparison {
    private final Renames renames;
    private final TypeWords words;
    private final List<Change> changes;

    FieldComparison(Renames renames, List<Change> changes) {
        this.renames = renames;
        this.words = new TypeWords(renames);
        this.changes = changes;
    }

    void outputs(GraphQLFieldsContainer type, GraphQLFieldsContainer other) {
        SortedMap<String, GraphQLFieldDefinition> young = new TreeMap<>();
        other.getFieldDefinitions().forEach(field -> young.put(field.getName(), field));
        for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
            String coordinate = type.getName() + "." + field.getName();
            GraphQLFieldDefinition now =
                    young.remove(named(coordinate, type.getName() + ".", field.getName(), young.keySet()));
            if (now == null) {
                say(Severity.BREAKING, coordinate, field.isDeprecated() ? "is gone; it was deprecated" : "is gone");
                continue;
            }
            output(coordinate, field.getType(), now.getType());
            deprecation(coordinate, field.isDeprecated(), now.isDeprecated());
            arguments(coordinate, field, now);
        }
        young.keySet().forEach(name -> say(Severity.COMPATIBLE, type.getName() + "." + name, "is new"));
    }

    void inputs(GraphQLInputObjectType type, GraphQLInputObjectType other) {
        SortedMap<String, GraphQLInputObjectField> young = new TreeMap<>();
        other.getFieldDefinitions().forEach(field -> young.put(field.getName(), field));
        for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
            String coordinate = type.getName() + "." + field.getName();
            GraphQLInputObjectField now =
                    young.remove(named(coordinate, type.getName() + ".", field.getName(), young.keySet()));
            if (now == null) {
                say(Severity.BREAKING, coordinate, field.isDeprecated() ? "is gone; it was deprecated" : "is gone");
                continue;
            }
            input(coordinate, field.getType(), now.getType());
            deprecation(coordinate, field.isDeprecated(), now.isDeprecated());
        }
        young.forEach((name, field) -> added(type.getName() + "." + name, field.getType()));
    }

    private void arguments(String field, GraphQLFieldDefinition before, GraphQLFieldDefinition after) {
        SortedMap<String, GraphQLArgument> young = new TreeMap<>();
        after.getArguments().forEach(argument -> young.put(argument.getName(), argument));
        for (GraphQLArgument argument : before.getArguments()) {
            String coordinate = field + "(" + argument.getName() + ":)";
            GraphQLArgument now = young.remove(named(coordinate, field + "(", argument.getName(), young.keySet()));
            if (now == null) {
                say(Severity.BREAKING, coordinate, "is gone");
            } else {
                input(coordinate, argument.getType(), now.getType());
            }
        }
        young.forEach((name, argument) -> added(field + "(" + name + ":)", argument.getType()));
    }

    private String named(String coordinate, String owner, String name, Set<String> there) {
        String now = renames.member(owner, name);
        if (!now.equals(name) && there.contains(now)) {
            say(Severity.BREAKING, coordinate, "is called '" + now + "' now; lock the names");
        }
        return now;
    }

    private void output(String coordinate, GraphQLType before, GraphQLType after) {
        if (!words.same(before, after)) {
            Severity severity = words.narrower(before, after) ? Severity.COMPATIBLE : Severity.BREAKING;
            say(severity, coordinate, "was " + TypeWords.said(before) + ", is " + TypeWords.said(after));
        }
    }

    private void input(String coordinate, GraphQLType before, GraphQLType after) {
        if (!words.same(before, after)) {
            Severity severity = words.wider(before, after) ? Severity.COMPATIBLE : Severity.BREAKING;
            say(severity, coordinate, "was " + TypeWords.said(before) + ", is " + TypeWords.said(after));
        }
    }

    private void added(String coordinate, GraphQLType type) {
        boolean needed = type instanceof GraphQLNonNull;
        say(
                needed ? Severity.BREAKING : Severity.COMPATIBLE,
                coordinate,
                needed ? "is new, and must be given" : "is new");
    }

    private void deprecation(String coordinate, boolean before, boolean after) {
        if (before != after) {
            say(Severity.COMPATIBLE, coordinate, after ? "is deprecated" : "is not deprecated any more");
        }
    }

    private void say(Severity severity, String coordinate, String reason) {
        changes.add(new Change(severity, coordinate, reason));
    }
}
