package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records by their components, in their order. An {@link Origin} is never written; reading makes it the line of the
 * record. Only public records in exported packages can be stored: nothing is opened by force.
 */
record RecordShape(Class<? extends Record> type, Set<String> also) implements Shape {
    RecordShape {
        if (!Modifier.isPublic(type.getModifiers())) {
            throw hidden(type, null);
        }
    }

    /** The shape of a policy, which has its kind beside its components. */
    static RecordShape policy(Class<? extends Policy> policy) {
        if (!policy.isRecord()) {
            throw new IllegalArgumentException("only records can be stored, but " + policy.getName() + " is none");
        }
        return new RecordShape(policy.asSubclass(Record.class), Set.of("kind"));
    }

    @Override
    public @Nullable Object read(Node node, Place place) {
        if (!(node instanceof Node.Fields object)) {
            place.wrongType(node, "an object with " + names(), "");
            return null;
        }
        boolean good = unknown(object, place);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Node.Field field = object.fields().get(component.getName());
            if (component.getType() == Origin.class) {
                values[i] = place.origin(node.line());
            } else if (field == null) {
                values[i] = shape(component).missing();
                if (values[i] == null && component.getType().isPrimitive()) {
                    missing(List.of(component), node, place);
                    good = false;
                }
            } else {
                values[i] = shape(component).read(field.value(), place.field(component.getName()));
                good &= values[i] != null;
            }
        }
        return good ? construct(values, node, place) : null;
    }

    private boolean unknown(Node.Fields object, Place place) {
        List<String> known = stored().map(RecordComponent::getName).toList();
        boolean good = true;
        for (var field : object.fields().entrySet()) {
            if (!known.contains(field.getKey()) && !also.contains(field.getKey())) {
                place.field(field.getKey())
                        .problem("form.field", field.getValue().line(), "is not a field here", "there is " + names());
                good = false;
            }
        }
        return good;
    }

    private @Nullable Object construct(@Nullable Object[] values, Node node, Place place) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<? extends Record> canonical = type.getConstructor(types);
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            List<RecordComponent> empty = new ArrayList<>();
            for (int i = 0; i < components.length; i++) {
                if (values[i] == null && !nullable(components[i])) {
                    empty.add(components[i]);
                }
            }
            if (cause instanceof NullPointerException && !empty.isEmpty()) {
                missing(empty, node, place);
            } else if (cause instanceof RuntimeException refused) {
                String why = refused.getMessage();
                place.problem("form.value", node.line(), why == null ? refused.toString() : why, "");
            } else {
                throw new IllegalStateException("the constructor of " + type.getName() + " failed", cause);
            }
            return null;
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw hidden(type, e);
        }
    }

    private void missing(List<RecordComponent> components, Node node, Place place) {
        String names = components.stream().map(c -> "'" + c.getName() + "'").collect(Collectors.joining(" or "));
        place.problem("form.missing", node.line(), names + " is missing", "there is " + names());
    }

    /** Known only where the annotation is there at run time; it makes the message exact, and decides nothing. */
    private static boolean nullable(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
    }

    @Override
    public ObjectNode write(Object value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        stored().forEach(component -> {
            Object part = part(component, value);
            Shape shape = shape(component);
            if (part != null && !shape.isMissing(part)) {
                object.set(component.getName(), shape.write(part));
            }
        });
        return object;
    }

    private @Nullable Object part(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(component + " of " + type.getName() + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw hidden(type, e);
        }
    }

    private Shape shape(RecordComponent component) {
        try {
            return Shape.of(component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(type.getName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }

    private Stream<RecordComponent> stored() {
        return Arrays.stream(type.getRecordComponents()).filter(c -> c.getType() != Origin.class);
    }

    private String names() {
        List<String> names = new ArrayList<>(also);
        stored().map(RecordComponent::getName)
                .filter(name -> !also.contains(name))
                .forEach(names::add);
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    static IllegalArgumentException hidden(Class<?> type, @Nullable ReflectiveOperationException e) {
        return new IllegalArgumentException(
                type.getName() + " must be public, in an exported package, and have a public canonical constructor", e);
    }
}
