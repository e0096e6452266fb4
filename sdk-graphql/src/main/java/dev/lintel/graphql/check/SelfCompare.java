package dev.lintel.graphql.check;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.VariantOf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares values of a service with values of its graph, as the document says that they correspond. */
final class SelfCompare {
    private final ApiModel model;
    private final GraphSchema schema;
    private final List<String> differences = new ArrayList<>();
    private final SortedSet<String> covered = new TreeSet<>();
    private int values;
    private SelfQuery query;

    SelfCompare(ApiModel model, GraphSchema schema) {
        this.model = model;
        this.schema = schema;
        this.query = new SelfQuery(model, schema);
    }

    List<String> differences() {
        return differences;
    }

    SortedSet<String> covered() {
        return covered;
    }

    int values() {
        return values;
    }

    void compare(SelfQuery asked, Use use, @Nullable Object rest, @Nullable Object graph, String place) {
        query = asked;
        compare(use, rest, graph, place);
    }

    void differ(String place, String what) {
        differences.add(place + " " + what);
    }

    private void compare(Use use, @Nullable Object rest, @Nullable Object graph, String place) {
        Shape shape = use.shape();
        if (rest == null || graph == null) {
            values++;
            if (rest != null) {
                differ(place, "is null in the graph alone");
            } else if (graph != null) {
                differ(place, "is null in the service alone");
            }
        } else if (shape instanceof Shape.Items items && rest instanceof List<?> list) {
            items(items.of(), list, graph, place);
        } else if (shape instanceof Shape.Entries entries && rest instanceof Map<?, ?> map) {
            entries(entries.of(), map, graph, place);
        } else if (shape instanceof Shape.Named named && model.definition(named.id()) instanceof Definition.Choice) {
            values++;
            String name = rest instanceof String text ? known(named.id(), text) : "";
            if (!name.equals(graph)) {
                differ(place, "has another name of a value than its text has");
            }
        } else if (shape instanceof Shape.Named named && rest instanceof Map<?, ?> map) {
            object(named.id(), map, graph, place);
        } else {
            values++;
            if (!equal(rest, graph)) {
                differ(place, "is another value");
            }
        }
    }

    private String known(String id, String text) {
        return model.definition(id) instanceof Definition.Choice choice
                        && choice.values().contains(text)
                ? schema.names().value(id, text)
                : "";
    }

    private void items(Use of, List<?> rest, Object graph, String place) {
        if (!(graph instanceof List<?> list) || list.size() != rest.size()) {
            differ(place, "has another length");
            return;
        }
        for (int i = 0; i < rest.size(); i++) {
            compare(of, rest.get(i), list.get(i), place + "/" + i);
        }
    }

    private void entries(Use of, Map<?, ?> rest, Object graph, String place) {
        Map<Object, @Nullable Object> found = new LinkedHashMap<>();
        if (graph instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> entry) {
                    found.put(String.valueOf(entry.get("key")), entry.get("value"));
                }
            }
        } else if (graph instanceof Map<?, ?> json) {
            found.putAll(json);
        }
        if (!found.keySet().equals(rest.keySet())) {
            differ(place, "has other keys");
            return;
        }
        rest.forEach((key, value) -> compare(of, value, found.get(key), place + "/" + key));
    }

    private void object(String id, Map<?, ?> rest, Object graph, String place) {
        SortedMap<String, Definition.Fields> types = new TreeMap<>();
        for (String member : model.objects(id, Property.Direction.OUT)) {
            types.put(member, (Definition.Fields) model.definition(member));
        }
        if (types.isEmpty()) {
            values++;
            if (!equal(rest, graph)) {
                differ(place, "is another value");
            }
            return;
        }
        VariantOf variants = new VariantOf(types, VariantOf.discriminator(model.definition(id)));
        Definition.Fields fields = types.get(String.valueOf(variants.of(rest)));
        if (!(graph instanceof Map<?, ?> map) || fields == null) {
            differ(place, "is no object in the graph");
            return;
        }
        String name = query.object(fields);
        if (!name.equals(map.get("__typename"))) {
            differ(place, "is of another type than " + name);
            return;
        }
        for (Property property : fields.properties(Property.Direction.OUT)) {
            String alias = query.alias(fields.id(), property);
            if (alias != null && map.containsKey(alias)) {
                Object value = rest.get(property.name());
                compare(property.use(), value, map.get(alias), place + "/" + property.name());
                if (value != null) {
                    boolean unusedNews = covered.add(name + "." + schema.names().field(fields.id(), property.name()));
                }
            }
        }
    }

    private static boolean equal(@Nullable Object rest, @Nullable Object graph) {
        if (rest instanceof Number && graph instanceof Number) {
            return new BigDecimal(rest.toString()).compareTo(new BigDecimal(graph.toString())) == 0;
        } else if (rest instanceof List<?> list && graph instanceof List<?> other) {
            boolean same = list.size() == other.size();
            for (int i = 0; same && i < list.size(); i++) {
                same = equal(list.get(i), other.get(i));
            }
            return same;
        } else if (rest instanceof Map<?, ?> map && graph instanceof Map<?, ?> other) {
            boolean same = map.keySet().equals(other.keySet());
            for (Map.Entry<?, ?> each : map.entrySet()) {
                same &= equal(each.getValue(), other.get(each.getKey()));
            }
            return same;
        }
        boolean spoken = graph instanceof String && (rest instanceof Number || rest instanceof Boolean);
        return spoken ? Objects.equals(String.valueOf(rest), graph) : Objects.equals(rest, graph);
    }
}
