package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which definitions operations send or answer, and what of them goes that way. */
final class Reach {
    private final ApiModel model;
    private final Property.Direction way;
    private final SortedSet<String> ids = new TreeSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    private Reach(ApiModel model, boolean input) {
        this.model = model;
        this.way = input ? Property.Direction.IN : Property.Direction.OUT;
    }

    static Reach of(ApiModel model, List<Operation> operations, boolean input) {
        Reach reach = new Reach(model, input);
        for (Operation operation : operations) {
            Use answer = operation.answer().use();
            if (input) {
                for (Parameter parameter : operation.parameters()) {
                    reach.enter(parameter.use());
                }
                if (operation.body() != null) {
                    reach.enter(operation.body().use());
                }
            } else if (answer != null) {
                reach.enter(answer);
            }
        }
        while (!reach.open.isEmpty()) {
            reach.follow(reach.open.pop());
        }
        return reach;
    }

    SortedSet<String> ids() {
        return ids;
    }

    Definition definition(String id) {
        return model.definition(id);
    }

    /** The properties that go this way. */
    List<Property> properties(Definition.Fields type) {
        return type.properties(way);
    }

    /** The objects of which a value of this type is one: more than one for variants and subtypes, none if all are empty. */
    SortedSet<String> objects(String id) {
        return model.objects(id, way);
    }

    private void follow(String id) {
        Definition definition = definition(id);
        if (definition instanceof Definition.Fields fields) {
            properties(fields).forEach(property -> enter(property.use()));
            fields.subtypes().forEach(this::enter);
        } else if (definition instanceof Definition.Variants variants) {
            variants.members().forEach(this::enter);
        }
    }

    private void enter(Use use) {
        Shape shape = use.shape();
        if (shape instanceof Shape.Items items) {
            enter(items.of());
        } else if (shape instanceof Shape.Entries entries) {
            enter(entries.of());
        } else if (shape instanceof Shape.Named named) {
            enter(named.id());
        }
    }

    private void enter(String id) {
        if (ids.add(id)) {
            open.push(id);
        }
    }
}
