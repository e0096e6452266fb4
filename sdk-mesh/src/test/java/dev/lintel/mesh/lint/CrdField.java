package dev.lintel.mesh.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the resource definitions of several releases say about one field, so that what one of them takes is taken. */
final class CrdField {
    /** Durations of Gateway API. */
    private static final String SPAN = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

    private static final String RULES = "x-kubernetes-validations";
    /** What Istio's definitions say of durations. */
    private static final String DURATION = "duration(self) >= duration('1ms')";
    /** What they say of ports. */
    private static final String PORT = "0 < self && self <= 65535";

    /** Fields for ports that not all definitions bound. A port of 0 is one that is not said. */
    private static final Set<String> PORTS = Set.of("port", "number", "targetPort", "portNumber");

    private static final long UNSIGNED = 4_294_967_295L;

    private final Set<String> forms = new TreeSet<>();
    private final SortedMap<String, CrdField> below = new TreeMap<>();
    private @Nullable CrdField each;
    private final Set<String> values = new LinkedHashSet<>();
    private boolean open;
    private @Nullable Double least;
    private @Nullable Double most;

    /** Takes in what one release says. */
    void add(JsonNode schema, List<String> path) {
        boolean first = forms.isEmpty();
        String form = form(schema);
        forms.add(form);
        Double low = bound(schema, "minimum");
        Double high = bound(schema, "maximum");
        if (form.equals("int") && schema.path(RULES).toString().contains(PORT)) {
            low = 1.0;
            high = 65535.0;
        }
        String name = path.isEmpty() ? "" : path.get(path.size() - 1);
        if (isPercentage(path, name) && (form.equals("int") || form.equals("number"))) {
            low = 0.0;
            high = 100.0;
        }
        if (form.equals("int") && (high == null || high >= UNSIGNED) && PORTS.contains(name)) {
            low = low == null ? 0 : low;
            high = 65535.0;
        }
        if (form.equals("int") && low == null && name.equals("weight")) {
            low = 0.0;
        }
        least = first || least != null && low != null ? smaller(least, low) : null;
        most = first || most != null && high != null ? larger(most, high) : null;
        if (schema.path("enum").isArray()) {
            schema.get("enum").forEach(value -> values.add(value.asText()));
        } else {
            open = true;
        }
        if (form.equals("list")) {
            each = each == null ? new CrdField() : each;
            each.add(schema.path("items"), path);
        }
        schema.path("properties").properties().forEach(property -> below(property.getKey(), property.getValue(), path));
        if (schema.path("additionalProperties").isObject()) {
            below("*", schema.get("additionalProperties"), path);
        }
    }

    /** Istio's definitions do not bound all shares; istiod refuses what is no share of a hundred. */
    private static boolean isPercentage(List<String> path, String name) {
        String above = path.size() < 2 ? "" : path.get(path.size() - 2);
        return name.endsWith("ercent") || name.equals("value") && above.endsWith("ercentage");
    }

    private void below(String name, JsonNode schema, List<String> path) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        below.computeIfAbsent(name, any -> new CrdField()).add(schema, longer);
    }

    private static String form(JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return "int-or-text";
        }
        if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            return "any";
        }
        return switch (schema.path("type").asText()) {
            case "string" ->
                schema.path("pattern").asText().equals(SPAN)
                        ? "span"
                        : schema.path(RULES).toString().contains(DURATION) ? "duration" : "text";
            case "integer" -> "int";
            case "number" -> "number";
            case "boolean" -> "bool";
            case "array" -> "list";
            case "object" -> "map";
            default -> "any";
        };
    }

    private static @Nullable Double bound(JsonNode schema, String name) {
        return schema.path(name).isNumber() ? schema.get(name).asDouble() : null;
    }

    private static @Nullable Double smaller(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? other : Double.valueOf(Math.min(one, other));
    }

    private static @Nullable Double larger(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? other : Double.valueOf(Math.max(one, other));
    }

    /** What is below it, for those that are lists what is below each item. */
    Map<String, CrdField> fields() {
        CrdField items = each;
        return items == null ? below : items.fields();
    }

    /** What is between the name and the fields below it, for example {@code []} or {@code :0..100}. */
    String mark() {
        if (forms.equals(Set.of("list")) && each != null) {
            return "[]" + each.mark();
        }
        if (forms.equals(Set.of("map"))) {
            return below.isEmpty() ? ":any" : "";
        }
        if (forms.equals(Set.of("text", "duration")) || forms.equals(Set.of("text", "span"))) {
            return "";
        }
        if (forms.size() > 1) {
            return ":any";
        }
        String form = forms.iterator().next();
        boolean closed = !open && !values.isEmpty();
        if (form.equals("int") && !closed) {
            return range().isEmpty() ? ":int" : ":" + range();
        }
        return (form.equals("text") ? "" : ":" + form)
                + (form.equals("number") && !range().isEmpty() ? ":" + range() : "")
                + (closed ? "=" + String.join("|", values) : "");
    }

    private String range() {
        String low = least == null ? "" : String.valueOf(least.longValue());
        String high = most == null || most >= UNSIGNED ? "" : String.valueOf(most.longValue());
        return low.isEmpty() && high.isEmpty() ? "" : low + ".." + high;
    }
}
