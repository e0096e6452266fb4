package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which of our objects in a cluster belong together: the label that it puts on them, and takes off when they are read.
 *
 * @param name empty for those without the label
 */
record Inventory(String name) {
    private static final String LABEL = "lintel.dev/inventory";
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?");
    /** The labels that put an object into an inventory, by their names from its root down. */
    static final List<List<String>> FIELDS =
            List.of(List.of("metadata", "labels", Manifest.MANAGED_BY), List.of("metadata", "labels", LABEL));
    /** Those of a program that shares the cluster with no other. */
    static final Inventory UNNAMED = new Inventory("");

    Inventory {
        if (!VALUE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no value of a label: at most 63 letters, digits, '-',"
                    + " '_' and '.', a letter or digit first and last");
        }
    }

    String suffix() {
        return name.isEmpty() ? "" : " inventory " + name;
    }

    String selector() {
        return Manifest.MANAGED_BY + "=" + Manifest.LINTEL + "," + (name.isEmpty() ? "!" + LABEL : LABEL + "=" + name);
    }

    /** The selectors of all that is not in it: what is not ours, and what is ours in other inventories. */
    List<String> others() {
        return List.of(
                Manifest.MANAGED_BY + "!=" + Manifest.LINTEL,
                Manifest.MANAGED_BY + "=" + Manifest.LINTEL + "," + LABEL + (name.isEmpty() ? "" : "!=" + name));
    }

    boolean has(Manifest there) {
        return there.isOurs() && there.labels().getOrDefault(LABEL, "").equals(name);
    }

    List<Manifest> added(List<Manifest> manifests) {
        return name.isEmpty()
                ? manifests
                : manifests.stream().map(each -> labelled(each, name)).toList();
    }

    Manifest removed(Manifest manifest) {
        return manifest.labels().containsKey(LABEL) ? labelled(manifest, "") : manifest;
    }

    private static Manifest labelled(Manifest manifest, String value) {
        Map<String, String> labels = new LinkedHashMap<>(manifest.labels());
        labels.remove(LABEL);
        if (!value.isEmpty()) {
            labels.put(LABEL, value);
        }
        return manifest.withLabels(labels);
    }

    /** Tells of an object whose name we want and which is not in this inventory. */
    Problem foreign(Manifest there) {
        return new Problem(
                "cluster.foreign",
                there.id(),
                there.isOurs()
                        ? "is there already, in another inventory: '"
                                + there.labels().getOrDefault(LABEL, "") + "'"
                        : "is there already and not ours: it does not carry '" + Manifest.MANAGED_BY + ": "
                                + Manifest.LINTEL + "'",
                there.isOurs()
                        ? "define it in one program alone, or set its label '" + LABEL + "' to hand it over"
                        : "rename it, or give it that label to hand it over",
                Origin.unknown());
    }
}
