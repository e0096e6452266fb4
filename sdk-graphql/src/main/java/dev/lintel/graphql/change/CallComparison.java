package dev.lintel.graphql.change;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Security;
import dev.lintel.graphql.name.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** What differs in the calls that fields lead to, where both graphs have the field. */
final class CallComparison {
    private final ApiModel model;
    private final Names before;
    private final ApiModel newer;
    private final Names after;
    private final Renames renames;
    private final List<Change> changes = new ArrayList<>();

    CallComparison(ApiModel model, Names before, ApiModel newer, Names after, Renames renames) {
        this.model = model;
        this.before = before;
        this.newer = newer;
        this.after = after;
        this.renames = renames;
    }

    List<Change> changes() {
        SortedMap<String, Operation> young = new TreeMap<>();
        newer.operations().forEach(operation -> young.put(root(operation) + after.operation(operation), operation));
        for (Operation operation : model.operations()) {
            String name = before.operation(operation);
            Operation now = young.get(root(operation) + renames.member(root(operation), name));
            if (now != null) {
                compare(root(operation) + name, operation, now);
            }
        }
        return changes;
    }

    private static String root(Operation operation) {
        return operation.safe() ? "Query." : "Mutation.";
    }

    /** What the graph adapts to is compatible, unless another operation of the service stands behind a name. */
    private void compare(String coordinate, Operation one, Operation other) {
        if (!one.key().equals(other.key())) {
            say(Severity.DANGEROUS, coordinate, "was " + one.key() + ", is " + other.key());
        }
        security(coordinate, one.security(), other.security());
        SortedMap<String, Parameter> young = new TreeMap<>();
        other.parameters().forEach(parameter -> young.put(after.argument(other, parameter), parameter));
        for (Parameter parameter : one.parameters()) {
            String name = before.argument(one, parameter);
            Parameter now = young.get(renames.member(coordinate + "(", name));
            if (now != null && !wire(parameter).equals(wire(now))) {
                say(
                        Severity.COMPATIBLE,
                        coordinate + "(" + name + ":)",
                        "was sent " + wire(parameter) + ", is " + wire(now));
            }
        }
        Body body = one.body();
        Body now = other.body();
        if (body != null && now != null && !body.mediaType().equals(now.mediaType())) {
            String reason = "was sent as " + body.mediaType() + ", is as " + now.mediaType();
            say(Severity.COMPATIBLE, coordinate + "(" + before.body(one) + ":)", reason);
        }
        if (!one.answer().mediaType().equals(other.answer().mediaType())) {
            String reason = "was answered as " + type(one) + ", is as " + type(other);
            say(Severity.COMPATIBLE, coordinate, reason);
        }
    }

    /** Who may call is a matter of both sides: callers may lack what is asked now, and strangers need nothing any more. */
    private void security(String coordinate, Security before, Security after) {
        String reason = "asked callers for " + Asked.words(before) + ", asks for " + Asked.words(after);
        if (!Asked.suffices(before, after)) {
            say(Severity.BREAKING, coordinate, reason);
        } else if (!Asked.suffices(after, before)) {
            say(Severity.DANGEROUS, coordinate, reason);
        }
    }

    private static String type(Operation operation) {
        String type = operation.answer().mediaType();
        return type.isEmpty() ? "no content" : type;
    }

    private static String wire(Parameter parameter) {
        String place = parameter.place().name().toLowerCase(Locale.ROOT);
        return "in the " + place + " as '" + parameter.name() + "', " + parameter.style()
                + (parameter.explode() ? " exploded" : "")
                + (parameter.allowReserved() ? " with reserved characters" : "");
    }

    private void say(Severity severity, String coordinate, String reason) {
        changes.add(new Change(severity, coordinate, reason));
    }
}
