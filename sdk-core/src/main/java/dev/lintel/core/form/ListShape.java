package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists, and sets in the order in which they are written. */
record ListShape(Shape item, Supplier<Collection<Object>> empty) implements Shape {
    static Shape list(Shape item) {
        return new ListShape(item, ArrayList::new);
    }

    static Shape set(Shape item) {
        return new ListShape(item, LinkedHashSet::new);
    }

    @Override
    public @Nullable Object read(Node node, Place place) {
        if (!(node instanceof Node.Items list)) {
            place.wrongType(node, "a list", "");
            return null;
        }
        Collection<Object> values = empty.get();
        boolean good = true;
        List<Node> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            Object value = item.read(items.get(i), place.item(i));
            if (value == null) {
                good = false;
            } else if (!values.add(value)) {
                place.item(i).problem("form.duplicate", items.get(i).line(), "stands in this set twice", "keep one");
                good = false;
            }
        }
        return good ? values : null;
    }

    @Override
    public JsonNode write(Object value) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ((Collection<?>) value).forEach(each -> array.add(item.write(each)));
        return array;
    }

    @Override
    public Object missing() {
        return empty.get();
    }

    @Override
    public boolean isMissing(Object value) {
        return ((Collection<?>) value).isEmpty();
    }
}
