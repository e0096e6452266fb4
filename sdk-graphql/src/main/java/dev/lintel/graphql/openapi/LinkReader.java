package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Links of answers. Where they lead is known only when all operations are read. */
final class LinkReader {
    private static final String PATHS = "#/paths/";

    private final References references;
    private final Losses losses;

    /** Where each link stands, by what it says. */
    private final Map<Link, At> places = new LinkedHashMap<>();

    /** The first link of a name on a type; others say something else by the same name. */
    private final Map<String, Link> first = new TreeMap<>();

    LinkReader(References references, Losses losses) {
        this.references = references;
        this.losses = losses;
    }

    /** What is said, with targets and parameters as the document has them. */
    List<Link> read(At response, At operation) {
        SortedMap<String, Link> found = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : response.node().path("links").properties()) {
            At at = references.follow(response.child("links").child(each.getKey()));
            if (at == null) {
                continue;
            }
            SortedMap<String, String> parameters = new TreeMap<>();
            at.node()
                    .path("parameters")
                    .properties()
                    .forEach(one -> parameters.put(one.getKey(), text(one.getValue())));
            // A reference is a URI, in which braces may be encoded.
            String reference = at.text("operationRef").replace("%7B", "{").replace("%7D", "}");
            String target = at.text("operationId").isEmpty() ? reference : at.text("operationId");
            Link link = new Link(each.getKey(), target, parameters, at.text("description"));
            found.put(link.name(), link);
            places.put(link, operation.child("links").child(link.name()));
            if (!at.node().path("requestBody").isMissingNode()) {
                losses.unused(operation, "links", "what link '" + link.name() + "' sends as a body is not sent");
            }
        }
        return List.copyOf(found.values());
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    List<Operation> resolve(List<Operation> operations, SortedMap<String, Definition> types) {
        Map<String, Operation> known = new TreeMap<>();
        for (Operation operation : operations) {
            known.put(
                    PATHS + At.escape(operation.path()) + "/"
                            + operation.method().toLowerCase(Locale.ROOT),
                    operation);
            if (!operation.hint().isEmpty()) {
                known.putIfAbsent(operation.hint(), operation);
            }
        }
        List<Operation> resolved = new ArrayList<>();
        for (Operation operation : operations) {
            List<Link> links = new ArrayList<>();
            for (Link link : operation.answer().links()) {
                Link made = resolve(link, operation, known, types);
                if (made != null) {
                    links.add(made);
                }
            }
            resolved.add(operation.answer(operation.answer().links(links)));
        }
        return resolved;
    }

    private @Nullable Link resolve(
            Link link, Operation from, Map<String, Operation> known, SortedMap<String, Definition> types) {
        Operation target = known.get(link.target());
        String type = type(from, types);
        if (target == null) {
            return lose(link, "leads to no operation of the document");
        } else if (!target.safe()) {
            return lose(link, "leads to an operation that changes something");
        } else if (type.isEmpty()) {
            return lose(link, "is about an answer that is no object, or one with subtypes");
        } else if (target.answer().use() == null) {
            return lose(link, "leads to an operation that answers nothing");
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, String> said : link.parameters().entrySet()) {
            String key = key(target, said.getKey());
            if (key.isEmpty()) {
                return lose(link, "gives '" + said.getKey() + "', which is no parameter of the operation");
            } else if (!Expression.known(said.getValue())) {
                return lose(link, "gives '" + said.getKey() + "' by an expression that is not understood");
            }
            parameters.put(key, said.getValue());
        }
        Link made = new Link(link.name(), target.key(), parameters, link.description());
        Link other = first.putIfAbsent(type + " " + link.name(), made);
        return other == null || other.equals(made)
                ? made
                : lose(link, "says something else than another link of this name about the same type");
    }

    private @Nullable Link lose(Link link, String reason) {
        At at = places.get(link);
        if (at != null) {
            losses.unused(at, "links", "it " + reason);
        }
        return null;
    }

    private static String type(Operation operation, SortedMap<String, Definition> types) {
        return operation.answer().use() != null
                        && operation.answer().use().shape() instanceof Shape.Named named
                        && types.get(named.id()) instanceof Definition.Fields fields
                        && fields.subtypes().isEmpty()
                ? fields.id()
                : "";
    }

    private static String key(Operation target, String said) {
        List<String> found = new ArrayList<>();
        for (Parameter parameter : target.parameters()) {
            String key = Link.key(parameter);
            if (key.equals(said)) {
                return key;
            } else if (parameter.name().equals(said)) {
                found.add(key);
            }
        }
        return found.size() == 1 ? found.get(0) : "";
    }
}
