package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import org.jspecify.annotations.Nullable;

/** True and false; a primitive is false where it is missing. */
record BooleanShape(boolean primitive) implements Shape {
    @Override
    public @Nullable Object read(Node node, Place place) {
        if (node instanceof Node.Scalar scalar && scalar.tree().isBoolean()) {
            return scalar.tree().booleanValue();
        }
        place.wrongType(node, "true or false", "");
        return null;
    }

    @Override
    public JsonNode write(Object value) {
        return BooleanNode.valueOf((Boolean) value);
    }

    @Override
    public @Nullable Object missing() {
        return primitive ? Boolean.FALSE : null;
    }
}
