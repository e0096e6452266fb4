package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps from text, in the order in which they are written. */
record MapShape(Shape each) implements Shape {
    @Override
    public @Nullable Object read(Node node, Place place) {
        if (!(node instanceof Node.Fields object)) {
            place.wrongType(node, "an object", "");
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> {
            Object value = each.read(field.value(), place.field(name));
            if (value != null) {
                values.put(name, value);
            }
        });
        return values.size() == object.fields().size() ? values : null;
    }

    @Override
    public JsonNode write(Object value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ((Map<?, ?>) value).forEach((name, one) -> object.set(String.valueOf(name), each.write(one)));
        return object;
    }

    @Override
    public Object missing() {
        return Map.of();
    }
}
