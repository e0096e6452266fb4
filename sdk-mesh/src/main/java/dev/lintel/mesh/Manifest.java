package dev.lintel.mesh;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One Kubernetes object as plain data, before anything is sent.
 *
 * @param apiVersion for example {@code networking.istio.io/v1}
 * @param kind for example {@code VirtualService}
 * @param namespace where it lives
 * @param name its name in that namespace
 * @param labels in the order in which they are written
 * @param annotations in the order in which they are written
 * @param spec maps and lists in the order in which they are written, texts, numbers and booleans; of kinds without a
 *     {@code spec} their other fields
 */
public record Manifest(
        String apiVersion,
        String kind,
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, Object> spec) {
    /** The label that marks what is ours. */
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /** The value of {@link #MANAGED_BY} on what is ours. */
    public static final String LINTEL = "lintel";
    /** The label that tells the API to which an object belongs; its namespace is the object's. */
    public static final String API = "lintel.dev/api";
    /** The annotation that names the APIs of an object that speak gRPC, by commas; no field of a mesh's objects says it. */
    public static final String GRPC = "lintel.dev/grpc";
    /** The annotation on what runs an API that Lintel serves itself; its value is the kind of policy that said it. */
    public static final String FRONT = "lintel.dev/front";

    /** Checks that nothing is missing and keeps everything unchangeable, in its order. */
    public Manifest {
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        labels = SmallMap.copy(labels, Function.identity());
        annotations = SmallMap.copy(annotations, Function.identity());
        spec = Trees.frozen(spec);
    }

    /**
     * What names this object among all others.
     *
     * @return for example {@code VirtualService shop/orders}
     */
    public String id() {
        return kind + " " + namespace + "/" + name;
    }

    /**
     * The same object with another specification.
     *
     * @param other what it says instead
     * @return a new object
     */
    public Manifest withSpec(Map<String, Object> other) {
        return new Manifest(apiVersion, kind, namespace, name, labels, annotations, other);
    }

    /**
     * The same object with other labels.
     *
     * @param other all of them
     * @return a new object
     */
    public Manifest withLabels(Map<String, String> other) {
        return new Manifest(apiVersion, kind, namespace, name, other, annotations, spec);
    }

    /**
     * The same object with other annotations.
     *
     * @param other all of them
     * @return a new object
     */
    public Manifest withAnnotations(Map<String, String> other) {
        return new Manifest(apiVersion, kind, namespace, name, labels, other, spec);
    }

    /**
     * The same object with its fields in the order of another one, so that the texts of both differ where they say
     * different things. A cluster keeps no order of fields.
     *
     * @param other whose order is taken; fields that it lacks come last
     * @return a new object, equal to this one
     */
    public Manifest inOrderOf(Manifest other) {
        return new Manifest(
                apiVersion,
                kind,
                namespace,
                name,
                Trees.ordered(labels, other.labels),
                Trees.ordered(annotations, other.annotations),
                Trees.ordered(spec, other.spec));
    }

    /**
     * What it says beside its kind, name, labels and annotations, field by field.
     *
     * @return {@code spec}, or the fields of a kind that has none: {@code ConfigMap} and {@code ServiceAccount}
     */
    public Map<String, Object> fields() {
        return hasSpec(apiVersion, kind) ? Map.of("spec", spec) : spec;
    }

    static boolean hasSpec(String apiVersion, String kind) {
        return !apiVersion.equals("v1") || !kind.equals("ConfigMap") && !kind.equals("ServiceAccount");
    }

    /**
     * Whether it carries the label that marks what is ours.
     *
     * @return true for {@code app.kubernetes.io/managed-by: lintel}
     */
    public boolean isOurs() {
        return LINTEL.equals(labels.get(MANAGED_BY));
    }

    /**
     * The object as a person would write it.
     *
     * @return one YAML document without a marker
     */
    public String toYaml() {
        return ManifestYaml.write(List.of(this));
    }

    /**
     * Whether an annotation lists a name.
     *
     * @param annotation whose value is names by commas
     * @param listed the name
     * @return false also where the annotation is missing
     */
    public boolean says(String annotation, String listed) {
        return List.of(annotations.getOrDefault(annotation, "").split(",", -1)).contains(listed);
    }
}
