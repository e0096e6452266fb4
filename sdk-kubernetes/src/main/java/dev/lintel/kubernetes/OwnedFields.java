package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The part of an object that one field manager owns, by {@code metadata.managedFields}.
 *
 * <p>Defaults of the server belong to nobody, and fields of others to others: neither is in it. A list that is owned as a
 * whole is in it as a whole; of a list whose items have keys, the items that are owned.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management">Kubernetes: field
 *     management</a>
 */
final class OwnedFields {
    private static final String FIELD = "f:";
    private static final String KEY = "k:";
    private static final String VALUE = "v:";
    private static final String ITSELF = ".";

    private final Json json;

    OwnedFields(Json json) {
        this.json = json;
    }

    /**
     * The fields that a manager has applied.
     *
     * @param object a whole object
     * @param manager the field manager
     * @return the object with these fields alone; empty if it has applied none
     */
    Optional<Map<String, Object>> of(Map<?, ?> object, String manager) {
        Map<String, Object> owned = new LinkedHashMap<>();
        for (Object entry : list(map(object.get("metadata")).get("managedFields"))) {
            Map<?, ?> managed = map(entry);
            if (manager.equals(managed.get("manager"))
                    && "Apply".equals(managed.get("operation"))
                    && !managed.containsKey("subresource")) {
                Map<?, ?> set = map(managed.get("fieldsV1"));
                owned = fields(object, set);
                if (set.get("f:spec") instanceof Map<?, ?> said && said.isEmpty()) {
                    // No specification is owned as a whole: this one was said to be empty, and others have filled it.
                    owned.put("spec", Map.of());
                }
            }
        }
        return owned.isEmpty() ? Optional.empty() : Optional.of(owned);
    }

    private Object part(Object value, Map<?, ?> set) {
        if (set.isEmpty()) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return fields(map, set);
        }
        return value instanceof List<?> items ? items(items, set) : value;
    }

    private Map<String, Object> fields(Map<?, ?> value, Map<?, ?> set) {
        Map<String, Object> owned = new LinkedHashMap<>();
        set.forEach((key, inner) -> {
            String name = String.valueOf(key);
            if (name.startsWith(FIELD)) {
                Object child = value.get(name.substring(FIELD.length()));
                if (child != null) {
                    owned.put(name.substring(FIELD.length()), part(child, map(inner)));
                }
            }
        });
        return owned;
    }

    /** In the order of the list, not in that of the set. */
    private List<Object> items(List<?> items, Map<?, ?> set) {
        List<Object> owned = new ArrayList<>();
        for (Object item : items) {
            set.forEach((key, inner) -> {
                if (names(String.valueOf(key), item)) {
                    owned.add(item(item, map(inner)));
                }
            });
        }
        return owned;
    }

    private boolean names(String key, Object item) {
        if (key.startsWith(VALUE)) {
            return item.equals(json.read(key.substring(VALUE.length())));
        }
        return key.startsWith(KEY)
                && item instanceof Map<?, ?> fields
                && map(json.read(key.substring(KEY.length()))).entrySet().stream()
                        .allMatch(each -> Objects.equals(each.getValue(), fields.get(each.getKey())));
    }

    /** Who owns an item and nothing in it does not own what others put into it. */
    private Object item(Object item, Map<?, ?> set) {
        return set.containsKey(ITSELF) && item instanceof Map<?, ?> fields ? fields(fields, set) : part(item, set);
    }
}
