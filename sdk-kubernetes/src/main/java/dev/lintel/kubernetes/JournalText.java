package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.mesh.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Entries of a journal as compressed text, and back. */
final class JournalText {
    /** What a ConfigMap takes is 1 MiB with its other fields; what etcd takes by default is 1.5 MiB. */
    static final int LIMIT = 1_000_000;

    /** Text that is no longer than this once it is no longer compressed. */
    private static final int WHOLE = 64 * 1024 * 1024;

    private JournalText() {}

    /**
     * Some entries for a ConfigMap.
     *
     * @return in Base64; empty if they are larger than {@link #LIMIT}
     */
    static Optional<String> write(List<JournalEntry> entries, Json json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (JournalEntry entry : entries) {
                out.write((json.write(tree(entry)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
        return bytes.size() > LIMIT
                ? Optional.empty()
                : Optional.of(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /**
     * Reads what was written.
     *
     * @throws IllegalArgumentException if it is nothing of that kind; the message holds nothing of it
     */
    static List<JournalEntry> read(String text, Json json) {
        List<JournalEntry> entries = new ArrayList<>();
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] bytes = in.readNBytes(WHOLE + 1);
            if (bytes.length > WHOLE) {
                throw new IllegalArgumentException("is larger than " + WHOLE + " bytes");
            }
            for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                entries.add(entry(map(json.read(line))));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is not compressed as it should be", e);
        }
        return entries;
    }

    private static Map<String, Object> tree(JournalEntry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", entry.object().apiVersion());
        tree.put("kind", entry.object().kind());
        tree.put("namespace", entry.object().namespace());
        tree.put("name", entry.object().name());
        tree.put("named", new TreeSet<>(entry.named()));
        tree.put("shared", entry.shared());
        tree.put("made", entry.made());
        Manifest before = entry.before();
        if (before != null) {
            tree.put("labels", before.labels());
            tree.put("annotations", before.annotations());
            tree.put("spec", before.spec());
        }
        return tree;
    }

    private static JournalEntry entry(Map<?, ?> tree) {
        Manifest object = new Manifest(
                text(tree.get("apiVersion")),
                text(tree.get("kind")),
                text(tree.get("namespace")),
                text(tree.get("name")),
                Map.of(),
                Map.of(),
                Map.of());
        if (ObjectKind.of(object).isEmpty()) {
            throw new IllegalArgumentException("names an object of a kind that no dialect writes");
        }
        Manifest before = tree.get("spec") == null
                ? null
                : object.withLabels(texts(tree.get("labels")))
                        .withAnnotations(texts(tree.get("annotations")))
                        .withSpec(objects(tree.get("spec")));
        Set<String> named = new HashSet<>();
        for (Object name : tree.get("named") instanceof List<?> names ? names : List.of()) {
            named.add(text(name));
        }
        int made = tree.get("made") instanceof Integer step ? step : 0;
        return new JournalEntry(object, before, named, Boolean.TRUE.equals(tree.get("shared")), made);
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((key, each) -> texts.put(text(key), text(each)));
        return texts;
    }

    private static Map<String, Object> objects(@Nullable Object value) {
        Map<String, Object> objects = new LinkedHashMap<>();
        map(value).forEach((key, each) -> objects.put(text(key), each));
        return objects;
    }
}
