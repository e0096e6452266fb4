package dev.lintel.graphql.compose;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.name.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The models of several services as one. The first service keeps its ids, so that a graph that grows keeps its names. */
public final class Composition {
    private Composition() {}

    /**
     * The model of one service.
     *
     * @param service its name
     * @param prefix with which its types and operations begin; empty for none
     * @param model what it says
     */
    public record Part(String service, String prefix, ApiModel model) {}

    /**
     * One model of all.
     *
     * @param parts at least one
     * @return operations of the first have no service, all others that of their part
     */
    public static ApiModel of(List<Part> parts) {
        List<Operation> operations = new ArrayList<>();
        SortedMap<String, Definition> types = new TreeMap<>();
        List<Loss> losses = new ArrayList<>();
        int declared = 0;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String service = i == 0 ? "" : part.service();
            Moved moved = new Moved(service, part.prefix());
            part.model().operations().forEach(operation -> operations.add(moved.operation(operation)));
            part.model().types().values().forEach(type -> {
                Definition made = moved.definition(type);
                Definition unused = types.put(made.id(), made);
            });
            part.model().losses().forEach(loss -> losses.add(moved.loss(loss)));
            declared += part.model().declared();
        }
        operations.sort(Comparator.comparing(Operation::path)
                .thenComparing(Operation::method)
                .thenComparing(Operation::service));
        losses.sort(Comparator.naturalOrder());
        return new ApiModel(operations, types, losses, declared);
    }

    /**
     * Names that two services claim.
     *
     * @param parts all of them
     * @return for each name that is claimed twice: the name, and the services
     */
    public static SortedMap<String, List<String>> collisions(List<Part> parts) {
        SortedMap<String, List<String>> claimed = new TreeMap<>();
        for (Part part : parts) {
            ApiModel alone = of(List.of(part));
            for (String name : claims(alone)) {
                claimed.computeIfAbsent(name, n -> new ArrayList<>()).add(part.service());
            }
        }
        claimed.values().removeIf(services -> services.size() < 2);
        return claimed;
    }

    /** What a model would call its types and operations if it were alone. */
    private static SortedSet<String> claims(ApiModel model) {
        Names names = Names.of(model, NameLock.EMPTY);
        SortedSet<String> claims = new TreeSet<>();
        for (Operation operation : model.operations()) {
            claims.add((operation.safe() ? "Query." : "Mutation.") + names.operation(operation));
        }
        model.types().keySet().forEach(id -> claims.add(names.output(id)));
        return claims;
    }
}
