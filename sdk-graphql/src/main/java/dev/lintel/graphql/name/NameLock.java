package dev.lintel.graphql.name;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names that a graph has, to be kept beside the program, so that the next document cannot change them: what is in the
 * lock keeps its name, and no other thing gets it.
 *
 * @param names GraphQL names by what they name, such as {@code query GET /pets} or {@code field #/components/schemas/Pet id}
 */
public record NameLock(SortedMap<String, String> names) {
    /** Without names. */
    public static final NameLock EMPTY = new NameLock(new TreeMap<>());

    private static final Set<String> SCOPES = Set.of("query ", "mutation ", "type ");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Keeps a copy. */
    public NameLock {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param text a JSON object
     * @return the lock
     * @throws ProblemsException if it is no object of names
     */
    public static NameLock read(String text) {
        SortedMap<String, String> names = new TreeMap<>();
        try {
            JsonNode root = JSON.readTree(text);
            boolean fine = root.isObject();
            for (Map.Entry<String, JsonNode> each : root.properties()) {
                fine &= each.getValue().isTextual()
                        && Words.isName(each.getValue().asText());
                names.put(each.getKey(), each.getValue().asText());
            }
            if (fine) {
                return new NameLock(names);
            }
        } catch (JsonProcessingException e) {
            names.clear();
        }
        Problem problem = new Problem(
                "graphql.lock",
                "lock",
                "is no JSON object whose values are GraphQL names",
                "keep the text that write() answered",
                Origin.unknown());
        throw new ProblemsException("the lock of names", List.of(problem));
    }

    /**
     * The lock as a text.
     *
     * @return a JSON object, one line for each name, sorted
     */
    public String write() {
        try {
            return JSON.writeValueAsString(names) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names are texts", e);
        }
    }

    /**
     * What differs in a newer lock.
     *
     * @param newer of the same graph
     * @return sorted by what is named
     */
    public List<NameChange> changes(NameLock newer) {
        TreeMap<String, String> all = new TreeMap<>(names);
        all.putAll(newer.names);
        List<NameChange> changes = new ArrayList<>();
        for (String key : all.keySet()) {
            String before = names.getOrDefault(key, "");
            String after = newer.names.getOrDefault(key, "");
            String owner = after.isEmpty() || before.equals(after) ? "" : owner(key, after);
            if (!owner.isEmpty() && !after.equals(newer.names.get(owner))) {
                changes.add(new NameChange(NameChange.Kind.REPOINTED, key, owner, after));
            }
            if (before.isEmpty()) {
                changes.add(new NameChange(NameChange.Kind.ADDED, key, before, after));
            } else if (after.isEmpty()) {
                changes.add(new NameChange(NameChange.Kind.REMOVED, key, before, after));
            } else if (!before.equals(after)) {
                changes.add(new NameChange(NameChange.Kind.RENAMED, key, before, after));
            }
        }
        return changes;
    }

    /** Whose a name of an operation or a type was; empty if it was nobody's, or of the same path with other words in braces. */
    private String owner(String key, String name) {
        String scope = key.substring(0, key.indexOf(' ') + 1);
        if (!SCOPES.contains(scope)) {
            return "";
        }
        return names.tailMap(scope).entrySet().stream()
                .takeWhile(each -> each.getKey().startsWith(scope))
                .filter(each ->
                        each.getValue().equals(name) && !unnamed(each.getKey()).equals(unnamed(key)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static String unnamed(String key) {
        StringBuilder bare = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            inside = inside ? c != '}' : c == '{';
            if (!inside || c == '{') {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
