package dev.lintel.mesh.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds that the linter knows, their versions and the fields of their specifications, as two texts list them. */
final class FieldTable {
    private static final FieldTable KNOWN = new FieldTable("core.txt", "fields.txt");

    private final Map<String, Field> shapes = new LinkedHashMap<>();
    private final Map<String, Field> kinds = new LinkedHashMap<>();
    /** By group, then kind. */
    private final Map<String, Map<String, Set<String>>> versions = new LinkedHashMap<>();

    private FieldTable(String... names) {
        for (String name : names) {
            String head = "";
            StringBuilder fields = new StringBuilder();
            for (String line : (text(name) + "#").lines().toList()) {
                if (line.startsWith(" ")) {
                    fields.append(line);
                    continue;
                }
                put(head, fields.toString());
                head = line.startsWith("#") ? "" : line;
                fields.setLength(0);
            }
        }
    }

    /** The fields of a specification; null for a kind whose fields are not known. */
    static @Nullable Field of(String apiVersion, String kind) {
        Field exact = KNOWN.kinds.get(apiVersion + "/" + kind);
        if (exact != null) {
            return exact;
        }
        boolean served = versions(group(apiVersion), kind).contains(version(apiVersion));
        return served ? null : KNOWN.kinds.get(group(apiVersion) + "/" + kind);
    }

    /** The fields of metadata. */
    static Field meta() {
        return Objects.requireNonNull(KNOWN.shapes.get("meta"), "meta");
    }

    /** The versions in which a kind is served; none if it is not known. */
    static Set<String> versions(String group, String kind) {
        return KNOWN.versions.getOrDefault(group, Map.of()).getOrDefault(kind, Set.of());
    }

    /** Whether a kind is served in some version of its group. */
    static boolean isKnown(String apiVersion, String kind) {
        return !versions(group(apiVersion), kind).isEmpty();
    }

    /** The kinds of a group; none if it is not known. */
    static Set<String> kinds(String group) {
        return KNOWN.versions.getOrDefault(group, Map.of()).keySet();
    }

    static Set<String> groups() {
        return KNOWN.versions.keySet();
    }

    static String group(String apiVersion) {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    private void put(String head, String fields) {
        if (head.startsWith("$")) {
            shapes.put(head.substring(1), FieldText.read(fields, shapes));
        } else if (!head.isEmpty()) {
            List<String> words = new ArrayList<>(List.of(head.split(" ", -1)));
            String kind = words.remove(0);
            String group = group(kind);
            versions.computeIfAbsent(group, any -> new LinkedHashMap<>())
                    .computeIfAbsent(version(kind), any -> new LinkedHashSet<>())
                    .addAll(words);
            if (!fields.isEmpty()) {
                Field read = FieldText.read(fields, shapes);
                kinds.put(kind, read);
                words.forEach(version ->
                        kinds.put((group.isEmpty() ? version : group + "/" + version) + "/" + version(kind), read));
            }
        }
    }

    private static String text(String name) {
        try (InputStream in = FieldTable.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
