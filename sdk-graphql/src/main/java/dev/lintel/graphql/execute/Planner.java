package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Condition;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From a valid document to its plan. Fields that stand in several places are planned once for each type. */
final class Planner {
    private record Same(String type, List<Collected> nodes) {}

    private final Wiring wiring;
    private final GraphLimits limits;
    private final Document document;
    private final Collector collector;
    private final Outs outs;
    private final List<Pick> picks = new ArrayList<>();
    private final Map<Same, Chosen> made = new LinkedHashMap<>();
    private final List<Field> schema = new ArrayList<>();

    Planner(Wiring wiring, GraphLimits limits, Document document) {
        this.wiring = wiring;
        this.limits = limits;
        this.document = document;
        this.collector = new Collector(wiring.graphQl(), document);
        this.outs = new Outs(wiring, this);
    }

    Plan plan(@Nullable String name) throws Refusal {
        OperationDefinition operation = operation(name);
        GraphQLObjectType root = operation.getOperation() == OperationDefinition.Operation.MUTATION
                ? wiring.graphQl().getMutationType()
                : wiring.graphQl().getQueryType();
        Chosen chosen = choose(root, collector.root(operation, root));
        long cost = new Cost(limits.items()).of(chosen);
        if (cost > limits.calls()) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "the query may need " + cost + " calls of services, more than " + limits.calls());
        }
        return new Plan(operation, chosen, List.copyOf(picks), cost, schema.isEmpty() ? null : schema(operation));
    }

    private Document schema(OperationDefinition operation) {
        SelectionSet fields = SelectionSet.newSelectionSet(schema).build();
        Document.Builder asked = Document.newDocument().definition(operation.transform(of -> of.selectionSet(fields)));
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(asked::definition);
        return asked.build();
    }

    private OperationDefinition operation(@Nullable String name) throws Refusal {
        List<OperationDefinition> all = document.getDefinitionsOfType(OperationDefinition.class);
        List<OperationDefinition> named = name == null
                ? all
                : all.stream().filter(each -> name.equals(each.getName())).toList();
        if (named.size() != 1) {
            throw new Refusal(
                    Code.GRAPHQL_VALIDATION_FAILED,
                    name == null
                            ? "the document has " + all.size() + " operations: say which one by operationName"
                            : "the document has no operation of the name that operationName says");
        }
        return named.get(0);
    }

    /** What is chosen of objects of a type; the same for the same fields. */
    Chosen choose(GraphQLObjectType type, Map<String, List<Collected>> groups) throws Refusal {
        List<Collected> nodes = new ArrayList<>();
        groups.values().forEach(nodes::addAll);
        Same same = new Same(type.getName(), nodes);
        Chosen known = made.get(same);
        if (known != null) {
            return known;
        }
        List<Pick> chosen = new ArrayList<>();
        for (Map.Entry<String, List<Collected>> group : groups.entrySet()) {
            chosen.add(pick(type, group.getKey(), group.getValue()));
        }
        Chosen result = new Chosen(type.getName(), List.copyOf(chosen));
        made.put(same, result);
        return result;
    }

    Map<String, List<Collected>> below(GraphQLObjectType type, List<Collected> group) {
        return collector.below(type, group);
    }

    private Pick pick(GraphQLObjectType type, String key, List<Collected> group) throws Refusal {
        Field node = group.get(0).node();
        String name = node.getName();
        JsonOut opening = new JsonOut();
        opening.text(key);
        opening.raw(':');
        TreeSet<String> owners = new TreeSet<>();
        boolean always = false;
        List<List<Condition>> shown = new ArrayList<>();
        for (Collected each : group) {
            boolean unusedNews = owners.add(each.owner());
            always |= each.conditions().isEmpty();
            shown.add(each.conditions());
        }
        boolean unusedNews = owners.add(type.getName());
        Source source;
        Out out;
        boolean needed = false;
        if (name.equals("__typename")) {
            source = new Source.TypeName();
            out = new Out.Json();
        } else if (name.startsWith("__")) {
            group.forEach(each -> schema.add(each.node()));
            source = new Source.Schema();
            out = new Out.Json();
        } else {
            GraphQLFieldDefinition field = type.getFieldDefinition(name);
            source = source(type, field, node);
            out = outs.of(field.getType(), group);
            needed = graphql.schema.GraphQLTypeUtil.isNonNull(field.getType());
        }
        Pick pick = new Pick(
                picks.size(),
                key,
                opening.toBytes(),
                name,
                owners,
                source,
                out,
                needed,
                always ? null : List.copyOf(shown),
                node);
        picks.add(pick);
        if (picks.size() > 10 * limits.fields()) {
            throw new Refusal(
                    Code.LIMIT_EXCEEDED,
                    "the document has more than " + 10 * limits.fields() + " fields, counted for each type");
        }
        return pick;
    }

    private Source source(GraphQLObjectType type, GraphQLFieldDefinition field, Field node) throws Refusal {
        Target target = wiring.root(type.getName(), field.getName());
        if (target != null) {
            return new Source.Call(target, field, constant(field, node), null);
        }
        Wiring.Linked linked = wiring.link(type.getName(), field.getName());
        if (linked != null && linked.operation() != null) {
            return new Source.Call(wiring.target(linked.operation()), field, constant(field, node), linked.link());
        }
        var property = wiring.property(type.getName(), field.getName());
        return new Source.Property(property == null ? field.getName() : property.name());
    }

    /** Arguments without variables are the same for all requests. */
    private static @Nullable Map<String, Object> constant(GraphQLFieldDefinition field, Field node) throws Refusal {
        if (Variables.used(node)) {
            return null;
        }
        try {
            return ValuesResolver.getArgumentValues(
                    field.getArguments(),
                    node.getArguments(),
                    CoercedVariables.emptyVariables(),
                    GraphQLContext.getDefault(),
                    Locale.ENGLISH);
        } catch (GraphQLException e) {
            throw new Refusal(List.of(Fault.of(
                    Code.BAD_USER_INPUT,
                    "an argument of '" + field.getName() + "' does not fit its type",
                    node.getSourceLocation(),
                    List.of())));
        }
    }
}
