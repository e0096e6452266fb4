package dev.lintel.mesh.admission;

import dev.lintel.mesh.ManifestYaml;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One object of a cluster without a namespace, as plain data.
 *
 * @param apiVersion for example {@code admissionregistration.k8s.io/v1}
 * @param kind for example {@code ValidatingAdmissionPolicy}
 * @param name its name
 * @param fields what it says beside its metadata, for example {@code spec}, in the order in which it is written
 */
public record AdmissionObject(String apiVersion, String kind, String name, Map<String, Object> fields) {
    /** Keeps the fields in their order. */
    public AdmissionObject {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The whole object.
     *
     * @return maps, lists, texts, numbers and booleans
     */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        tree.put("metadata", Map.of("name", name));
        tree.putAll(fields);
        return tree;
    }

    /**
     * Objects as a person would write them.
     *
     * @param objects in the order in which they are to be applied
     * @return YAML documents
     */
    public static String toYaml(Collection<AdmissionObject> objects) {
        return ManifestYaml.writeTrees(
                objects.stream().map(AdmissionObject::tree).toList());
    }

    /**
     * The object as a person would write it.
     *
     * @return one YAML document
     */
    public String toYaml() {
        return toYaml(List.of(this));
    }
}
