package dev.lintel.mesh;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lintel.core.Origin;
import dev.lintel.core.model.MeshModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Manifests as YAML that a person would write: fields in their order, lists not indented below their key, quotes only
 * where a reader would take a text for something else, {@code ---} between objects. Equal manifests give equal bytes.
 */
public final class ManifestYaml {
    /** More than this in one text is refused unread, in characters. */
    public static final int LIMIT = 4 * 1024 * 1024;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private ManifestYaml() {}

    /**
     * Writes manifests.
     *
     * @param manifests in the order in which they are to be written
     * @return the documents, ending with a line feed; the empty text for no manifest
     */
    public static String write(Collection<Manifest> manifests) {
        return write(manifests, manifest -> Origin.unknown());
    }

    /**
     * Writes manifests, each below a comment with the line of the definition that asked for it.
     *
     * @param manifests in the order in which they are to be written
     * @param model what they were written for
     * @return the documents; read back they equal those without comments
     */
    public static String writeWithLines(Collection<Manifest> manifests, MeshModel model) {
        return write(manifests, new ManifestLines(model)::origin);
    }

    /**
     * Writes objects that are no manifests, such as Roles.
     *
     * @param documents maps and lists, texts, numbers and booleans
     * @return the documents, ending with a line feed; the empty text for none
     */
    public static String writeDocuments(Collection<? extends Map<String, ?>> documents) {
        StringBuilder out = new StringBuilder();
        YamlWriter writer = new YamlWriter(out);
        for (Map<String, ?> document : documents) {
            out.append(out.length() == 0 ? "" : "---\n");
            writer.document(document);
        }
        return out.toString();
    }

    private static String write(Collection<Manifest> manifests, Function<Manifest, Origin> lines) {
        StringBuilder out = new StringBuilder();
        YamlWriter writer = new YamlWriter(out);
        for (Manifest manifest : manifests) {
            out.append(out.length() == 0 ? "" : "---\n");
            String line = lines.apply(manifest).after("# ");
            out.append(line.isEmpty() ? "" : line + "\n");
            writer.document(tree(manifest));
        }
        return out.toString();
    }

    /**
     * Writes objects of any kind.
     *
     * @param trees maps, lists, texts, numbers and booleans, in the order in which they are to be written
     * @return the documents, ending with a line feed; the empty text for none
     */
    public static String writeTrees(Collection<? extends Map<String, ?>> trees) {
        StringBuilder out = new StringBuilder();
        YamlWriter writer = new YamlWriter(out);
        for (Map<String, ?> tree : trees) {
            out.append(out.length() == 0 ? "" : "---\n");
            writer.document(tree);
        }
        return out.toString();
    }

    /**
     * Reads manifests.
     *
     * @param text any number of YAML documents
     * @return one manifest for each document that is not empty
     * @throws IllegalArgumentException if the text is not YAML, or a document is not such an object; the message says why
     */
    public static List<Manifest> read(String text) {
        List<Manifest> manifests = new ArrayList<>();
        for (Map<String, Object> document : documents(text)) {
            manifests.add(manifest(document));
        }
        return manifests;
    }

    /**
     * Reads objects of anybody: metadata that a cluster adds and {@code status} are passed over, and so is what is
     * {@linkplain #isKustomization(Object) for Kustomize}; lists of objects are taken apart, and an object without a namespace
     * gets one.
     *
     * @param text any number of YAML documents, at most {@link #LIMIT} characters
     * @param namespace of objects that do not say it
     * @return the objects in their order; one without {@code spec} has an empty one
     * @throws IllegalArgumentException if the text is not YAML without anchors, aliases, tags, merge keys and keys that
     *     stand twice, or a document is no such object; the message says where and why
     */
    public static List<Manifest> readAny(String text, String namespace) {
        List<Manifest> manifests = new ArrayList<>();
        int number = 0;
        for (Object document : YamlTrees.read(text)) {
            number++;
            try {
                any(map(document, "document"), namespace, manifests, 0);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("document " + number + " " + e.getMessage(), e);
            }
        }
        return manifests;
    }

    /**
     * Reads one document of anybody, as {@link #readAny} does.
     *
     * @param document maps and lists as {@link YamlTrees} reads them
     * @param namespace of objects that do not say it
     * @return the object, or those of a list of objects; nothing for a {@linkplain #isKustomization(Object) kustomization}
     * @throws IllegalArgumentException if it is no such object; the message says why
     */
    public static List<Manifest> anyObjects(Object document, String namespace) {
        List<Manifest> manifests = new ArrayList<>();
        any(map(document, "document"), namespace, manifests, 0);
        return manifests;
    }

    /**
     * Whether a document says how Kustomize builds objects, as the files {@code kustomization.yaml} do: it is none itself.
     *
     * @param document maps and lists as {@link YamlTrees} reads them
     * @return whether it is of kind {@code Kustomization} or {@code Component} of {@code kustomize.config.k8s.io}, or of
     *     that kind without a version, which Kustomize takes for it
     */
    public static boolean isKustomization(Object document) {
        if (!(document instanceof Map<?, ?> map)
                || !List.of("Kustomization", "Component").contains(String.valueOf(map.get("kind")))) {
            return false;
        }
        Object version = map.get("apiVersion");
        return version == null || version.toString().startsWith("kustomize.config.k8s.io/");
    }

    private static void any(Map<String, Object> document, String namespace, List<Manifest> into, int depth) {
        if (isKustomization(document)) {
            return;
        }
        String kind = text(document.get("kind"), "kind");
        if (kind.endsWith("List") && document.get("items") instanceof List<?> items) {
            if (depth > 0) {
                throw new IllegalArgumentException("holds a list of objects in a list of objects");
            }
            items.forEach(item -> any(map(item, "items"), namespace, into, 1));
            return;
        }
        Map<String, Object> metadata = map(document.get("metadata"), "metadata");
        into.add(new Manifest(
                text(document.get("apiVersion"), "apiVersion"),
                kind,
                namespace(metadata.get("namespace"), namespace),
                text(metadata.get("name"), "metadata.name"),
                loose(metadata.get("labels"), "metadata.labels"),
                loose(metadata.get("annotations"), "metadata.annotations"),
                withoutNulls(said(document, text(document.get("apiVersion"), "apiVersion"), kind))));
    }

    /** What is in {@code spec}, or of a kind without one beside what every object has. */
    private static Map<String, Object> said(Map<String, Object> document, String apiVersion, String kind) {
        if (Manifest.hasSpec(apiVersion, kind)) {
            return map(document.get("spec"), "spec");
        }
        Map<String, Object> fields = new LinkedHashMap<>(document);
        fields.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
        return fields;
    }

    /** A namespace that is empty is one that is missing. */
    private static String namespace(@Nullable Object said, String otherwise) {
        return said == null || "".equals(said) ? otherwise : text(said, "metadata.namespace");
    }

    /** Texts that may be empty, as labels and annotations of anybody are. */
    private static Map<String, String> loose(@Nullable Object value, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        // A field with nothing behind it, as templates leave it.
        if ("".equals(value)) {
            return texts;
        }
        map(value, field).forEach((key, each) -> texts.put(key, "".equals(each) ? "" : text(each, field + "." + key)));
        return texts;
    }

    /** In Kubernetes a field that is null is a field that is missing. */
    private static Map<String, Object> withoutNulls(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, each) -> {
            if (each != null) {
                copy.put(key, withoutNulls(each));
            }
        });
        return copy;
    }

    private static Object withoutNulls(Object value) {
        if (value instanceof Map<?, ?>) {
            return withoutNulls(map(value, "spec"));
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(Objects::nonNull)
                    .map(ManifestYaml::withoutNulls)
                    .toList();
        }
        return value;
    }

    /**
     * Whether our label may occur in a text.
     *
     * @param text anything
     * @return false only where none of its documents carries our label
     */
    public static boolean mayBeOurs(String text) {
        return text.contains(Manifest.MANAGED_BY) && text.contains(Manifest.LINTEL);
    }

    /**
     * Whether the documents of a text carry our label.
     *
     * @param text anything
     * @return one answer for each document that is not empty; none if our label does not occur
     * @throws IllegalArgumentException if our label occurs, but the text is not YAML
     */
    public static List<Boolean> marks(String text) {
        List<Boolean> marks = new ArrayList<>();
        if (!mayBeOurs(text)) {
            return marks;
        }
        for (Map<String, Object> document : documents(text)) {
            boolean ours = document.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("labels") instanceof Map<?, ?> labels
                    && Manifest.LINTEL.equals(labels.get(Manifest.MANAGED_BY));
            marks.add(ours);
        }
        return marks;
    }

    private static List<Map<String, Object>> documents(String text) {
        if (text.length() > LIMIT) {
            throw new IllegalArgumentException("is longer than " + LIMIT + " characters");
        }
        return BlockYaml.read(text).orElseGet(() -> anyDocuments(text));
    }

    /** By the library, which knows all of YAML and says what is wrong. */
    static List<Map<String, Object>> anyDocuments(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(text);
                MappingIterator<JsonNode> all = YAML.readValues(parser, JsonNode.class)) {
            while (all.hasNextValue()) {
                JsonNode document = all.nextValue();
                if (document != null && document.isObject()) {
                    documents.add(object(document));
                } else if (document != null && !document.isNull() && !document.isMissingNode()) {
                    throw new IllegalArgumentException("holds a document that is not an object");
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not YAML: " + BrokenYaml.why(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("is not YAML: " + e.getMessage(), e);
        }
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(JsonNode document) throws IOException {
        return YAML.treeToValue(document, LinkedHashMap.class);
    }

    private static Map<String, Object> tree(Manifest manifest) {
        Map<String, Object> tree = Trees.map(
                "apiVersion",
                manifest.apiVersion(),
                "kind",
                manifest.kind(),
                "metadata",
                Trees.map(
                        "name",
                        manifest.name(),
                        "namespace",
                        manifest.namespace(),
                        "labels",
                        manifest.labels(),
                        "annotations",
                        manifest.annotations()));
        manifest.fields().forEach((name, field) -> {
            if (!Map.of().equals(field)) {
                tree.put(name, field);
            }
        });
        return tree;
    }

    private static Manifest manifest(Map<String, Object> document) {
        Map<String, Object> top = new LinkedHashMap<>(document);
        String apiVersion = text(top.remove("apiVersion"), "apiVersion");
        String kind = text(top.remove("kind"), "kind");
        Map<String, Object> metadata = map(top.remove("metadata"), "metadata");
        String name = text(metadata.remove("name"), "metadata.name");
        String namespace = text(metadata.remove("namespace"), "metadata.namespace");
        Map<String, String> labels = texts(metadata.remove("labels"), "metadata.labels");
        Map<String, String> annotations = texts(metadata.remove("annotations"), "metadata.annotations");
        Map<String, Object> spec = said(top, apiVersion, kind);
        top.keySet().removeAll(Manifest.hasSpec(apiVersion, kind) ? List.of("spec") : List.copyOf(spec.keySet()));
        if (!top.isEmpty() || !metadata.isEmpty()) {
            throw new IllegalArgumentException(kind + " " + namespace + "/" + name + " has fields that are not known: "
                    + top.keySet() + metadata.keySet());
        }
        return new Manifest(apiVersion, kind, namespace, name, labels, annotations, spec);
    }

    private static String text(@Nullable Object value, String field) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("holds an object whose '" + field + "' is missing or no text");
    }

    private static Map<String, Object> map(@Nullable Object value, String field) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> copy.put(String.valueOf(key), each));
        } else if (value != null) {
            throw new IllegalArgumentException("holds an object whose '" + field + "' is no map");
        }
        return copy;
    }

    private static Map<String, String> texts(@Nullable Object value, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value, field).forEach((key, each) -> texts.put(key, text(each, field + "." + key)));
        return texts;
    }
}
