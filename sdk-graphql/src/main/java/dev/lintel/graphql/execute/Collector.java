package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Condition;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.VariableReference;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of an object by their keys, GraphQL's specification, 6.3.2; conditions are noted, not asked. */
final class Collector {
    private record Visited(String fragment, List<Condition> conditions) {}

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new LinkedHashMap<>();

    Collector(GraphQLSchema schema, Document document) {
        this.schema = schema;
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(each -> fragments.put(each.getName(), each));
    }

    Map<String, List<Collected>> root(OperationDefinition operation, GraphQLObjectType type) {
        Map<String, List<Collected>> groups = new LinkedHashMap<>();
        collect(type, type.getName(), operation.getSelectionSet(), List.of(), groups, new LinkedHashSet<>());
        return groups;
    }

    /** What is asked of the value of fields with one key, if it is of a type. */
    Map<String, List<Collected>> below(GraphQLObjectType type, List<Collected> fields) {
        Map<String, List<Collected>> groups = new LinkedHashMap<>();
        Set<Visited> visited = new LinkedHashSet<>();
        for (Collected each : fields) {
            String owner = declared(each, type);
            List<Condition> conditions = fields.size() == 1 ? List.of() : each.conditions();
            collect(type, owner, each.node().getSelectionSet(), conditions, groups, visited);
        }
        return groups;
    }

    /** The type of a field as the document has it, which may be an interface. */
    private String declared(Collected field, GraphQLObjectType type) {
        GraphQLNamedType owner = (GraphQLNamedType) Objects.requireNonNull(schema.getType(field.owner()));
        if (owner instanceof graphql.schema.GraphQLFieldsContainer container) {
            var definition = container.getFieldDefinition(field.node().getName());
            if (definition != null) {
                return GraphQLTypeUtil.unwrapAllAs(definition.getType()) instanceof GraphQLNamedType named
                        ? named.getName()
                        : type.getName();
            }
        }
        return type.getName();
    }

    private void collect(
            GraphQLObjectType type,
            String owner,
            @Nullable SelectionSet set,
            List<Condition> conditions,
            Map<String, List<Collected>> groups,
            Set<Visited> visited) {
        if (set == null) {
            return;
        }
        for (Selection<?> selection : set.getSelections()) {
            if (selection instanceof Field field) {
                groups.computeIfAbsent(field.getResultKey(), key -> new ArrayList<>())
                        .add(new Collected(field, owner, with(conditions, field.getDirectives())));
            } else if (selection instanceof InlineFragment fragment) {
                String on = fragment.getTypeCondition() == null
                        ? owner
                        : fragment.getTypeCondition().getName();
                if (applies(on, type)) {
                    List<Condition> more = with(conditions, fragment.getDirectives());
                    collect(type, on, fragment.getSelectionSet(), more, groups, visited);
                }
            } else if (selection instanceof FragmentSpread spread) {
                FragmentDefinition fragment = Objects.requireNonNull(fragments.get(spread.getName()));
                String on = fragment.getTypeCondition().getName();
                List<Condition> more = with(conditions, spread.getDirectives());
                if (applies(on, type) && visited.add(new Visited(spread.getName(), more))) {
                    collect(type, on, fragment.getSelectionSet(), more, groups, visited);
                }
            }
        }
    }

    private boolean applies(String condition, GraphQLObjectType type) {
        return condition.equals(type.getName())
                || schema.getType(condition) instanceof GraphQLNamedType named
                        && !(named instanceof GraphQLObjectType)
                        && schema.isPossibleType(named, type);
    }

    private static List<Condition> with(List<Condition> conditions, List<Directive> directives) {
        List<Condition> more = new ArrayList<>(conditions);
        for (Directive directive : directives) {
            boolean include = directive.getName().equals("include");
            Argument argument = include || directive.getName().equals("skip") ? directive.getArgument("if") : null;
            if (argument == null) {
                continue;
            }
            Condition condition = argument.getValue() instanceof VariableReference variable
                    ? new Condition(variable.getName(), false, include)
                    : new Condition(null, ((BooleanValue) argument.getValue()).isValue(), include);
            if (!more.contains(condition)) {
                more.add(condition);
            }
        }
        return more;
    }
}
