package dev.lintel.graphql.change;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.name.Names;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in both documents and has another name: the names of after, by those of before. */
final class Renames {
    private final Names before;
    private final Names after;
    private final SortedMap<String, String> types = new TreeMap<>();
    private final SortedMap<String, String> members = new TreeMap<>();

    private Renames(Names before, Names after) {
        this.before = before;
        this.after = after;
    }

    static Renames of(ApiModel model, Names before, ApiModel newer, Names after) {
        Renames renames = new Renames(before, after);
        model.types().forEach((id, definition) -> {
            Definition other = newer.types().get(id);
            if (other != null && other.getClass() == definition.getClass()) {
                renames.type(definition, other);
            }
        });
        SortedMap<String, Operation> operations = new TreeMap<>();
        newer.operations().forEach(operation -> operations.put(operation.key(), operation));
        for (Operation operation : model.operations()) {
            Operation other = operations.get(operation.key());
            if (other != null) {
                renames.operation(operation, other);
            }
        }
        SortedMap<String, String> young = after.toLock().names();
        before.toLock().names().forEach((key, name) -> {
            if (key.startsWith("type entry ") && young.containsKey(key)) {
                renames.rename(name, young.getOrDefault(key, name));
            }
        });
        return renames;
    }

    /** The name of a type in the newer graph, the same if it was not renamed. */
    String type(String name) {
        return types.getOrDefault(name, name);
    }

    /** The same for a field, an argument or a value, by {@code Type.field}, {@code Type.field(argument} and {@code Type.VALUE}. */
    String member(String owner, String name) {
        return members.getOrDefault(owner + name, name);
    }

    private void type(Definition definition, Definition other) {
        String id = definition.id();
        rename(before.output(id), after.output(id));
        if (definition instanceof Definition.Choice choice) {
            List<String> kept = ((Definition.Choice) other).values();
            for (String value : choice.values()) {
                if (kept.contains(value)) {
                    member(before.output(id) + ".", before.value(id, value), after.value(id, value));
                }
            }
            return;
        }
        rename(before.input(id), after.input(id));
        if (definition instanceof Definition.Fields fields) {
            fields(fields, (Definition.Fields) other);
        } else if (definition instanceof Definition.Variants variants) {
            variants(id, variants.members(), ((Definition.Variants) other).members());
        }
    }

    private void fields(Definition.Fields fields, Definition.Fields other) {
        String id = fields.id();
        boolean family = !fields.subtypes().isEmpty();
        if (family && !other.subtypes().isEmpty()) {
            rename(before.other(id), after.other(id));
            rename(before.otherInput(id), after.otherInput(id));
            variants(id, fields.subtypes(), other.subtypes());
            variant(id, id);
        }
        List<String> owners = family
                ? List.of(before.output(id), before.input(id), before.other(id), before.otherInput(id))
                : List.of(before.output(id), before.input(id));
        fields.properties().stream()
                .map(property -> property.name())
                .filter(name ->
                        other.properties().stream().anyMatch(each -> each.name().equals(name)))
                .forEach(name ->
                        owners.forEach(owner -> member(owner + ".", before.field(id, name), after.field(id, name))));
    }

    private void variants(String id, List<String> some, List<String> others) {
        for (String member : some) {
            if (others.contains(member)) {
                variant(id, member);
            }
        }
    }

    private void variant(String id, String member) {
        member(before.input(id) + ".", before.variant(id, member), after.variant(id, member));
    }

    private void operation(Operation operation, Operation other) {
        String root = operation.safe() ? "Query." : "Mutation.";
        String field = before.operation(operation);
        member(root, field, after.operation(other));
        for (Parameter parameter : operation.parameters()) {
            Stream<Parameter> same = other.parameters().stream()
                    .filter(each ->
                            each.place() == parameter.place() && each.name().equals(parameter.name()));
            same.forEach(each ->
                    member(root + field + "(", before.argument(operation, parameter), after.argument(other, each)));
        }
        if (operation.body() != null && other.body() != null) {
            member(root + field + "(", before.body(operation), after.body(other));
        }
    }

    private void rename(String old, String young) {
        if (!old.equals(young)) {
            String unusedSame = types.put(old, young);
        }
    }

    private void member(String owner, String old, String young) {
        if (!old.equals(young)) {
            String unusedSame = members.put(owner + old, young);
        }
    }
}
