package dev.lintel.graphql.request;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Names;
import org.jspecify.annotations.Nullable;

/** Which argument a service means: by a JSON pointer into the body, by a path with dots, or by the name of a parameter. */
final class Pointers {
    private final Operation operation;
    private final ApiModel model;
    private final Names names;

    Pointers(Operation operation, ApiModel model, Names names) {
        this.operation = operation;
        this.model = model;
        this.names = names;
    }

    /** The path of the argument, empty if there is none. */
    String argument(String said) {
        boolean pointer = said.startsWith("#/") || said.startsWith("/");
        if (!pointer) {
            for (Parameter parameter : operation.parameters()) {
                if (parameter.name().equals(said)) {
                    return names.argument(operation, parameter);
                }
            }
        }
        if (operation.body() == null) {
            return "";
        }
        String path = pointer
                ? said.substring(said.indexOf('/') + 1)
                : said.replace("[", ".").replace("]", "");
        StringBuilder argument = new StringBuilder(names.body(operation));
        Use use = operation.body().use();
        for (String step : path.split(pointer ? "/" : "\\.", 50)) {
            String name = pointer ? step.replace("~1", "/").replace("~0", "~") : step;
            boolean number =
                    !name.isEmpty() && name.length() < 7 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            if (use.shape() instanceof Shape.Items items && number) {
                argument.append('.').append(name);
                use = items.of();
                continue;
            }
            Definition.Fields owner = fields(use);
            Property property = owner == null ? null : property(owner, name);
            if (owner == null || property == null) {
                return "";
            }
            argument.append('.').append(names.field(owner.id(), name));
            use = property.use();
        }
        return argument.toString();
    }

    private Definition.@Nullable Fields fields(Use use) {
        return use.shape() instanceof Shape.Named named
                        && model.definition(named.id()) instanceof Definition.Fields fields
                ? fields
                : null;
    }

    private static @Nullable Property property(Definition.Fields owner, String name) {
        return owner.properties(Property.Direction.IN).stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
