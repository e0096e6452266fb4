package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Definition;
import dev.lintel.core.Names;
import dev.lintel.core.Policy;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one document as a definition; null where problems were reported. */
final class DefinitionReader {
    private static final List<String> FIELDS = List.of("kind", "service", "namespace", "policies");

    private final Kinds kinds;

    DefinitionReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /** A definition of the kind that it says it is; what says none or another is told as for an API. */
    @Nullable
    Definition any(Node node, Place place) {
        Node.Field kind = node instanceof Node.Fields object ? object.fields().get("kind") : null;
        String said = kind != null && kind.value() instanceof Node.Scalar scalar
                ? scalar.tree().textValue()
                : null;
        if (DefinitionFormat.EGRESS.equals(said)) {
            return EgressShape.read(node, place);
        }
        if (DefinitionFormat.ISOLATION.equals(said)) {
            return IsolationShape.read(node, place);
        }
        if (kind != null && said != null && node instanceof Node.Fields object && isManifest(object, said)) {
            place.field("kind")
                    .problem(
                            "form.kind",
                            kind.line(),
                            wrongKind(true, said),
                            "it is an object of a cluster: 'lintel import' makes definitions of such");
            return null;
        }
        String near = said == null ? null : Definitions.near(said);
        if (kind != null && said != null && near != null && !near.equals(DefinitionFormat.KIND)) {
            // Its fields are not those of an API, so nothing more is said about them.
            place.field("kind").problem("form.kind", kind.line(), wrongKind(true, said), Definitions.hint(near));
            return null;
        }
        return api(node, place, true);
    }

    /** Whether it is what a cluster keeps; its fields are none of ours, so that nothing more is said about them. */
    private static boolean isManifest(Node.Fields object, String kind) {
        return object.fields().containsKey("apiVersion") && !Definitions.KINDS.contains(kind);
    }

    /** An API. */
    @Nullable
    ApiDefinition api(Node node, Place place) {
        return api(node, place, false);
    }

    private @Nullable ApiDefinition api(Node node, Place place, boolean all) {
        if (node instanceof Node.Scalar scalar && scalar.tree().isNull()) {
            place.problem("form.empty", node.line(), "holds no definition", "remove it");
            return null;
        }
        if (!(node instanceof Node.Fields object)) {
            place.wrongType(node, "an object with " + String.join(", ", FIELDS), "");
            return null;
        }
        object.fields().forEach((name, field) -> {
            if (!FIELDS.contains(name)) {
                place.field(name)
                        .problem(
                                "form.field",
                                field.line(),
                                "is not a field here",
                                "there is " + String.join(", ", FIELDS));
            }
        });
        Object kind = required(object, "kind", String.class, place);
        if (kind != null && !kind.equals(DefinitionFormat.KIND)) {
            place.field("kind")
                    .problem(
                            "form.kind",
                            object.lineOf("kind"),
                            wrongKind(all, kind.toString()),
                            Definitions.KINDS.contains(kind)
                                    ? "readAll(…) reads it"
                                    : Definitions.hint(Definitions.near(kind.toString())));
        }
        Object service = required(object, "service", ServiceRef.class, place);
        Object namespace = namespace(object, place);
        List<Said> policies = policies(object, place);
        if (service == null || namespace == null) {
            return null;
        }
        return new ApiDefinition((ServiceRef) service, (String) namespace, policies, place.origin(node.line()));
    }

    private static String wrongKind(boolean all, String said) {
        String kinds = all ? Definitions.kinds() : "'" + DefinitionFormat.KIND + "'";
        return "must be " + kinds + ", but was '" + Place.clip(said) + "'";
    }

    private static @Nullable Object required(Node.Fields object, String name, Class<?> type, Place place) {
        Node.Field field = object.fields().get(name);
        if (field == null) {
            place.problem(
                    "form.missing",
                    object.line(),
                    "'" + name + "' is missing",
                    "there is " + String.join(", ", FIELDS));
            return null;
        }
        return Shape.of(type).read(field.value(), place.field(name));
    }

    private static @Nullable Object namespace(Node.Fields object, Place place) {
        Object namespace = required(object, "namespace", String.class, place);
        try {
            return namespace == null ? null : Names.label("a namespace", (String) namespace);
        } catch (IllegalArgumentException e) {
            int line = object.lineOf("namespace");
            place.field("namespace").problem("form.value", line, String.valueOf(e.getMessage()), "");
            return null;
        }
    }

    private List<Said> policies(Node.Fields object, Place place) {
        List<Said> policies = new ArrayList<>();
        Node.Field field = object.fields().get("policies");
        if (field == null) {
            return policies;
        }
        Place list = place.field("policies");
        if (!(field.value() instanceof Node.Items items)) {
            list.wrongType(field.value(), "a list", "");
            return policies;
        }
        for (int i = 0; i < items.items().size(); i++) {
            Node item = items.items().get(i);
            Policy policy = policy(item, list.item(i));
            if (policy != null) {
                policies.add(new Said(policy, list.origin(item.line())));
            }
        }
        return policies;
    }

    private @Nullable Policy policy(Node node, Place place) {
        if (!(node instanceof Node.Fields object)) {
            place.wrongType(node, "an object with a kind and its fields", "");
            return null;
        }
        Node.Field field = object.fields().get("kind");
        if (field == null) {
            place.problem("form.missing", node.line(), "'kind' is missing", "as in 'kind: entry.host/v1'");
            return null;
        }
        Object kind = Shape.of(String.class).read(field.value(), place.field("kind"));
        if (kind == null) {
            return null;
        }
        Optional<Class<? extends Policy>> known = kinds.policy(kind.toString());
        return known.isPresent()
                ? (Policy) RecordShape.policy(known.get()).read(node, place)
                : new UnknownPolicy(kind.toString(), rest(object));
    }

    private static ObjectNode rest(Node.Fields object) {
        Map<String, Node.Field> rest = new LinkedHashMap<>(object.fields());
        rest.keySet().removeAll(Set.of("kind"));
        return new Node.Fields(rest, object.line()).tree();
    }
}
